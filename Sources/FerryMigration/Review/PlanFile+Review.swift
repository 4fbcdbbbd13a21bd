import FerryMatching
import FerrySQLite

extension PlanWriter {
  /// Adds pairs that a person should or may decide.
  func addReview(_ items: [ReviewItem]) throws {
    for item in items {
      let stored = try item.storedText()
      let line = try insertReview()
      try line.bind(item.entity, at: 1)
      try line.bind(item.state.rawValue, at: 2)
      try line.bind(item.probability.map { MatchExplanation.probability($0) }, at: 3)
      try line.bind(item.left.externalID, at: 4)
      try line.bind(item.right.externalID, at: 5)
      try line.bind(stored, at: 6)
      try line.run()
    }
  }
}

extension PlanWriter {
  /// Adds how many pairs each entity has.
  func addReviewCounts(_ counts: [ReviewCounts]) throws {
    for (position, count) in counts.enumerated() {
      try put(
        "review_counts",
        [
          .text(count.entity), .number(position), .number(count.open), .number(count.decided),
          .number(count.merged), .number(count.leftOut),
        ])
    }
  }
}

extension PlanFile {
  /// How many pairs each entity has, those included that are not listed.
  func reviewCounts() throws -> [ReviewCounts] {
    let query = try database.prepare(
      "SELECT entity, open, decided, merged, left_out FROM review_counts ORDER BY position")
    var found: [ReviewCounts] = []
    while try query.step() {
      var counts = ReviewCounts(entity: query.string(at: 0) ?? "")
      counts.open = Int(query.integer(at: 1))
      counts.decided = Int(query.integer(at: 2))
      counts.merged = Int(query.integer(at: 3))
      counts.leftOut = Int(query.integer(at: 4))
      found.append(counts)
    }
    return found
  }

  /// The pairs that a person should or may decide, in the order of the plan.
  public func reviewItems() throws -> [ReviewItem] {
    try stored(ReviewItem.self, in: "review_pairs")
  }
}
