/// How a file's bytes stand for characters.
public struct TextEncoding: Hashable, Sendable, CustomStringConvertible {
  /// The name as people and iconv write it, such as `GB18030`.
  public let name: String

  private init(known name: String) { self.name = name }

  /// UTF-8, and with it ASCII.
  public static let utf8 = TextEncoding(known: "UTF-8")
  /// UTF-16, low byte first.
  public static let utf16LittleEndian = TextEncoding(known: "UTF-16LE")
  /// UTF-16, high byte first.
  public static let utf16BigEndian = TextEncoding(known: "UTF-16BE")
  /// UTF-32, low byte first.
  public static let utf32LittleEndian = TextEncoding(known: "UTF-32LE")
  /// UTF-32, high byte first.
  public static let utf32BigEndian = TextEncoding(known: "UTF-32BE")
  /// Simplified Chinese, with GBK and GB2312 in it.
  public static let gb18030 = TextEncoding(known: "GB18030")
  /// Traditional Chinese, with the Hong Kong supplement.
  public static let big5 = TextEncoding(known: "Big5")
  /// Japanese, as Windows writes it (code page 932).
  public static let shiftJIS = TextEncoding(known: "Shift_JIS")
  /// Western European, as Windows writes it.
  public static let windows1252 = TextEncoding(known: "Windows-1252")

  /// The encoding of that name, in any case and spelling that people use for the common ones.
  public init(named name: String) {
    let plain = name.uppercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "UTF8", "ASCII", "USASCII", "UTF8SIG": self = .utf8
    case "UTF16LE", "UTF16": self = .utf16LittleEndian
    case "UTF16BE": self = .utf16BigEndian
    case "UTF32LE", "UTF32": self = .utf32LittleEndian
    case "UTF32BE": self = .utf32BigEndian
    case "GB18030", "GBK", "GB2312", "CP936", "MS936", "EUCCN": self = .gb18030
    case "BIG5", "CP950", "BIG5HKSCS", "MS950": self = .big5
    case "SHIFTJIS", "SJIS", "CP932", "MS932", "WINDOWS31J": self = .shiftJIS
    case "WINDOWS1252", "CP1252", "LATIN1", "ISO88591": self = .windows1252
    default: self.name = name
    }
  }

  /// The name.
  public var description: String { name }

  /// Bytes of one code unit.
  var unitByteCount: Int {
    switch self {
    case .utf16LittleEndian, .utf16BigEndian: 2
    case .utf32LittleEndian, .utf32BigEndian: 4
    default: 1
    }
  }

  /// What iconv calls it, first choice first; a later one fills what an earlier one lacks.
  var iconvNames: [String] {
    switch self {
    case .big5: ["CP950", "BIG5-HKSCS"]
    case .shiftJIS: ["CP932", "SHIFT_JIS"]
    case .windows1252: ["CP1252"]
    default: [name]
    }
  }

  /// Whether a character is one byte or a pair (and four bytes in GB18030): then tables do it.
  var isByteOrPair: Bool {
    switch self {
    case .gb18030, .big5, .shiftJIS, .windows1252: true
    default: false
    }
  }
}
