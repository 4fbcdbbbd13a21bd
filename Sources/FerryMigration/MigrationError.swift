public import FerryCore
import FerrySQLite

/// The work of a run could not be done: workspace, journal or plan failed, or an equation broke.
public struct MigrationError: Failure {
  /// What went wrong.
  public enum Kind: Hashable, Sendable {
    /// Another run holds the workspace.
    case locked
    /// The workspace's folder can't be made or used.
    case unusableWorkspace
    /// The journal can't be opened, read or written.
    case journalFailed
    /// No workspace in reach knows the run.
    case unknownRun
    /// More than one workspace has the run.
    case ambiguousRun
    /// The run can't do what is asked of it, such as undoing what was never applied.
    case unsuitableRun
    /// The file is no plan, or one that this version can't read.
    case unreadablePlan
    /// The plan was made for another store.
    case otherStore
    /// A file of the workspace is sealed and no or another key was given, or the other way round.
    case wrongKey
    /// Two sides of a run that must agree don't: a bug in Ferry.
    case brokenEquation
  }

  /// What went wrong.
  public let kind: Kind
  /// In words.
  public let findings: [Finding]

  /// The exit code that this ends a command with.
  public var exitStatus: ExitStatus {
    switch kind {
    case .locked: .workspaceLocked
    case .unusableWorkspace, .journalFailed: .storeFailed
    case .unknownRun, .ambiguousRun, .unsuitableRun, .unreadablePlan, .otherStore, .wrongKey:
      .wrongUsage
    case .brokenEquation: .brokenInvariant
    }
  }

  init(_ kind: Kind, _ rule: Rule, _ arguments: String...) {
    self.kind = kind
    findings = [Finding(rule, arguments: arguments)]
  }

  /// Says that a file of the workspace and the key that was given don't fit.
  init(seal error: SQLiteError) {
    let rule: Rule =
      switch error.kind {
      case .sealed: .sealedWithoutKey
      case .notSealed: .plainWithKey
      default: .sealedWithOtherKey
      }
    self.init(.wrongKey, rule, error.path)
  }

  /// Says what SQLite said about one of the workspace's files.
  init(journal error: SQLiteError) {
    guard !error.isAboutKey else {
      self.init(seal: error)
      return
    }
    let rule: Rule =
      switch error.kind {
      case .full: .journalFull
      case .corrupt, .notADatabase: .journalDamaged
      default: .journalFailed
      }
    self.init(.journalFailed, rule, error.path, error.message)
  }
}

extension SQLiteError {
  /// Whether a file and a key don't fit.
  var isAboutKey: Bool { kind == .sealed || kind == .notSealed || kind == .otherKey }
}
