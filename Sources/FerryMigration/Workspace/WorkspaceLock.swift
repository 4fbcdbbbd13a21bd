import FerryCore
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The right to write in a workspace, held until it is let go or the process ends.
///
/// The kernel's `flock`, so that a killed process leaves nothing behind. The file's text says who
/// holds it; it is never believed, only shown.
final class WorkspaceLock {
  private var descriptor: Int32

  /// Takes the lock or says who has it.
  init(_ workspace: Workspace, command: String, run: String, since: String) throws(MigrationError) {
    try workspace.create()
    descriptor = unsafe open(workspace.lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw MigrationError(.unusableWorkspace, .workspaceUnusable, workspace.lockPath)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = (try? String(contentsOfFile: workspace.lockPath, encoding: .utf8)) ?? "?"
      // The deinitializer closes the file, since all properties are set; closing it here too would
      // close a file that another thread has opened meanwhile.
      throw MigrationError(.locked, .workspaceLocked, workspace.path, holder)
    }
    ftruncate(descriptor, 0)
    let note = Array("ferry \(command) \(run), process \(getpid()), since \(since)".utf8)
    // Only a courtesy to whoever is kept out: a short write is no reason to fail.
    _ = unsafe note.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit { release() }

  /// Lets go; call it at the end, or the lock may end with its last use.
  func release() {
    guard descriptor >= 0 else { return }
    flock(descriptor, LOCK_UN)
    close(descriptor)
    descriptor = -1
  }
}
