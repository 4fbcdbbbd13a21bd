/// A field of an object of 纷享销客, as its describe tells it.
struct FxiaokeField: Hashable, Sendable {
  /// The field types of the sheet, section 6, as far as the objects here use them.
  enum Kind: String, Hashable, Sendable {
    case text
    case longText = "long_text"
    case phone = "phone_number"
    case email
    case url
    case selectOne = "select_one"
    case selectMany = "select_many"
    case number
    case currency
    case percentile
    case date
    case dateTime = "date_time"
    case trueOrFalse = "true_or_false"
    case employee
    case department
    case reference = "object_reference"
    case masterDetail = "master_detail"
    case autoNumber = "auto_number"
    /// What a sales record is about: `[{"describe_api_name", "id"}]`.
    case related = "what_list"
  }

  /// An option of a list: its value travels, its label is for people.
  struct Option: Hashable, Sendable {
    let value: String
    let label: String
  }

  let name: String
  let label: String
  let kind: Kind
  var isRequired = false
  var isUnique = false
  /// Written by the product alone.
  var isReadOnly = false
  var isCustom = false
  var options: [Option] = []
  /// The object that a lookup points to.
  var target: String?

  init(_ name: String, _ label: String, _ kind: Kind) {
    self.name = name
    self.label = label
    self.kind = kind
    isCustom = name.hasSuffix("__c") && name != "record_type"
  }

  /// A field from a line such as `account_id! object_reference:AccountObj 客户名称`.
  ///
  /// `!` means required, `#` read-only, `=` unique; after the type's colon stand the target, or
  /// the options as `value/label` with commas between them.
  init?(line: Substring) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3 else { return nil }
    let type = words[1].split(separator: ":", maxSplits: 1)
    guard let kind = Kind(rawValue: String(type[0])) else { return nil }
    let marks: Set<Character> = ["!", "#", "="]
    self.init(String(words[0].prefix { !marks.contains($0) }), String(words[2]), kind)
    isRequired = words[0].contains("!")
    isReadOnly = words[0].contains("#") || kind == .autoNumber
    isUnique = words[0].contains("=")
    guard type.count == 2 else { return }
    if kind == .reference || kind == .masterDetail {
      target = String(type[1])
    } else {
      options = type[1].split(separator: ",").map { part in
        let sides = part.split(separator: "/", maxSplits: 1).map(String.init)
        return Option(value: sides[0], label: sides.last ?? sides[0])
      }
    }
  }

  /// The field in the words of `object/describe`.
  var description: WireValue {
    var out: WireValue = [
      "api_name": .string(name), "label": .string(label), "type": .string(kind.rawValue),
      "is_required": .bool(isRequired), "is_unique": .bool(isUnique), "is_active": true,
      "is_readonly": .bool(isReadOnly),
      "define_type": .string(isCustom ? "custom" : "package"),
    ]
    if kind == .selectOne || kind == .selectMany {
      out["options"] = .list(
        options.map { ["label": .string($0.label), "value": .string($0.value)] })
    }
    if [.number, .currency, .percentile].contains(kind) { out["decimal_places"] = 2 }
    if kind == .date { out["date_format"] = "yyyy-MM-dd" }
    if kind == .dateTime { out["date_format"] = "yyyy-MM-dd HH:mm" }
    if kind == .date || kind == .dateTime { out["time_zone"] = "GMT+8" }
    if let target { out["target_api_name"] = .string(target) }
    return out
  }
}

// MARK: - Values

extension FxiaokeField {
  /// Whether a value has the shape that the type wants; whether it exists is another question.
  func isWellFormed(_ value: WireValue) -> Bool {
    switch kind {
    case .text, .longText, .phone, .email, .url, .autoNumber: value.string != nil
    case .selectOne: value.string.map { has(option: $0) } ?? false
    case .selectMany: value.strings.map { $0.allSatisfy { has(option: $0) } } ?? false
    // Whether the vendor takes numbers that are no texts is not known: the double does not.
    case .number, .currency, .percentile: value.string.map(Self.isDecimal) ?? false
    case .date, .dateTime: value.integer != nil
    case .trueOrFalse: value.bool != nil
    case .employee, .department: value.strings.map { !$0.isEmpty } ?? false
    case .reference, .masterDetail: value.string != nil
    case .related:
      value.list.map {
        $0.allSatisfy { $0["describe_api_name"]?.string != nil && $0["id"]?.string != nil }
      }
        ?? false
    }
  }

  /// The value as the product keeps it: of a date, the day in GMT+8 alone.
  func kept(_ value: WireValue) -> WireValue {
    guard kind == .date, let milliseconds = value.integer else { return value }
    let day = 86_400_000
    let zone = 8 * 3_600_000
    let local = milliseconds + zone
    let start = local - ((local % day) + day) % day
    return WireValue(start - zone)
  }

  private func has(option: String) -> Bool { options.contains { $0.value == option } }

  private static func isDecimal(_ text: String) -> Bool {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = parts[0].hasPrefix("-") ? parts[0].dropFirst() : parts[0]
    return ([whole] + parts.dropFirst()).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
  }
}
