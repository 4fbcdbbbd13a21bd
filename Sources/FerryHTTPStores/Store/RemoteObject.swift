/// An object of a product as its describe call tells it.
struct RemoteObject: Sendable {
  /// Such as `AccountObj`.
  let name: String
  /// What people call it.
  let label: String
  /// By name.
  var fields: [String: RemoteField] = [:]
}

/// One field of an object.
struct RemoteField: Sendable {
  /// What it holds, which decides how a value is written.
  enum Kind: Hashable, Sendable {
    case text
    case number
    case date
    case instant
    case boolean
    case choice
    case person
    case reference
    /// One that Ferry does not write, by the product's own name of the type.
    case other(String)
  }

  /// One value of a picklist.
  struct Option: Hashable, Sendable {
    let value: String
    let label: String
  }

  let name: String
  let label: String
  let kind: Kind
  var isRequired = false
  var isWritable = true
  /// Whether the product fills it in where a new record brings nothing.
  var isFilledByStore = false
  /// In the product's order; none for a field without a picklist.
  var options: [Option] = []
  /// The most characters; `nil` where the product does not say.
  var longest: Int?
}

/// A record as a product's API speaks of it.
struct RemoteRecord: Sendable {
  /// The product's id; empty for a new one.
  var id = ""
  /// By field; a field that is to be emptied is `null`.
  var values: [String: JSON] = [:]
}

/// Which records of an object are wanted.
struct RemoteQuery: Sendable {
  let object: String
  let fields: [String]
  /// Those whose field equals one of the values; all where it is `nil`.
  var filter: (field: String, values: [String])?
  /// What the page before gave.
  var cursor: String?
}

/// Some records and where the next ones begin.
struct RemotePage: Sendable {
  var records: [RemoteRecord] = []
  /// `nil` after the last.
  var next: String?
}

/// What became of one record that was written.
enum RemoteResult: Sendable {
  case written(id: String)
  case refused(Refusal)
  /// It may be there: no answer came.
  case unknown(reason: String)

  var isWritten: Bool { if case .written = self { true } else { false } }

  var isRefused: Bool { if case .refused = self { true } else { false } }
}
