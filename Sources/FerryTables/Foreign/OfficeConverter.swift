internal import FerryCore
internal import FerryXLSX
internal import Foundation
internal import Synchronization

/// Turns an .xls that Ferry does not read itself into an .xlsx, by the LibreOffice of this machine:
/// one older than Excel 97, or an encrypted one.
///
/// A file is converted once for a converter; what came of it is kept as an open file without a
/// name, so that nothing stays on the disk, whatever ends the process. The password is part of
/// that: a file that was opened with it is not asked for it again.
public final class OfficeConverter: Sendable {
  private let places: OfficePlaces
  private let deadline: Duration
  private let converted = Mutex<[FileStamp: ConvertedFile]>([:])

  /// Looks for LibreOffice on the `PATH` of `environment`, and then where macOS has it.
  public convenience init(environment: [String: String]) {
    self.init(environment: environment, deadline: OfficeConversion.usualDeadline)
  }

  /// The same with another limit to how long one conversion takes.
  init(environment: [String: String], deadline: Duration) {
    places = OfficePlaces(environment: environment)
    self.deadline = deadline
  }

  /// How many files were converted so far.
  var conversions: Int { converted.withLock { $0.count } }

  /// The file as a workbook; `nil` where there is no LibreOffice.
  func workbook(
    _ file: ForeignFile, password: SourcePassword?
  ) throws -> (workbook: Workbook, findings: [Finding])? {
    guard let program = places.program() else { return nil }
    let result = try conversion(of: file, program, password)
    let workbook = try Workbook(owning: try result.duplicate(), name: file.name)
    let maker = try workbook.applicationName().map(Self.shortName) ?? "LibreOffice"
    let place = Provenance(file: file.name)
    var findings = [
      Finding(ForeignRules.converted, at: place, arguments: [maker])
    ]
    if !result.wasWhole { findings.append(Finding(ForeignRules.cutOff, at: place)) }
    return (workbook, findings)
  }

  private func conversion(
    of file: ForeignFile, _ program: String, _ password: SourcePassword?
  ) throws -> ConvertedFile {
    let stamp = try FileStamp(path: file.path, name: file.name)
    if let known = converted.withLock({ $0[stamp] }) { return known }
    let conversion = OfficeConversion(
      program: program, temporaryFolder: places.temporaryFolder, file: file,
      password: password?.text, deadline: deadline)
    let result: ConvertedFile
    do {
      result = try conversion.run()
    } catch let fault as OfficeFault {
      // The signal goes on to whom it was meant for, now that nothing is left behind.
      if case .stopped(let signal) = fault { raise(signal) }
      throw file.error(fault)
    }
    converted.withLock { $0[stamp] = result }
    return result
  }

  // `LibreOffice/7.4.7.2$Linux_X86_64 …`: the name and the version are enough.
  private static func shortName(_ application: String) -> String {
    let name = String(application.prefix { $0 != "$" }).replacing("/", with: " ")
    return name.isEmpty ? "LibreOffice" : name
  }
}

extension OfficeConverter: Hashable {
  /// A converter equals itself alone.
  public static func == (left: OfficeConverter, right: OfficeConverter) -> Bool { left === right }
  /// Hashes who it is.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Which state of which file this is: after a change it is another.
struct FileStamp: Hashable {
  private let device: UInt64
  private let number: UInt64
  private let byteCount: Int64
  private let seconds: Int
  private let nanoseconds: Int

  init(path: String, name: String) throws(SourceError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw SourceError(.unreadable(unsafe String(cString: strerror(errno))), file: name)
    }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(status.st_ino)
    byteCount = Int64(status.st_size)
    #if canImport(Darwin)
    let changed = status.st_mtimespec
    #else
    let changed = status.st_mtim
    #endif
    seconds = changed.tv_sec
    nanoseconds = changed.tv_nsec
  }
}

/// What came of a conversion: an open file that has no name any more.
final class ConvertedFile: Sendable {
  /// Whether the file that was converted had an end.
  let wasWhole: Bool
  private let descriptor: Int32

  init(owning descriptor: Int32, wasWhole: Bool) {
    self.descriptor = descriptor
    self.wasWhole = wasWhole
  }

  deinit { close(descriptor) }

  /// The same file once more, for a reader that closes it in the end.
  func duplicate() throws -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
    return copy
  }
}
