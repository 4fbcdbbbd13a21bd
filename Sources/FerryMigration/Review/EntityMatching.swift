public import FerryMatching
import FerrySQLite

/// How duplicates of one entity were found, as reports tell it: figures, model, some pairs.
public struct EntityMatching: Sendable, Codable, Hashable {
  /// A report shows so many pairs of each state.
  private static let shownPairs = 25

  /// The entity's name.
  public let entity: String
  /// Thresholds, counts and what each outcome is worth.
  public let overview: MatchOverview
  /// Pairs that wait for a person.
  public let openCount: Int
  /// Pairs that were joined without a person's word.
  public let mergedCount: Int
  /// Open pairs, surest first, then merged pairs, least sure first: what is worth a look.
  public let pairs: [ReviewItem]

  /// Chooses the pairs from all those of the entity.
  init(_ counts: ReviewCounts, _ overview: MatchOverview, _ items: [ReviewItem]) {
    entity = counts.entity
    self.overview = overview
    (openCount, mergedCount) = (counts.open, counts.merged)
    let open = items.filter { $0.state == .open }
    let merged = items.filter { $0.state == .merged }
    pairs = Self.first(of: open) { -$0 } + Self.first(of: merged) { $0 }
  }

  private init(_ other: EntityMatching, pairs: [ReviewItem]) {
    (entity, overview, openCount) = (other.entity, other.overview, other.openCount)
    (mergedCount, self.pairs) = (other.mergedCount, pairs)
  }

  /// The same with other texts in the place of what its pairs hold.
  public func mapping(_ text: (String) -> String) -> EntityMatching {
    EntityMatching(self, pairs: pairs.map { $0.mapping(text) })
  }

  private static func first(
    of items: [ReviewItem], by rank: (Double) -> Double
  ) -> [ReviewItem] {
    let ranked = items.compactMap { item in item.probability.map { (rank($0), item) } }
    let order = ranked.indices.sorted { (ranked[$0].0, $0) < (ranked[$1].0, $1) }
    return order.prefix(shownPairs).map { ranked[$0].1 }
  }
}

extension PlanWriter {
  /// Adds how an entity's duplicates were found.
  func add(_ matching: EntityMatching) throws {
    let stored = try StoredJSON.text(matching)
    let line = try insertMatching()
    try line.bind(matching.entity, at: 1)
    try line.bind(stored, at: 2)
    try line.run()
  }
}

extension PlanFile {
  /// How duplicates were found, by entity in load order; only entities that a model looked at.
  func matching() throws -> [EntityMatching] { try stored(EntityMatching.self, in: "matching") }

  /// The values of a table's column `stored`, in the order of the plan.
  func stored<Value: Decodable>(_ type: Value.Type, in table: String) throws -> [Value] {
    let query = try database.prepare("SELECT stored FROM \(table) ORDER BY position")
    var found: [Value] = []
    while try query.step() {
      guard let item = try? StoredJSON.value(type, in: query.string(at: 0) ?? "") else {
        throw MigrationError(.unreadablePlan, .planUnreadable, path, table)
      }
      found.append(item)
    }
    return found
  }
}
