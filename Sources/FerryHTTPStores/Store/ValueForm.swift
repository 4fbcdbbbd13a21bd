import FerryRecords
import Foundation

/// How a product writes values, as data: what would else be code in each adapter.
struct ValueForm: Sendable {
  /// How days and instants stand.
  enum Times: Hashable, Sendable {
    /// `2024-03-05` and `2024-03-05T01:30:00Z`.
    case iso
    /// `2024-03-05` and `2024-03-05 01:30:00`, at Greenwich.
    case spaced
    /// Milliseconds since 1970; a day is its first one in the zone.
    case milliseconds
  }

  /// The zone of days that are held as instants.
  var days = CivilDays(zone: .gmt)
  var times = Times.iso
  /// Whether numbers stand as JSON numbers, not as texts.
  var hasBareNumbers = false
  /// Whether truth values stand as JSON ones, not as texts.
  var hasBareBooleans = false
  /// Whether people stand in a list, which is empty for nobody.
  var hasListedPeople = false
  /// Whether mobile numbers of mainland China stand without +86.
  var hasDomesticMobiles = false
  /// What empties a field.
  var null = JSON.null

  /// What the product is to hold for a canonical text, which is empty for null; `nil` where it can't.
  func encoded(_ text: String, _ codec: FieldCodec) -> JSON? {
    guard !text.isEmpty else {
      return codec.remote.kind == .person && hasListedPeople ? [] : null
    }
    let word = codec.word(for: text)
    switch codec.remote.kind {
    case .text:
      let isDomestic = hasDomesticMobiles && codec.field.type == .phone
      return .string(isDomestic ? Self.domestic(word) : word)
    case .number: return hasBareNumbers ? Self.number(word) : .string(word)
    case .choice, .reference: return .string(word)
    case .boolean:
      let isTrue = ["1", "true"].contains(word)
      return hasBareBooleans ? .bool(isTrue) : .string(isTrue ? "true" : "false")
    case .person: return hasListedPeople ? [.string(word)] : .string(word)
    case .date where times != .milliseconds:
      guard days.milliseconds(ofDay: word) == nil else { return .string(word) }
      return CivilDays.milliseconds(ofInstant: word).map { .string(days.day(ofMilliseconds: $0)) }
    case .date, .instant:
      let time = days.milliseconds(ofDay: word) ?? CivilDays.milliseconds(ofInstant: word)
      return time.map { written($0) }
    case .other: return nil
    }
  }

  /// The canonical text of what the product holds; `nil` for null.
  func decoded(_ value: JSON, _ codec: FieldCodec) -> String? {
    switch codec.remote.kind {
    case .text:
      let isDomestic = hasDomesticMobiles && codec.field.type == .phone
      return value.text.map { codec.meaning(of: isDomestic ? Self.international($0) : $0) }
    case .number: return value.text.map { codec.meaning(of: Self.plain($0, codec.field.type)) }
    case .choice: return value.text.map { codec.meaning(of: $0) }
    case .reference: return value.text
    case .boolean:
      guard let text = value.text, !text.isEmpty else { return nil }
      return codec.meaning(of: value.isTrue ? "1" : "0")
    case .person: return value.items.first?.text ?? value.text
    case .date, .instant: return time(value, codec.field.type)
    case .other: return nil
    }
  }

  private func written(_ milliseconds: Int) -> JSON {
    let instant = CivilDays.instant(ofMilliseconds: milliseconds)
    return switch times {
    case .iso: .string(instant)
    case .spaced: .string(String(instant.replacing("T", with: " ").prefix(19)))
    case .milliseconds: .number(String(milliseconds))
    }
  }

  private func time(_ value: JSON, _ type: FieldType) -> String? {
    guard var text = value.text else { return nil }
    if times == .spaced, text.contains(" ") { text = text.replacing(" ", with: "T") + "Z" }
    if type == .date, days.milliseconds(ofDay: text) != nil { return text }
    let time =
      value.integer ?? days.milliseconds(ofDay: text) ?? CivilDays.milliseconds(ofInstant: text)
    return time.map {
      type == .date ? days.day(ofMilliseconds: $0) : CivilDays.instant(ofMilliseconds: $0)
    }
  }

  /// A JSON number where the text is one.
  private static func number(_ text: String) -> JSON {
    if let found = try? JSON(Array(text.utf8)), case .number = found { return found }
    return .string(text)
  }

  /// A number as Ferry writes it: without an exponent, money with two digits where there was one.
  private static func plain(_ text: String, _ type: FieldType) -> String {
    var text = text
    if text.contains(where: { $0 == "e" || $0 == "E" }), let number = Decimal(string: text) {
      text = "\(number)"
      if type == .amount, !text.contains(".") { text += ".0" }
    }
    guard let point = text.lastIndex(of: "."), text[point...].count == 2 else { return text }
    switch type {
    case .amount: return text + "0"
    case .decimal, .integer, .percent: return text.hasSuffix("0") ? String(text[..<point]) : text
    default: return text
    }
  }

  /// People in China write a mobile number of the country without its code.
  private static func domestic(_ phone: String) -> String {
    phone.hasPrefix("+861") && phone.count == 14 ? String(phone.dropFirst(3)) : phone
  }

  private static func international(_ phone: String) -> String {
    phone.count == 11 && phone.hasPrefix("1") && phone.allSatisfy(\.isWholeNumber)
      ? "+86\(phone)" : phone
  }
}
