/// What the command's exit code says.
///
/// The codes are a contract with scripts outside this repository.
public enum ExitStatus: Int32, Hashable, Sendable {
  case done = 0
  /// Done, but findings at or above the limit, something kept or differing, or a gate not met.
  case doneWithFindings = 1
  /// Wrong usage or mapping, a missing sheet or column.
  case wrongUsage = 2
  /// A source can't be read.
  case unreadableSource = 3
  /// The store failed or refused, or the run was stopped at a checkpoint.
  case storeFailed = 4
  /// Another run holds the workspace.
  case workspaceLocked = 5
  /// An equation does not hold: a bug in Ferry.
  case brokenInvariant = 70
}

/// An error that can tell a person what happened, where, and what to do.
///
/// Each room's error type is a struct with a `kind`; it conforms here and puts its kinds into
/// words in one file.
public protocol Failure: Error, Sendable {
  /// What went wrong; every fault that was found, worst first, never empty.
  var findings: [Finding] { get }
  /// The exit code that this ends a command with.
  var exitStatus: ExitStatus { get }
}
