import FerryCore

// A canonical web address has a scheme (http where none was written, as browsers and Excel take
// it), scheme and host in lower case, no default port and no lone slash behind the host; path and
// query stay as typed. Nothing is looked up.

extension FieldNormalizer {
  func readURL(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    guard WebAddress.append(text, to: &output) else {
      return .invalid(NormalizationIssue(.badURL, text.string))
    }
    return .value
  }
}

/// One web address.
enum WebAddress {
  /// Writes the canonical form; false where `text` is no address.
  ///
  /// Source: RFC 3986, 3 and 6.2.
  static func append(_ text: Span<UInt8>, to output: inout ContiguousArray<UInt8>) -> Bool {
    // A blank parts two things; the @ of a password or an e-mail address is no sign of a host.
    for index in text.indices where text[index] == 0x20 { return false }
    guard let host = hostStart(text) else { return false }
    var end = host.start
    while end < text.count, ![0x2F, 0x3F, 0x23].contains(text[end]) { end += 1 }
    var hostEnd = end
    for index in host.start..<end where text[index] == UInt8(ascii: ":") {
      hostEnd = min(hostEnd, index)
    }
    guard isHost(text.extracting(host.start..<hostEnd)),
      let port = port(text.extracting(hostEnd..<end), isSecure: host.isSecure)
    else { return false }
    output.append(contentsOf: host.isSecure ? "https://".utf8 : "http://".utf8)
    for index in host.start..<hostEnd { output.append(text[index].lower) }
    if port { output.append(text.extracting(hostEnd..<end)) }
    let rest = text.extracting(end..<text.count)
    if !(rest.count == 1 && rest[0] == UInt8(ascii: "/")) { output.append(rest) }
    return true
  }

  private static let http = ContiguousArray("http://".utf8)
  private static let https = ContiguousArray("https://".utf8)

  private static func hostStart(_ text: Span<UInt8>) -> (start: Int, isSecure: Bool)? {
    if text.has(https, at: 0) { return (8, true) }
    if text.has(http, at: 0) { return (7, false) }
    // Another scheme (ftp://, javascript:) is no web address; host:8080 is one.
    for index in text.indices where text[index] == UInt8(ascii: ":") {
      return index + 1 < text.count && text[index + 1].isDigit ? (0, false) : nil
    }
    return text.has("//", at: 0) ? (2, false) : (0, false)
  }

  private static func isHost(_ host: Span<UInt8>) -> Bool {
    var labels = 1
    var length = 0
    for index in host.indices {
      let byte = host[index]
      if byte == UInt8(ascii: ".") {
        guard length > 0 else { return false }
        labels += 1
        length = 0
      } else {
        guard
          byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte >= 0x80
        else { return false }
        length += 1
      }
    }
    return labels > 1 && length > 1 || (labels == 4 && length > 0)
  }

  /// Whether the port must be written; `nil` where it is none.
  private static func port(_ text: Span<UInt8>, isSecure: Bool) -> Bool? {
    guard text.count > 1 else { return text.isEmpty ? false : nil }
    for index in 1..<text.count where !text[index].isDigit { return nil }
    return
      !(isSecure
      ? text.isWord(ContiguousArray(":443".utf8)) : text.isWord(ContiguousArray(":80".utf8)))
  }
}
