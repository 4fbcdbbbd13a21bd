import FerryCore

extension FieldNormalizer {
  /// A longer cell is a text, of which no phone is looked for; about twenty numbers fit.
  private static let longestPhones = 400

  /// Reads one or several phone numbers; the first valid one goes to `output`, the others to
  /// ``extras``.
  mutating func readPhones(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    let isMainland = options.region == "CN"
    if isMainland || text.has("+86", at: 0), MainlandPhone.append(text, to: &output) {
      return .value
    }
    if let whole = PhoneDamage.wholeDigits(text) {
      return readPhones(whole.span, kind: .text, into: &output)
    }
    if PhoneDamage.isScientific(text) {
      return .invalid(NormalizationIssue(.phoneDigitsLost, text.string))
    }
    if let verdict = PhonePrefixes.read(text, region: options.region, into: &output) {
      if verdict == .valid { return .value }
      output.removeAll(keepingCapacity: true)
      // Nothing stands there but one number, with nothing to take off.
      if text[0] == UInt8(ascii: "+") || text[0].isDigit {
        return collect(PhoneCell(whole: text), text: text, into: &output)
      }
    }
    // In mainland China / and , always part numbers; elsewhere 030/123456 is one.
    if !isMainland, let verdict = readWhole(text, into: &output) { return verdict }
    guard text.count <= Self.longestPhones else {
      return .invalid(NormalizationIssue(.notAPhone, text.string))
    }
    let cell = PhoneCell(text)
    return collect(cell, text: text, into: &output)
  }

  /// A number that the region writes with signs which would otherwise part several.
  private func readWhole(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult?
  {
    for index in text.indices where text[index] >= 0x80 { return nil }
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") {
        guard text.has(";ext=", at: index) || text.has(";phone-", at: index) else { return nil }
      }
    }
    if PhoneLibrary.read(text, region: options.region, into: &output) == .valid { return .value }
    output.removeAll(keepingCapacity: true)
    return nil
  }

  private mutating func collect(
    _ cell: PhoneCell, text: Span<UInt8>, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    var issue: NormalizationIssue?
    var found: [(number: ContiguousArray<UInt8>, isKnown: Bool)] = []
    for piece in cell.pieces {
      var numbers: [ContiguousArray<UInt8>] = []
      if let fault = PhonePiece(region: options.region).read(piece, into: &numbers) {
        let isKept = !numbers.isEmpty
        issue = .worse(issue, NormalizationIssue(fault, String(decoding: piece, as: UTF8.self)))
        if !isKept { continue }
        found += numbers.map { ($0, false) }
      } else {
        found += numbers.map { ($0, true) }
      }
    }
    let ordered = found.filter(\.isKnown) + found.filter { !$0.isKnown }
    guard let first = ordered.first else {
      return .invalid(issue ?? NormalizationIssue(.notAPhone, text.string))
    }
    output.append(contentsOf: first.number)
    for other in ordered.dropFirst() where other.number != first.number {
      let further = String(decoding: other.number, as: UTF8.self)
      if !extras.contains(further) { extras.append(further) }
    }
    if issue == nil, cell.hasRemark { issue = NormalizationIssue(.phoneRemark, text.string) }
    return .value(issue)
  }
}

/// One number of a cell.
struct PhonePiece {
  let region: String

  /// Adds the number, or several where blanks part them, to `numbers`.
  ///
  /// - Returns: What is wrong; with a number in `numbers` it was kept all the same.
  func read(_ piece: ContiguousArray<UInt8>, into numbers: inout [ContiguousArray<UInt8>]) -> Rule?
  {
    var number = ContiguousArray<UInt8>()
    let verdict = verdict(of: piece, into: &number)
    if verdict == .valid {
      numbers.append(number)
      return nil
    }
    if let parted = dashExtension(piece) ?? parted(piece) {
      numbers += parted
      return nil
    }
    if verdict == .unknownRange, isComplete(piece, number) {
      numbers.append(number)
      return .phoneUnknownRange
    }
    return rule(for: verdict, piece)
  }

  private func verdict(of piece: ContiguousArray<UInt8>, into number: inout ContiguousArray<UInt8>)
    -> PhoneLibrary.Verdict
  {
    number.removeAll()
    if region == "CN" {
      if MainlandPhone.append(piece.span, to: &number) { return .valid }
      // Words are no vanity numbers here.
      if hasWords(piece) { return .notANumber }
    }
    if let known = PhonePrefixes.read(piece.span, region: region, into: &number) { return known }
    return PhoneLibrary.read(piece.span, region: region, into: &number)
  }

  private func isValid(
    _ piece: ContiguousArray<UInt8>, into number: inout ContiguousArray<UInt8>
  ) -> Bool {
    !PhonePrefixes.isTooShort(piece.span, region: region)
      && verdict(of: piece, into: &number) == .valid
  }

