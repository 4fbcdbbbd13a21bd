import FerryCore
public import FerrySQLite
import Foundation

/// The folder beside a mapping that holds journal, plans and reports: `M.ferry/` for `M.yaml`.
///
/// `journal.db` is the memory, `plans/RUN.ferryplan` the plans, `runs/RUN/` the reports, `lock`
/// what a writing run holds. The folder is for its owner alone.
public struct Workspace: Hashable, Sendable {
  /// The folder.
  public let path: String
  /// What journal and plans are sealed with; `nil` where they are plain.
  public let key: SealKey?

  /// Names a workspace; nothing is made yet.
  public init(path: String, key: SealKey? = nil) {
    self.path = path
    self.key = key
  }

  /// The workspace that belongs to a mapping.
  public init(besideMapping mapping: String, key: SealKey? = nil) {
    self.key = key
    let url = URL(filePath: mapping).deletingPathExtension()
    let folder = (mapping as NSString).deletingLastPathComponent
    path = (folder as NSString).appendingPathComponent(url.lastPathComponent + ".ferry")
  }

  /// The journal.
  public var journalPath: String { inside("journal.db") }
  /// The folder of the plans.
  public var plansPath: String { inside("plans") }
  /// Where a run's plan is or will be.
  public func planPath(ofRun run: String) -> String { inside("plans/\(run).ferryplan") }
  /// Where a run's plan lies, from whatever folder this process was started in.
  ///
  /// The journal keeps the path as it was when the plan was made: relative, perhaps, or moved since
  /// together with the workspace.
  func plan(of run: RunRecord) -> String? {
    guard let recorded = run.plan, !FileManager.default.fileExists(atPath: recorded) else {
      return run.plan
    }
    let own = planPath(ofRun: run.run)
    return FileManager.default.fileExists(atPath: own) ? own : recorded
  }
  /// Where a run's reports are or will be.
  public func reportFolder(ofRun run: String) -> String { inside("runs/\(run)") }

  var lockPath: String { inside("lock") }

  private func inside(_ name: String) -> String {
    (path as NSString).appendingPathComponent(name)
  }

  /// Throws where the journal and the key don't fit, before anything else is opened or made.
  public func checkKey() throws(MigrationError) {
    guard FileManager.default.fileExists(atPath: journalPath) else { return }
    _ = try Journal(reading: self)
  }

  /// Makes the folders, readable by their owner alone.
  public func create() throws(MigrationError) {
    for folder in [path, plansPath, inside("runs")] { try Self.makePrivateFolder(folder) }
  }

  /// Makes the folder for a run's reports and gives its path.
  public func createReportFolder(ofRun run: String) throws(MigrationError) -> String {
    let folder = reportFolder(ofRun: run)
    try Self.makePrivateFolder(folder)
    return folder
  }

  /// Makes a folder that only its owner can enter, where there is none yet.
  static func makePrivateFolder(_ path: String) throws(MigrationError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw MigrationError(.unusableWorkspace, .workspaceUnusable, path)
    }
  }

  /// Writes a file that only its owner can read.
  static func writePrivateFile(_ data: Data, to path: String) throws(MigrationError) {
    let isWritten = FileManager.default.createFile(
      atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
    guard isWritten else { throw MigrationError(.unusableWorkspace, .workspaceUnusable, path) }
  }

  /// Makes an empty file that only its owner can read, where there is none yet.
  static func makePrivateFile(_ path: String) {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    // Where it can't be made, opening it says why.
    _ = FileManager.default.createFile(
      atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
  }
}

// MARK: - Finding runs

extension Workspace {
  /// The workspaces in a folder, by name.
  public static func all(in folder: String, key: SealKey? = nil) -> [Workspace] {
    // A folder that can't be read holds no workspace; the caller says that the run is unknown.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // A key is for those that are encrypted; the others are as they were.
    return names.filter { $0.hasSuffix(".ferry") }.sorted()
      .map { (folder as NSString).appendingPathComponent($0) }
      .map { path in
        let plain = Workspace(path: path)
        return Database.isSealed(path: plain.journalPath) ? Workspace(path: path, key: key) : plain
      }
      .filter { FileManager.default.fileExists(atPath: $0.journalPath) }
  }

  /// The workspaces in a folder; where it has none, those of the folders in it, by path.
  public static func near(_ folder: String, key: SealKey? = nil) -> [Workspace] {
    let own = all(in: folder, key: key)
    guard own.isEmpty else { return own }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().prefix(mostFolders).flatMap {
      all(in: (folder as NSString).appendingPathComponent($0), key: key)
    }
  }

  /// Of a folder with more folders than this, nobody expects that all are looked through.
  private static let mostFolders = 500

  /// The workspace in `folder`, or near it, whose journal knows `run`.
  public static func holding(
    run: String, in folder: String, key: SealKey? = nil
  ) throws -> Workspace {
    try holding(run: run, among: near(folder, key: key), folder: folder)
  }

  /// The one of `workspaces` whose journal knows `run`.
  static func holding(
    run: String, among workspaces: [Workspace], folder: String
  ) throws -> Workspace {
    var found: [Workspace] = []
    var known: [String] = []
    var closed: MigrationError?
    for workspace in workspaces {
      let runs: [RunHistory.Entry]
      do {
        runs = try RunHistory.runs(of: workspace)
      } catch let error as MigrationError where error.kind == .wrongKey {
        closed = error
        continue
      }
      if runs.contains(where: { $0.run == run }) { found.append(workspace) }
      known += runs.map(\.run)
    }
    if let only = found.first, found.count == 1 { return only }
    if found.isEmpty, let closed { throw closed }
    guard found.isEmpty else {
      throw MigrationError(
        .ambiguousRun, .runAmbiguous, run, found.map(\.path).joined(separator: ", "))
    }
    throw MigrationError(.unknownRun, .runUnknown, run, folder, known.max() ?? "-")
  }
}
