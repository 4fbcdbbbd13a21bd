internal import FerryXLSX
internal import Foundation

/// One run of LibreOffice: a copy of the file goes in, an .xlsx comes out, nothing else is left.
///
/// It works in a folder of its own that nobody else may enter, with a profile of its own, so that
/// the user's settings, extensions and open windows play no part, and two runs at once don't
/// meet. The password goes through the environment, which no other user sees, never through the
/// words of the command.
struct OfficeConversion {
  let program: String
  let temporaryFolder: String
  let file: ForeignFile
  let password: String?
  /// How long it may take.
  let deadline: Duration

  /// How long a user's file may take.
  ///
  /// A full sheet of an .xls (65,536 rows of 20 columns) takes 7 s on one core; what goes on for two
  /// minutes is a file that leads it astray.
  static let usualDeadline = Duration.seconds(120)
  /// Bytes of what comes out; a full sheet makes 9 MB, and an .xls may have many.
  static let outputBytes = 2 << 30
  /// Kilobytes of memory; a full .xls takes 0.5 GB, and a file that wants 8 is a trap.
  static let memoryKilobytes = 8 << 20

  /// Converts the file.
  ///
  /// - Returns: The .xlsx as an open file; its folder is gone.
  func run() throws -> ConvertedFile {
    let workbook = try ForeignWorkbook(path: file.path, password: password)
    let folder = try WorkFolder(in: temporaryFolder)
    defer { folder.remove() }
    do {
      try workbook.copy(to: folder.path("in"))
      try OfficeProfile.write(to: folder.path("profile"))
    } catch let error as CocoaError {
      throw OfficeFault.noFolder(error.localizedDescription)
    }
    let group = try ChildGroup(words(in: folder), environment: environment(in: folder, workbook))
    switch group.wait(atMost: deadline) {
    case .ended: break
    case .late: throw OfficeFault.tooSlow(seconds: deadline.components.seconds)
    case .interrupted(let signal): throw OfficeFault.stopped(signal)
    }
    return try result(in: folder, workbook)
  }

  // `sh` sets limits, since nothing else between here and there can; some systems know not all
  // of them.
  private func words(in folder: WorkFolder) -> [String] {
    let limits = [
      "ulimit -c 0", "ulimit -f \(Self.outputBytes / 512)", "ulimit -v \(Self.memoryKilobytes)",
      "ulimit -t \(deadline.components.seconds + 1)",
    ]
    let script = limits.map { "\($0) 2>/dev/null; " }.joined() + "exec \"$@\""
    return ["/bin/sh", "-c", script, "sh", program]
      + OfficeProfile.options(profile: folder.url("profile"))
  }

  private func environment(
    in folder: WorkFolder, _ workbook: ForeignWorkbook
  ) -> [String: String] {
    var environment = [
      "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "HOME": folder.path,
      "TMPDIR": folder.path,
      "FERRY_INPUT": folder.url("in"),
      "FERRY_OUTPUT": folder.url("out.xlsx"), "FERRY_ANSWER": folder.path("answer"),
      "FERRY_FILTER": ForeignFile.filter,
    ]
    if workbook.isEncrypted { environment["FERRY_PASSWORD"] = password }
    return environment
  }

  private func result(
    in folder: WorkFolder, _ workbook: ForeignWorkbook
  ) throws -> ConvertedFile {
    let answer = try? String(contentsOfFile: folder.path("answer"), encoding: .utf8)
    guard let answer else { throw OfficeFault.crashed }
    guard answer.hasPrefix(OfficeProfile.done) else {
      guard workbook.isEncrypted else { throw OfficeFault.refused }
      throw password == nil ? OfficeFault.noPassword : .wrongPassword
    }
    let descriptor = unsafe open(folder.path("out.xlsx"), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OfficeFault.crashed }
    return ConvertedFile(owning: descriptor, wasWhole: workbook.isWhole)
  }
}

/// A folder for one conversion, for its owner alone.
struct WorkFolder {
  let path: String

  init(in parent: String) throws(OfficeFault) {
    var template = ContiguousArray("\(parent)/ferry-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let start = buffer.baseAddress, let name = unsafe mkdtemp(start) else {
        return nil
      }
      return unsafe String(cString: name)
    }
    guard let made else { throw .noFolder(unsafe String(cString: strerror(errno))) }
    path = made
  }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  func url(_ name: String) -> String { URL(filePath: path(name)).absoluteString }

  /// Removes it and all that is in it.
  func remove() {
    // Twice, for a file that came while the first went through; a third reason is the system's.
    for _ in 0..<2 where FileManager.default.fileExists(atPath: path) {
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}
