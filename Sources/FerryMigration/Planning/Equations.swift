import FerryCore
import FerryMapping

/// The conservation law: every row and every record is in exactly one count.
enum Equations {
  /// rows = mapped + blank + filtered + rejected, for each table.
  static func check(_ tables: [TableSummary]) throws(MigrationError) {
    for table in tables where !table.isBalanced {
      let parts = table.mapped + table.blank + table.filtered + table.rejected
      throw MigrationError(
        .brokenEquation, .tableEquation, "\(table.file) '\(table.sheet)'", String(table.rows),
        String(parts))
    }
  }

  /// The plan has one change for each distinct external id, and each is in one count.
  static func check(_ counts: EntityCounts, identities: Int) throws(MigrationError) {
    guard counts.records == identities, counts.isBalanced else {
      throw MigrationError(
        .brokenEquation, .recordEquation, counts.entity, String(identities),
        "input", String(counts.isBalanced ? counts.records : counts.sum), "plan")
    }
  }

  /// What was done comes to what was planned.
  static func check(done: EntityCounts, planned: EntityCounts) throws(MigrationError) {
    guard done.sum == planned.records else {
      throw MigrationError(
        .brokenEquation, .recordEquation, planned.entity, String(planned.records), "plan",
        String(done.sum), "apply")
    }
  }
}

extension EntityCounts {
  /// All counts added up, what they should come to aside.
  var sum: Int {
    created + updated + same + merged + skipped + rejected + conflicted + removed
  }
}
