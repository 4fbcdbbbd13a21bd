import FerryCore
public import FerryStores
import Foundation

// How it works: the store and the journal are copied, the journal and a SQLite store into the
// workspace, a database of a server into one beside it there. A whole import runs into the copies
// under the store's own name, so that crosswalk and last-loaded values count, and the copies are
// removed. The report, the plan and a few figures stay.

/// A whole run, into a throw-away copy of the store.
public enum Rehearsal {
  /// Plans, applies and verifies in copies of the store and of the journal; neither is changed.
  ///
  /// - Parameters:
  ///   - request: What is to be planned.
  ///   - store: The store, open for reading; it must be one that can be copied.
  ///   - context: What a run gets from outside; its workspace is the real one.
  ///   - planned: Sees the records beside the plan's summary, before they are let go of.
  ///   - open: Opens the copy of a SQLite store at a path.
  /// - Returns: What would come of it, compared with the last rehearsal in the workspace.
  /// - Throws: `MigrationError` where the store can't be copied, or what the run throws.
  public static func run(
    _ request: HeldRequest, store: any CRMStore, context: MigrationContext,
    planned: (RunSummary, PlanRequest) async throws -> Void,
    open: (_ path: String, StoreAccess) throws -> any CRMStore
  ) async throws -> RunSummary {
    let workspace = context.workspace
    let lock = try WorkspaceLock(
      workspace, command: "rehearse", run: "-", since: context.timestamp)
    defer { lock.release() }
    let folder = try RehearsalFolder(workspace)
    defer { folder.remove() }
    let copy = try await folder.copy(store, context)
    let result: Result<RunSummary, any Error>
    do {
      result = .success(try await run(request, in: copy, folder, context, planned, open))
    } catch {
      result = .failure(error)
    }
    try await folder.removeCopy(on: store)
    var summary = try result.get()
    summary.command = "rehearse"
    let records = RehearsalRecords(workspace)
    summary.planPath = try records.keepPlan(of: summary)
    let last = try records.latest()
    let figures = RehearsalFigures(summary, number: (last?.number ?? 0) + 1)
    summary.rehearsal = RehearsalComparison(figures, since: last)
    try records.keep(figures)
    return summary
  }

  private static func run(
    _ request: HeldRequest, in copy: RehearsalFolder.Copy, _ folder: RehearsalFolder,
    _ context: MigrationContext, _ planned: (RunSummary, PlanRequest) async throws -> Void,
    _ open: (_ path: String, StoreAccess) throws -> any CRMStore
  ) async throws -> RunSummary {
    var inside = context
    inside.workspace = folder.workspace
    var copies: [any CRMStore] = []
    let result: Result<RunSummary, any Error>
    do {
      for access in [StoreAccess.readOnly, .readWrite] {
        switch copy {
        case .file: copies.append(try open(folder.storePath, access))
        case .database(let name, let server):
          copies.append(
            try await server.openThrowAwayCopy(
              named: name, for: access, layout: request.layout))
        }
      }
      let (reading, writing) = (copies[0], copies[1])
      result = .success(
        try await Migration.runImport(
          request, store: reading, context: inside, planned: planned,
          openForWriting: { writing }))
    } catch {
      result = .failure(error)
    }
    for copy in copies { await copy.close() }
    return try result.get()
  }
}

/// Where a rehearsal's copies lie while it runs.
private struct RehearsalFolder {
  /// The copy of a store.
  enum Copy {
    case file
    case database(String, any RehearsableStore)
  }

  /// The throw-away workspace.
  let workspace: Workspace
  /// The database on the store's server that a rehearsal left which was killed.
  private let leftDatabase: String?

  var storePath: String { inside("store.db") }
  private var databaseNote: String { inside("database") }

  /// Makes it, with a copy of the journal.
  init(_ original: Workspace) throws(MigrationError) {
    let path = (original.path as NSString).appendingPathComponent("rehearsal")
    workspace = Workspace(path: path, key: original.key)
    let note = (path as NSString).appendingPathComponent("database")
    leftDatabase = FileManager.default.contents(atPath: note).map {
      String(decoding: $0, as: UTF8.self)
    }
    // What a rehearsal left that was killed.
    remove()
    try workspace.create()
    for ending in ["", "-wal"] {
      let source = original.journalPath + ending
      guard FileManager.default.fileExists(atPath: source) else { continue }
      do {
        try FileManager.default.copyItem(atPath: source, toPath: workspace.journalPath + ending)
      } catch {
        throw MigrationError(.unusableWorkspace, .workspaceUnusable, path)
      }
    }
  }

  func copy(_ store: any CRMStore, _ context: MigrationContext) async throws -> Copy {
    guard let store = store as? any CopyableStore else {
      throw MigrationError(.unsuitableRun, .rehearsalImpossible, context.storeURL)
    }
    Workspace.makePrivateFile(storePath)
    guard store.copyExtension != "db" else {
      try await store.copy(to: storePath)
      return .file
    }
    guard let server = store as? any RehearsableStore else {
      throw MigrationError(.unsuitableRun, .rehearsalImpossible, context.storeURL)
    }
    if let left = leftDatabase, Self.isName(left) {
      try await server.removeThrowAwayCopy(named: left)
    }
    try await server.copy(to: storePath)
    let name = "ferry_rehearsal_" + String(context.randomBits(), radix: 16)
    // Before it is there, so that the next rehearsal finds what this one may leave.
    try Workspace.writePrivateFile(Data(name.utf8), to: databaseNote)
    do {
      try await server.makeThrowAwayCopy(named: name, from: storePath)
    } catch {
      try? await server.removeThrowAwayCopy(named: name)
      throw error
    }
    return .database(name, server)
  }

  /// Removes the database on the server, where there is one.
  func removeCopy(on store: any CRMStore) async throws {
    guard let data = FileManager.default.contents(atPath: databaseNote),
      let server = store as? any RehearsableStore
    else { return }
    try await server.removeThrowAwayCopy(named: String(decoding: data, as: UTF8.self))
  }

  // Nothing else is ever dropped.
  private static func isName(_ text: String) -> Bool {
    let tail = text.dropFirst("ferry_rehearsal_".count)
    return text.hasPrefix("ferry_rehearsal_") && !tail.isEmpty
      && tail.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: workspace.path) }

  private func inside(_ name: String) -> String {
    (workspace.path as NSString).appendingPathComponent(name)
  }
}

extension Rule {
  static let rehearsalImpossible = Rule(
    id: "rehearse.impossible", severity: .error,
    message: Words(
      en: "{0} can't be copied to rehearse in", zh: "{0} 无法复制用于演练"),
    suggestion: Words(
      en: "SQLite, PostgreSQL and MariaDB can be. Rehearse into one of these, or make a plan: "
        + "`ferry plan` only reads the store.",
      zh: "SQLite、PostgreSQL、MariaDB 可以复制。请在其中演练，或用 `ferry plan` 出计划：对目标库只读。"))
}
