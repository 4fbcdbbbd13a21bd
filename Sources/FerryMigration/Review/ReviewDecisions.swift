public import FerryMatching
import FerrySQLite
import Foundation

/// What people decided on doubtful duplicates, kept in a workspace's journal.
public enum ReviewDecisions {
  /// All decisions, oldest first; none where the workspace has no journal yet.
  public static func all(in workspace: Workspace) throws -> [MatchDecision] {
    guard FileManager.default.fileExists(atPath: workspace.journalPath) else { return [] }
    do {
      return try Journal(reading: workspace).matchDecisions()
    } catch let error as SQLiteError {
      throw MigrationError(journal: error)
    }
  }

  /// Remembers decisions, or forgets those that are not kept; later ones about the same two records
  /// take the place of earlier ones.
  ///
  /// Holds the workspace's lock while it writes.
  public static func remember(
    _ decisions: [(decision: MatchDecision, isKept: Bool)], context: MigrationContext
  ) throws {
    let id = context.makeRunID()
    let time = context.timestamp
    let lock = try WorkspaceLock(context.workspace, command: "review", run: id, since: time)
    defer { lock.release() }
    let journal = try Journal(context.workspace)
    do {
      try journal.database.begin()
      for (decision, isKept) in decisions {
        if isKept {
          try journal.put(decision, at: time)
        } else {
          try journal.remove(decision)
        }
      }
      try journal.database.commit()
    } catch {
      journal.database.rollback()
      throw MigrationError(journal: error)
    }
  }
}
