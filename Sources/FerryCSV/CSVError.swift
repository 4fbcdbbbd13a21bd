public import FerryCore

/// Why a file could not be read as text with delimiters.
public struct CSVError: Failure, Hashable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    /// The system gave this error number for the file.
    case unreadable(errno: Int32)
    /// It is a folder, a pipe or a device.
    case notAFile
    /// Nothing on this system decodes that encoding.
    case unknownEncoding(String)
    /// The quote given is not ASCII, or it or the delimiter is a line end.
    case badOption(String)
    /// A record is longer than ``CSVLimits/recordByteCount``.
    case recordTooLong(rowNumber: Int)
    /// A record has more cells than ``CSVLimits/columnCount``.
    case tooManyColumns(rowNumber: Int)
  }

  /// What happened.
  public let kind: Kind
  /// The file's name, without its folders.
  public let file: String

  /// States the error.
  public init(_ kind: Kind, file: String) {
    self.kind = kind
    self.file = file
  }

  /// Usage where an option is at fault, an unreadable source otherwise.
  public var exitStatus: ExitStatus {
    switch kind {
    case .unknownEncoding, .badOption: .wrongUsage
    default: .unreadableSource
    }
  }
}

/// What a file from a stranger may ask of memory.
public enum CSVLimits {
  /// The longest record, 8 MiB; with its copy in a batch it keeps a reader under 64 MiB.
  public static let recordByteCount = 8 << 20
  /// The most cells of a record; four times what a worksheet can hold.
  public static let columnCount = 65_536
  /// The most findings of one rule that are told one by one; the rest are counted.
  public static let findingCount = 10_000
}
