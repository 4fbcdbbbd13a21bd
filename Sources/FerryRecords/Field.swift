public import FerryCore

/// What a field holds, which decides how a value is normalized, stored and compared.
///
/// Every value travels as canonical UTF-8 text; the type says which text is canonical.
public enum FieldType: Hashable, Sendable {
  /// One line of text, trimmed.
  case text
  /// Free text; line breaks are kept.
  case longText
  /// A person's name.
  case personName
  /// A company's name.
  case companyName
  /// A phone number, E.164 with an optional `;ext=`.
  case phone
  /// An e-mail address.
  case email
  /// A web address.
  case url
  /// 统一社会信用代码, 18 characters with a check digit.
  case creditCode
  /// 省, the first level of a Chinese address.
  case province
  /// 市.
  case city
  /// 区 or 县.
  case district
  /// Money: a plain decimal with the minor digits of its currency, such as `37.50`.
  case amount
  /// A plain decimal.
  case decimal
  /// A whole number.
  case integer
  /// 0 to 100, a plain decimal.
  case percent
  /// `0` or `1`.
  case boolean
  /// `2024-03-05`.
  case date
  /// UTC, `2024-03-05T01:30:00Z`.
  case instant
  /// ISO 4217, such as `CNY`.
  case currency
  /// One of a closed set of words.
  case choice(ValueSet)
  /// Another record of the named entity.
  case reference(to: String)
  /// A JSON object with sorted keys: the custom fields.
  case json
}

/// A closed, ordered set of words that a field may hold.
public struct ValueSet: Hashable, Sendable {
  /// One word of a set.
  public struct Option: Hashable, Sendable {
    /// The word that stores see, such as `qualification`.
    public let value: String
    /// What people call it.
    public let label: Words
    /// What legacy sheets write for it.
    public let synonyms: [String]
  }

  /// The set's name, such as `deal.stage`.
  public let name: String
  /// The words in the order of the process.
  public let options: [Option]

  /// Whether `value` is one of the words.
  public func contains(_ value: String) -> Bool { options.contains { $0.value == value } }

  /// Where `value` stands in the process; `nil` where it is none of the words.
  public func position(of value: String) -> Int? { options.firstIndex { $0.value == value } }
}

/// One field of an entity.
public struct Field: Hashable, Sendable {
  /// The name in mappings, plans and SQL columns (`owner`; its column is `owner_id`).
  public let name: String
  /// What it holds.
  public let type: FieldType
  /// Whether a record without it is rejected.
  public let isRequired: Bool
  /// What people call it.
  public let label: Words
  /// Headers of legacy sheets that mean this field, in both languages.
  public let synonyms: [String]

  /// States a field.
  public init(
    _ name: String, _ type: FieldType, required isRequired: Bool = false, en: String, zh: String,
    synonyms: [String] = []
  ) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.label = Words(en: en, zh: zh)
    self.synonyms = synonyms
  }

  /// The name of the entity that a reference points to; `nil` for a plain value.
  public var referenced: String? {
    if case .reference(let entity) = type { entity } else { nil }
  }

  /// The column in an SQL store: `<name>_id` for a reference, else the name.
  public var columnName: String { referenced == nil ? name : "\(name)_id" }
}

/// One entity of the sales chain: a name and its fields.
public struct Entity: Hashable, Sendable {
  /// The name in mappings and reports, such as `account`.
  public let name: String
  /// The table in an SQL store, such as `accounts`.
  public let plural: String
  /// What people call it.
  public let label: Words
  /// Sheet and column names of legacy files that mean this entity.
  public let synonyms: [String]
  /// The fields, in the order of reports.
  public let fields: [Field]
  /// The entity whose child lines these are (`order` for `order_line`); `nil` otherwise.
  public let parent: String?

  /// States an entity.
  public init(
    _ name: String, plural: String, en: String, zh: String, synonyms: [String] = [],
    parent: String? = nil, fields: [Field]
  ) {
    self.name = name
    self.plural = plural
    self.label = Words(en: en, zh: zh)
    self.synonyms = synonyms
    self.parent = parent
    self.fields = fields
  }

  /// The field of that name; `nil` where there is none.
  public func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  /// Two entities are the same when their names are.
  public static func == (left: Entity, right: Entity) -> Bool { left.name == right.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