  /// Whether letters stand there that mark no extension.
  private func hasWords(_ piece: ContiguousArray<UInt8>) -> Bool {
    var letters = 0
    for byte in piece where byte.isLetter {
      switch byte.lower {
      case UInt8(ascii: "e"), UInt8(ascii: "x"), UInt8(ascii: "t"), UInt8(ascii: "n"): continue
      default: letters += 1
      }
    }
    return letters > 0
  }

  /// 010-88993108-801 and 400-860-8608-12: the last group is an extension.
  private func dashExtension(_ piece: ContiguousArray<UInt8>) -> [ContiguousArray<UInt8>]? {
    guard let dash = piece.lastIndex(of: UInt8(ascii: "-")) else { return nil }
    let tail = piece[(dash + 1)...]
    guard (1...6).contains(tail.count), tail.allSatisfy(\.isDigit) else { return nil }
    var number = ContiguousArray<UInt8>()
    guard isValid(ContiguousArray(piece[..<dash]), into: &number),
      !number.contains(UInt8(ascii: ";"))
    else { return nil }
    number.append(contentsOf: ";ext=".utf8)
    number.append(contentsOf: tail)
    return [number]
  }

  /// Several whole numbers with nothing but blanks between them.
  private func parted(_ piece: ContiguousArray<UInt8>) -> [ContiguousArray<UInt8>]? {
    let words = piece.split(separator: UInt8(ascii: " "))
    guard words.count > 1 else { return nil }
    var numbers: [ContiguousArray<UInt8>] = []
    for word in words {
      var number = ContiguousArray<UInt8>()
      guard isValid(ContiguousArray(word), into: &number) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Whether a number of no known range may be kept, with a warning.
  ///
  /// In mainland China lengths vary so much that only a mobile's shape or a written area code
  /// tells that nothing is missing.
  private func isComplete(_ piece: ContiguousArray<UInt8>, _ number: ContiguousArray<UInt8>) -> Bool
  {
    guard number.starts(with: "+86".utf8) else { return true }
    let national = number.dropFirst(3).prefix { $0.isDigit }
    if national.count == 11, national.first == UInt8(ascii: "1"),
      (national.dropFirst().first ?? 0) >= 0x33
    {
      return true
    }
    let isWrittenInFull = piece.first == UInt8(ascii: "+") || piece.first(where: \.isDigit) == 0x30
    guard isWrittenInFull, national.count == 10 || national.count == 11 else { return false }
    let area = national.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return MainlandPhone.areas7[area] || MainlandPhone.areas8[area]
  }

  private func rule(for verdict: PhoneLibrary.Verdict, _ piece: ContiguousArray<UInt8>) -> Rule {
    switch verdict {
    case .tooShort: .phoneTooShort
    case .tooLong: .phoneTooLong
    case .unknownCountry: .phoneUnknownCountry
    case .unknownRange, .valid: .phoneNoSuchNumber
    case .notANumber: .notAPhone
    }
  }
}

/// What spreadsheets make of phone numbers.
enum PhoneDamage {
  /// Of a number written with an exponent this many digits must be left to be whole.
  private static let wholeDigits = 9

  /// The digits of `13812345678.0`, or of an exponent form that lost none; `nil` for others.
  static func wholeDigits(_ text: Span<UInt8>) -> ContiguousArray<UInt8>? {
    guard let shape = shape(of: text) else { return nil }
    if shape.exponent == nil {
      for index in shape.point + 1..<text.count where text[index] != 0x30 { return nil }
      var digits = ContiguousArray<UInt8>()
      digits.append(text.extracting(0..<shape.point))
      return digits
    }
    guard shape.significant >= wholeDigits,
      let number = NumberReader(region: "").read(text, from: 0), number.end == text.count,
      number.value.reduced.scale == 0
    else { return nil }
    var digits = ContiguousArray<UInt8>()
    number.value.reduced.append(to: &digits)
    return digits
  }

  /// Whether `text` has the shape 1.38E+10.
  static func isScientific(_ text: Span<UInt8>) -> Bool { shape(of: text)?.exponent != nil }

  /// Digits, a point, digits, and maybe an exponent; nothing else.
  private static func shape(of text: Span<UInt8>) -> (point: Int, exponent: Int?, significant: Int)?
  {
    var point = -1
    var exponent: Int?
    var significant = 0
    for index in text.indices {
      let byte = text[index]
      if byte.isDigit {
        if exponent == nil { significant += 1 }
      } else if byte == UInt8(ascii: "."), point < 0, exponent == nil, index > 0 {
        point = index
      } else if byte.lower == UInt8(ascii: "e"), exponent == nil, index > 0, index + 1 < text.count
      {
        exponent = index
      } else if byte == UInt8(ascii: "+"), exponent == index - 1 {
        continue
      } else {
        return nil
      }
    }
    guard point > 0 || exponent != nil else { return nil }
    // 131.2345 is half a number written with points, not a number with a fraction.
    guard exponent != nil || text.count - point <= 3 else { return nil }
    return (point, exponent, significant)
  }
}
