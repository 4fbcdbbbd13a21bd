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
    planned: (inout RunSummary, PlanRequest) async throws -> Void,
    open: (_ path: String, StoreAccess) throws -> any CRMStore
  ) async throws -> RunSummary {
    let workspace = context.workspace
    let lock = try WorkspaceLock(
      workspace, command: "rehearse", run: "-", since: context.timestamp)
    defer { lock.release() }
    let folder = try RehearsalFolder(workspace)
    var left: [RehearsalFolder.Left] = []
    defer { folder.remove(remembering: left.map(\.name)) }
    let copy: RehearsalFolder.Copy
    do {
      copy = try await folder.copy(store, context, &left)
    } catch {
      left += await folder.removeCopy(on: store, left)
      throw error
    }
    let result: Result<RunSummary, any Error>
    do {
      result = .success(try await run(request, in: copy, folder, context, planned, open))
    } catch {
      result = .failure(error)
    }
    left += await folder.removeCopy(on: store, left)
    var summary = try result.get()
    summary.findings += left.map { Finding(.rehearsalLeft, arguments: [$0.name, $0.reason]) }
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
    _ context: MigrationContext, _ planned: (inout RunSummary, PlanRequest) async throws -> Void,
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

  /// A database that could not be dropped.
  struct Left {
    let name: String
    let reason: String
  }

  /// The throw-away workspace.
  let workspace: Workspace
  /// Databases on the store's server that rehearsals left: one was killed, or could not drop its own.
  private let leftDatabases: [String]

  var storePath: String { inside("store.db") }
  private var databaseNote: String { inside("database") }

  /// Makes it, with a copy of the journal.
  init(_ original: Workspace) throws(MigrationError) {
    let path = (original.path as NSString).appendingPathComponent("rehearsal")
    workspace = Workspace(path: path, key: original.key)
    let note = (path as NSString).appendingPathComponent("database")
    let text = FileManager.default.contents(atPath: note).map {
      String(decoding: $0, as: UTF8.self)
    }
    leftDatabases = (text ?? "").split(separator: "\n").map(String.init).filter(Self.isName)
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

  /// Copies the store; what earlier rehearsals left and still can't be dropped goes into `left`.
  func copy(
    _ store: any CRMStore, _ context: MigrationContext, _ left: inout [Left]
  ) async throws -> Copy {
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
    for name in leftDatabases {
      if let reason = await Self.drop(name, on: server) {
        left.append(Left(name: name, reason: reason))
      }
    }
    try await server.copy(to: storePath)
    let name = "ferry_rehearsal_" + String(context.randomBits(), radix: 16)
    // Before it is there, so that the next rehearsal finds what this one may leave.
    try note(left.map(\.name) + [name])
    try await server.makeThrowAwayCopy(named: name, from: storePath)
    return .database(name, server)
  }

  /// Removes the database on the server, where there is one; gives it where it can't be.
  func removeCopy(on store: any CRMStore, _ left: [Left]) async -> [Left] {
    guard let data = FileManager.default.contents(atPath: databaseNote),
      let server = store as? any RehearsableStore
    else { return [] }
    let names = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    guard let own = names.last, !left.contains(where: { $0.name == own }),
      let reason = await Self.drop(own, on: server)
    else { return [] }
    return [Left(name: own, reason: reason)]
  }

  /// Drops a database, and says why not where that fails.
  private static func drop(_ name: String, on server: any RehearsableStore) async -> String? {
    do {
      try await server.removeThrowAwayCopy(named: name)
      return nil
    } catch {
      return error.findings.first?.message(in: .english) ?? "-"
    }
  }

  private func note(_ names: [String]) throws(MigrationError) {
    try Workspace.writePrivateFile(Data(names.joined(separator: "\n").utf8), to: databaseNote)
  }

  // Nothing else is ever dropped.
  private static func isName(_ text: String) -> Bool {
    let tail = text.dropFirst("ferry_rehearsal_".count)
    return text.hasPrefix("ferry_rehearsal_") && !tail.isEmpty
      && tail.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: workspace.path) }

  /// Removes all but the names of databases that are still there, for the next rehearsal.
  func remove(remembering names: [String]) {
    remove()
    guard !names.isEmpty else { return }
    // Where that fails, the report has named them.
    try? workspace.create()
    try? note(names)
  }

  private func inside(_ name: String) -> String {
    (workspace.path as NSString).appendingPathComponent(name)
  }
}

extension Rule {
  static let rehearsalLeft = Rule(
    id: "rehearse.left", severity: .warning,
    message: Words(
      en: "the throw-away database {0} could not be dropped and is still on the server: {1}",
      zh: "一次性数据库 {0} 未能删除，仍在服务器上：{1}"),
    suggestion: Words(
      en:
        "The rehearsal itself is whole. The next one tries again; to do it now, close what uses it and "
        + "run `DROP DATABASE {0}` on the server.",
      zh: "演练本身已完成。下次演练会再试；若要现在删除，请断开对它的连接，再在服务器上执行 `DROP DATABASE {0}`。"))

  static let rehearsalImpossible = Rule(
    id: "rehearse.impossible", severity: .error,
    message: Words(
      en: "{0} can't be copied to rehearse in", zh: "{0} 无法复制用于演练"),
    suggestion: Words(
      en: "SQLite, PostgreSQL and MariaDB can be. Rehearse into one of these, or make a plan: "
        + "`ferry plan` only reads the store.",
      zh: "SQLite、PostgreSQL、MariaDB 可以复制。请在其中演练，或用 `ferry plan` 出计划：对目标库只读。"))
}
