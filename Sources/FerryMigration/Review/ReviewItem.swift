public import FerryCore
public import FerryMatching
import FerryRecords

/// Two records that may be one thing, as a plan keeps them for a person to decide.
public struct ReviewItem: Sendable, Codable, Hashable {
  /// How the pair stands.
  public enum State: String, Sendable, Codable, Hashable {
    /// Nobody knows; both are kept.
    case open
    /// A person said that both are one.
    case same
    /// A person said that they are two.
    case different
    /// They were merged without a person's word.
    case merged
  }

  /// One of the two records.
  public struct Side: Sendable, Codable, Hashable {
    /// Ferry's id of it.
    public let externalID: String
    /// The cell of its name, as people read it.
    public let place: String
    /// The digest that decisions are remembered by.
    public let digest: String
    /// What people call it.
    public let name: String
  }

  /// One field of both records.
  public struct FieldPair: Sendable, Codable, Hashable {
    /// The field's name.
    public let field: String
    /// What the left record says; `nil` for nothing.
    public let left: String?
    /// What the right record says; `nil` for nothing.
    public let right: String?
  }

  /// What some fields say for or against a match.
  public struct Evidence: Sendable, Codable, Hashable {
    /// The fields' names.
    public let fields: [String]
    /// In words.
    public let english: String
    /// In words.
    public let chinese: String
    /// The bits that it adds; positive speaks for a match.
    public let bits: Double

    /// In words, in `language`.
    public func text(in language: Language) -> String { language == .english ? english : chinese }
  }

  /// The entity's name.
  public let entity: String
  /// Pairs of one group hang together over a common record; counted from 1 within the entity.
  public let group: Int
  /// How it stands.
  public let state: State
  /// P(match), 0…1; `nil` where no model was asked.
  public let probability: Double?
  /// The weight before any field is looked at, in bits.
  public let startBits: Double?
  /// The earlier record.
  public let left: Side
  /// The later record.
  public let right: Side
  /// Every field that one of them has.
  public let fields: [FieldPair]
  /// What the fields say; empty where no model was asked.
  public let evidence: [Evidence]
  /// The pair's finding, in English and Chinese.
  public let message: [String]
  /// By field: the digest of the record whose value a person picked; `nil` where none was.
  public let picks: [String: String]?

  /// Why the pair is here, in `language`.
  public func message(in language: Language) -> String {
    (language == .english ? message.first : message.last) ?? ""
  }

  /// What people said of the two.
  public func decision(isSame: Bool, picks: [String: String] = [:]) -> MatchDecision {
    MatchDecision(
      entity: entity, digests: [left.digest, right.digest], isSame: isSame, picks: picks,
      label: "\(left.name) | \(right.name)")
  }
}

// MARK: - As JSON

extension ReviewItem {
  /// The item as JSON with sorted keys.
  func storedText() throws -> String {
    // Foundation alone knows how it writes numbers with a fraction.
    guard probability == nil, startBits == nil, evidence.isEmpty, picks == nil else {
      return try StoredJSON.text(self)
    }
    var json = JSONText()
    json.begin()
    json.member("entity", entity)
    json.member("evidence", [])
    json.beginList("fields")
    for pair in fields {
      json.begin()
      json.member("field", pair.field)
      json.member("left", pair.left)
      json.member("right", pair.right)
      json.end()
    }
    json.endList()
    json.member("group", group)
    left.write("left", to: &json)
    json.member("message", message)
    right.write("right", to: &json)
    json.member("state", state.rawValue)
    json.end()
    return json.text
  }
}

extension ReviewItem.Side {
  fileprivate func write(_ key: StaticString, to json: inout JSONText) {
    json.beginObject(key)
    json.member("digest", digest)
    json.member("externalID", externalID)
    json.member("name", name)
    json.member("place", place)
    json.end()
  }
}

// MARK: - Making

extension ReviewItem {
  /// The pairs of an entity, those of one group together.
  static func items(of golden: GoldenRecords) -> [ReviewItem] {
    let groups = ReviewGroups(golden.reviewPairs)
    let numbered = golden.reviewPairs.enumerated().map { (groups.number(of: $0.element), $0) }
    return numbered.sorted { ($0.0, $0.1.offset) < ($1.0, $1.1.offset) }.compactMap {
      ReviewItem($0.1.element, group: $0.0, golden)
    }
  }

  private init?(_ pair: ReviewPair, group: Int, _ golden: GoldenRecords) {
    let own = pair.stored == nil ? Side(pair.left, golden) : nil
    guard let left = own ?? pair.stored.map({ Side($0) }), let right = Side(pair.right, golden)
    else { return nil }
    entity = golden.table.entity.name
    self.group = group
    state =
      switch pair.state {
      case .open: .open
      case .decided(let isSame): isSame ? .same : .different
      case .merged: .merged
      }
    probability = pair.explanation?.probability
    startBits = pair.explanation?.startBits
    self.left = left
    self.right = right
    let table = golden.table
    func value(_ field: Int, of identity: Int) -> String? {
      golden.ownSupplier(ofField: field, identity: identity).flatMap {
        table.string(field: field, of: $0)
      }.flatMap { $0.isEmpty ? nil : $0 }
    }
    fields = table.fields.indices.compactMap { field in
      let name = table.fields[field].name
      let left = pair.stored.map { $0.values[name] } ?? value(field, of: pair.left)
      let right = value(field, of: pair.right)
      guard left != nil || right != nil else { return nil }
      return FieldPair(field: name, left: left, right: right)
    }
    evidence = (pair.explanation?.steps ?? []).compactMap { step in
      step.level.map { level in
        Evidence(
          fields: step.field.split(separator: "+").map(String.init), english: level.english,
          chinese: level.chinese, bits: step.bits)
      }
    }
    picks = pair.picks.isEmpty ? nil : pair.picks
    message = [pair.finding.message(in: .english), pair.finding.message(in: .chinese)]
  }
}

extension ReviewItem.Side {
  fileprivate init(_ stored: ReviewPair.StoredSide) {
    externalID = stored.record.label
    place = stored.place
    digest = stored.digest
    name = stored.values["name"] ?? stored.record.label
  }

  fileprivate init?(_ identity: Int, _ golden: GoldenRecords) {
    guard let digest = golden.contentDigest(of: identity) else { return nil }
    let table = golden.table
    let record = Int(golden.firstRecord[identity])
    externalID = golden.externalID(ofIdentity: identity)
    let field = table.fieldIndex("name")
    let supplier = field.flatMap { golden.ownSupplier(ofField: $0, identity: identity) }
    place = table.provenance(of: supplier ?? record, field: field).description
    name = field.flatMap { table.string(field: $0, of: supplier ?? record) } ?? externalID
    self.digest = digest
  }
}

/// Numbers the groups of pairs that hang together, in the order in which they come.
private struct ReviewGroups {
  private var parents: [Int: Int] = [:]
  private var numbers: [Int: Int] = [:]

  init(_ pairs: [ReviewPair]) {
    for pair in pairs {
      let (left, right) = (root(pair.left), root(pair.right))
      if left != right { parents[max(left, right)] = min(left, right) }
    }
    for pair in pairs where numbers[root(pair.left)] == nil {
      numbers[root(pair.left)] = numbers.count + 1
    }
  }

  func number(of pair: ReviewPair) -> Int { numbers[root(pair.left)] ?? 0 }

  private func root(_ identity: Int) -> Int {
    var current = identity
    while let parent = parents[current] { current = parent }
    return current
  }
}
