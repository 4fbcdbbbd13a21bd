import FerryCore

/// Reads the JSON of a ``StoredFinding`` as ``StoredFinding/encode(_:)`` writes it, without a decoder:
/// a plan may hold tens of thousands.
///
/// Gives up, so that the decoder is asked, at a text with escapes and at everything unforeseen.
struct StoredFindingReader {
  private var offset = 0
  private var texts: [String: String] = [:]
  private var lists: [String: [String]] = [:]
  private var numbers: [String: Int] = [:]

  /// The finding of a stored text; `nil` where it is not of the plain form.
  static func finding(in json: Span<UInt8>) -> Finding? {
    var reader = StoredFindingReader()
    guard reader.parse(json) else { return nil }
    return reader.finding
  }

  private var finding: Finding? {
    guard let id = texts["rule"], let ruleSeverity = texts["ruleSeverity"],
      let severity = texts["severity"], let arguments = lists["arguments"],
      let message = lists["message"], let suggestion = lists["suggestion"]
    else { return nil }
    let rule = Rule(
      id: id, severity: Severity(rawValue: ruleSeverity) ?? .warning,
      message: Words(en: message.first ?? "", zh: message.last ?? ""),
      suggestion: Words(en: suggestion.first ?? "", zh: suggestion.last ?? ""))
    let place = texts["file"].map {
      Provenance(
        file: $0, sheet: texts["sheet"], rowNumber: numbers["row"], columnIndex: numbers["column"])
    }
    return Finding(
      rule, at: place, value: texts["value"], arguments: arguments,
      severity: Severity(rawValue: severity))
  }

  private mutating func parse(_ json: Span<UInt8>) -> Bool {
    guard take(UInt8(ascii: "{"), json) else { return false }
    repeat {
      guard let key = text(json), take(UInt8(ascii: ":"), json), member(key, json) else {
        return false
      }
    } while take(UInt8(ascii: ","), json)
    return take(UInt8(ascii: "}"), json) && offset == json.count
  }

  private mutating func member(_ key: String, _ json: Span<UInt8>) -> Bool {
    guard offset < json.count else { return false }
    switch json[offset] {
    case UInt8(ascii: "\""):
      texts[key] = text(json)
      return texts[key] != nil
    case UInt8(ascii: "["):
      lists[key] = list(json)
      return lists[key] != nil
    default:
      numbers[key] = number(json)
      return numbers[key] != nil
    }
  }

  private mutating func list(_ json: Span<UInt8>) -> [String]? {
    var found: [String] = []
    offset += 1
    if take(UInt8(ascii: "]"), json) { return found }
    repeat {
      guard let text = text(json) else { return nil }
      found.append(text)
    } while take(UInt8(ascii: ","), json)
    return take(UInt8(ascii: "]"), json) ? found : nil
  }

  private mutating func number(_ json: Span<UInt8>) -> Int? {
    var result = 0
    let start = offset
    while offset < json.count, case let digit = json[offset], digit >= 0x30, digit <= 0x39 {
      result = result &* 10 &+ Int(digit - 0x30)
      offset += 1
    }
    return offset > start && offset - start < 18 ? result : nil
  }

  private mutating func text(_ json: Span<UInt8>) -> String? {
    guard take(UInt8(ascii: "\""), json) else { return nil }
    let start = offset
    while offset < json.count, json[offset] != UInt8(ascii: "\"") {
      if json[offset] == UInt8(ascii: "\\") { return nil }
      offset += 1
    }
    let text = json.extracting(start..<offset).text
    return take(UInt8(ascii: "\""), json) ? text : nil
  }

  private mutating func take(_ byte: UInt8, _ json: Span<UInt8>) -> Bool {
    guard offset < json.count, json[offset] == byte else { return false }
    offset += 1
    return true
  }
}
