import FerryCore
import FerryMapping
import FerryMigration
import Foundation

// How it works: a file is taken when it has not changed for a while and nobody has it open for writing
// (a lease of the kernel tells, where it can be had). What is taken must be a whole delivery: at least
// one file for each source of the mapping that lies in the inbox, but for those that the mapping lets be
// absent, since records that are missing with their file would look as if they were gone. A delivery whose contents were all loaded before is put
// away without a run. Files stay in place while they are read, and move when the run has ended.

/// A folder that new files are put into, to be loaded once each.
struct Inbox {
  /// One file that fits a source of the mapping.
  struct File: Hashable {
    let path: String
    let stamp: Stamp
    /// SHA-256 of its content.
    let digest: String

    var name: String { (path as NSString).lastPathComponent }
  }

  /// What tells that a file was changed.
  struct Stamp: Hashable {
    let inode: UInt64
    let size: Int64
    let changedAt: Double

    /// `nil` where it is no plain file.
    init?(path: String) {
      var status = stat()
      guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      inode = UInt64(status.st_ino)
      size = Int64(status.st_size)
      // Unlike the time of the last write, nobody can set this one.
      changedAt = Double(status.st_ctim.tv_sec) + Double(status.st_ctim.tv_nsec) / 1e9
    }
  }

  /// What lies in the inbox.
  struct Look {
    /// The files of a whole delivery; empty where there is none.
    var delivery: [File] = []
    /// Whether all of it was loaded before.
    var isKnown = false
    /// Names of files that are still being written.
    var unsettled: [String] = []
    /// Patterns of the mapping that no file fits yet.
    var missing: [String] = []
    /// Those that need none: what they brought before stays.
    var absent: [String] = []
    /// Names of files that fit no source.
    var strange: [String] = []
  }

  /// The folder, absolute.
  let folder: String
  /// For how long a file must not have changed, in seconds.
  let settleSeconds: Double
  /// Where the digests of what was loaded are kept.
  let ledger: InboxLedger

  private static let partialEndings = [
    ".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp",
  ]

  /// Looks at what is there; waits where something has changed a moment ago.
  func look(for patterns: [SourcePattern]) throws -> Look {
    let own = patterns.filter { Self.folder(of: $0.path) == folder }
    guard !own.isEmpty else { throw UsageError(.noInboxSource(folder), "import") }
    var look = Look()
    var files: [(path: String, stamp: Stamp)] = []
    var used: Set<String> = []
    var isWhole = true
    let names = try names()
    for pattern in own {
      let fitting = names.filter { pattern.fits(name: $0) }
      let settled = fitting.compactMap { name in
        settledStamp("\(folder)/\(name)").map { (path: "\(folder)/\(name)", stamp: $0) }
      }
      let still = Set(settled.map(\.path))
      look.unsettled += fitting.filter { !still.contains("\(folder)/\($0)") && !used.contains($0) }
      if settled.isEmpty, !(pattern.isOptional && fitting.isEmpty) { isWhole = false }
      if fitting.isEmpty {
        let name = (pattern.path as NSString).lastPathComponent
        if pattern.isOptional { look.absent.append(name) } else { look.missing.append(name) }
      }
      files += settled.filter { file in !files.contains { $0.path == file.path } }
      used.formUnion(fitting)
    }
    look.strange = names.filter { !used.contains($0) }
    if used.isEmpty { (look.missing, look.absent) = ([], []) }
    guard isWhole else { return look }
    look.delivery = try files.map { file in
      guard let digest = ContentDigest.ofFile(at: file.path) else {
        throw UsageError(.unreadableFile(file.path), "import")
      }
      return File(path: file.path, stamp: file.stamp, digest: digest)
    }
    look.isKnown = look.delivery.allSatisfy { ledger.knows($0.digest) }
    return look
  }

  private func names() throws -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw UsageError(.unreadableFile(folder), "import")
    }
    return names.sorted().filter { name in
      !name.hasPrefix(".") && !name.hasPrefix("~$")
        && !Self.partialEndings.contains { name.lowercased().hasSuffix($0) }
        && Stamp(path: "\(folder)/\(name)") != nil
    }
  }

  /// The stamp of a file that has been still for long enough; `nil` while it is being written.
  private func settledStamp(_ path: String) -> Stamp? {
    guard let first = Stamp(path: path) else { return nil }
    let age = Date().timeIntervalSince1970 - first.changedAt
    if age < settleSeconds { usleep(UInt32(min(settleSeconds, settleSeconds - age) * 1e6)) }
    guard let second = Stamp(path: path), second == first, !Self.isBeingWritten(path) else {
      return nil
    }
    return second
  }

  /// Whether another process has it open for writing; false where the kernel won't say.
  private static func isBeingWritten(_ path: String) -> Bool {
    #if os(Linux)
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // A lease for reading is refused while anyone may write: fcntl(2), F_SETLEASE.
    guard fcntl(descriptor, 1024, F_RDLCK) == -1 else {
      _ = fcntl(descriptor, 1024, F_UNLCK)
      return false
    }
    return errno == EAGAIN
    #else
    return false
    #endif
  }

  static func folder(of path: String) -> String {
    URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path
  }
}

// MARK: - Moving

extension Inbox {
  /// Moves files into `done` or `failed`, into a folder of the run's; gives that folder.
  ///
  /// A file that was changed meanwhile stays, to be looked at the next time.
  func put(_ files: [File], into part: String, named name: String) throws -> String {
    var target = "\(folder)/\(part)/\(name)"
    var number = 1
    // Two starts may fail in one second.
    while FileManager.default.fileExists(atPath: target) {
      number += 1
      target = "\(folder)/\(part)/\(name)-\(number)"
    }
    do {
      try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
      for file in files where Stamp(path: file.path) == file.stamp {
        try FileManager.default.moveItem(atPath: file.path, toPath: "\(target)/\(file.name)")
      }
    } catch {
      throw UsageError(.unwritable(target))
    }
    return target
  }
}

/// The digests of what was loaded: an empty file each, named by the digest.
struct InboxLedger {
  let folder: String

  init(_ workspace: Workspace) { folder = "\(workspace.path)/inbox" }

  func knows(_ digest: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder)/\(digest)")
  }

  /// Makes the folder, for its owner alone.
  func prepare() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw UsageError(.unwritable(folder))
    }
  }

  func remember(_ digests: [String]) throws {
    for digest in digests {
      let path = "\(folder)/\(digest)"
      guard FileManager.default.createFile(atPath: path, contents: Data()) else {
        throw UsageError(.unwritable(path))
      }
    }
  }

  /// Takes the right to work on the inbox, until the process ends; false where another has it.
  func lock() -> Bool {
    let descriptor = unsafe open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    return descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
}
