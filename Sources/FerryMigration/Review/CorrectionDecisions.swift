public import FerryMapping
import FerrySQLite
import Foundation

/// What people said that cells should read, kept in a workspace's journal.
public enum CorrectionDecisions {
  /// All corrections, oldest first; none where the workspace has no journal yet.
  public static func all(in workspace: Workspace) throws -> [CellCorrection] {
    guard FileManager.default.fileExists(atPath: workspace.journalPath) else { return [] }
    do {
      return try Journal(reading: workspace).corrections()
    } catch let error as SQLiteError {
      throw MigrationError(journal: error)
    }
  }

  /// Remembers corrections; later ones of the same cell take the place of earlier ones.
  ///
  /// Holds the workspace's lock while it writes.
  public static func remember(_ corrections: [CellCorrection], context: MigrationContext) throws {
    let id = context.makeRunID()
    let time = context.timestamp
    let lock = try WorkspaceLock(context.workspace, command: "plan", run: id, since: time)
    defer { lock.release() }
    let journal = try Journal(context.workspace)
    do {
      try journal.database.begin()
      for correction in corrections { try journal.put(correction, at: time) }
      try journal.database.commit()
    } catch {
      journal.database.rollback()
      throw MigrationError(journal: error)
    }
  }
}
