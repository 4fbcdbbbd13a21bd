import FerryCore

// A canonical e-mail address is in lower case as a whole. RFC 5321 (2.4) lets the part before the
// @ be case-sensitive, but no provider that people use is, and one person's two spellings must
// meet in matching.

extension FieldNormalizer {
  /// A longer cell is a text; about a hundred addresses fit.
  private static let longestEmails = 4000

  /// Reads one or several addresses; the first goes to `output`, the others to ``extras``.
  mutating func readEmails(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    if EmailAddress.append(text, to: &output) { return .value }
    guard text.count <= Self.longestEmails else {
      return .invalid(NormalizationIssue(.badEmail, text.string))
    }
    var found: [String] = []
    var fault: NormalizationIssue?
    for piece in EmailAddress.pieces(of: text.string) {
      var address = ContiguousArray<UInt8>()
      let bytes = ContiguousArray(piece.utf8)
      if EmailAddress.append(bytes.span, to: &address) {
        let made = String(decoding: address, as: UTF8.self)
        if !found.contains(made) { found.append(made) }
      } else {
        let rule: Rule = piece.contains("@") ? .badEmail : .emailWithoutAt
        fault = fault ?? NormalizationIssue(rule, piece)
      }
    }
    guard let first = found.first else {
      return .invalid(fault ?? NormalizationIssue(.emailWithoutAt, text.string))
    }
    output.append(contentsOf: first.utf8)
    extras = Array(found.dropFirst())
    // Words beside an address (Ada Lovelace <ada@…>) are a display name, not a fault.
    guard let fault, fault.rule == .badEmail else { return .value }
    return .valueWithIssue(fault)
  }
}

/// One e-mail address.
enum EmailAddress {
  /// Writes `text` in lower case where it is an address; false, with nothing written, otherwise.
  ///
  /// Shape: RFC 5321 dot-atom, @, a domain of at least two labels; letters beyond ASCII pass
  /// (RFC 6531). Quoted local parts and addresses in brackets are none that CRMs keep.
  static func append(_ text: Span<UInt8>, to output: inout ContiguousArray<UInt8>) -> Bool {
    var at = -1
    for index in text.indices {
      if text[index] == UInt8(ascii: "@") {
        guard at < 0 else { return false }
        at = index
      } else if !(at < 0 ? isLocal(text[index]) : isDomain(text[index])) {
        return false
      }
    }
    // Limits: RFC 5321, 4.5.3.1.
    guard at > 0, at <= 64, text.count <= 254, hasGoodDots(text.extracting(0..<at)),
      isGoodDomain(text.extracting(at + 1..<text.count))
    else { return false }
    for index in text.indices { output.append(text[index].lower) }
    return true
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D...0x39, 0x3D, 0x3F, 0x41...0x5A, 0x5E...0x7E, 0x80...:
      true
    default: false
    }
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      || byte >= 0x80
  }

  private static func hasGoodDots(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty, text[0] != 0x2E, text[text.count - 1] != 0x2E else { return false }
    for index in 1..<max(text.count, 1) where text[index] == 0x2E && text[index - 1] == 0x2E {
      return false
    }
    return true
  }

  private static func isGoodDomain(_ text: Span<UInt8>) -> Bool {
    guard hasGoodDots(text) else { return false }
    var labels = 1
    var start = 0
    for index in text.indices where text[index] == 0x2E {
      guard isLabel(text.extracting(start..<index)) else { return false }
      labels += 1
      start = index + 1
    }
    let last = text.extracting(start..<text.count)
    return labels > 1 && isLabel(last) && last.count > 1 && !last[0].isDigit
  }

  private static func isLabel(_ label: Span<UInt8>) -> Bool {
    !label.isEmpty && label.count <= 63 && label[0] != 0x2D && label[label.count - 1] != 0x2D
  }

  /// What may be addresses: words between blanks and separators, without `mailto:`, brackets and
  /// quotes.
  static func pieces(of text: String) -> [String] {
    text.split { " ,;/|<>()[]\"'\t\n".contains($0) || $0 == "或" }.compactMap { piece in
      var piece = piece
      if piece.lowercased().hasPrefix("mailto:") { piece = piece.dropFirst(7) }
      if let query = piece.firstIndex(of: "?"), piece.contains("@") { piece = piece[..<query] }
      for label in ["邮箱:", "邮件:", "email:", "e-mail:", "Email:", "E-mail:"]
      where piece.hasPrefix(label) {
        piece = piece.dropFirst(label.count)
      }
      while let last = piece.last, last == "." || last == ":" { piece = piece.dropLast() }
      return piece.isEmpty ? nil : String(piece)
    }
  }
}
