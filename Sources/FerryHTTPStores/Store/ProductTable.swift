import FerryRecords

/// Where a product keeps an entity: data, not code.
struct RemoteEntity: Hashable, Sendable {
  /// The object, such as `AccountObj`; of `NewOpportunityObj|OpportunityObj` the first that is there.
  var object: String
  /// By Ferry's field: the product's.
  var fields: [String: RemoteName]
  /// Field values that each new record gets.
  var constants: [String: String] = [:]
  /// The field of external ids where it is another than the product's usual one.
  var externalID: String?
  /// Which records of the object are of this entity, where an object holds several: all of these
  /// must be true.
  var only: [RemoteCondition] = []
  /// Records are only looked up, never written: the product's admin makes them.
  var isLookedUpOnly = false
  /// Where a profile names them.
  var place: String?

  init(_ object: String, isLookedUpOnly: Bool = false, _ fields: [String: RemoteName]) {
    self.object = object
    self.fields = fields
    self.isLookedUpOnly = isLookedUpOnly
  }
}

/// What tells the entities of one object apart.
enum RemoteCondition: Hashable, Sendable {
  case present(String)
  case absent(String)
  case equal(String, String)

  /// The field that it looks at.
  var field: String {
    switch self {
    case .present(let field), .absent(let field), .equal(let field, _): field
    }
  }

  /// Whether a record's values meet it.
  func isMet(by values: [String: JSON]) -> Bool {
    let text = values[field]?.text ?? ""
    return switch self {
    case .present: !text.isEmpty
    case .absent: text.isEmpty
    case .equal(_, let wanted): text == wanted
    }
  }
}

/// A product's name of a field, and of its values where they differ.
///
/// `mobile|mobile1` is the first of these that the object has: products change names over the years.
struct RemoteName: Hashable, Sendable, ExpressibleByStringLiteral {
  var name: String
  /// What the product writes, by Ferry's value: an option's value or label.
  var values: [String: String] = [:]
  /// Whether it is taken only when a record is made.
  var isWrittenOnce = false
  /// Whether the product takes each value once, in capitals or not.
  var isUnique = false
  /// Where a profile names it; `nil` for the product's own table.
  var place: String?

  init(stringLiteral name: String) { self.name = name }

  /// A field that only a new record can bring.
  static func once(_ name: String) -> RemoteName {
    var field = RemoteName(stringLiteral: name)
    field.isWrittenOnce = true
    return field
  }

  /// A field whose values the product takes once.
  static func unique(_ name: String) -> RemoteName {
    var field = RemoteName(stringLiteral: name)
    field.isUnique = true
    return field
  }

  /// A field whose values have other words.
  static func mapped(_ name: String, _ values: [String: String]) -> RemoteName {
    var field = RemoteName(stringLiteral: name)
    field.values = values
    return field
  }
}

/// By entity.
typealias ProductTable = [String: RemoteEntity]

extension ProductTable {
  /// Adds to each entity that is loaded a name for every field that has none: a field that the
  /// product's admin may have made for it.
  func filledUp(_ name: (Field) -> String) -> ProductTable {
    var table = self
    for (entity, remote) in self where !remote.isLookedUpOnly {
      for field in SalesChain.entity(entity)?.fields ?? []
      where remote.fields[field.name] == nil && field.referenced == nil {
        table[entity]?.fields[field.name] = RemoteName(stringLiteral: name(field))
      }
    }
    return table
  }
}

extension StoreProfile {
  /// A product's table with what the profile says laid over it.
  func laid(over table: ProductTable) -> ProductTable {
    var table = table
    for (entity, profile) in entities {
      var remote = table[entity] ?? RemoteEntity(profile.object ?? "", [:])
      if let object = profile.object {
        // Another object has other fields; those that the profile does not name stay only where the
        // object is the usual one.
        if object != remote.object, table[entity] != nil, object.hasSuffix("__c") {
          remote.fields = [:]
        }
        remote.object = object
      }
      remote.place = profile.place
      remote.constants.merge(profile.constants) { _, new in new }
      for (name, field) in profile.fields {
        guard let named = field.remote else {
          remote.fields[name] = nil
          continue
        }
        var remoteName = remote.fields[name] ?? RemoteName(stringLiteral: named)
        // Of another field, nothing is known.
        if remoteName.name != named { remoteName.isUnique = false }
        remoteName.name = named
        remoteName.place = field.place
        remoteName.values.merge(field.values) { _, new in new }
        remote.fields[name] = remoteName
      }
      guard !remote.object.isEmpty else { continue }
      table[entity] = remote
    }
    return table
  }
}
