public import FerryRecords

/// What people write where there is nothing to write.
///
/// Source: the sample sheets of CRM vendors and years of legacy exports; the list is short on
/// purpose, since each word empties a cell.
public enum Placeholders {
  /// All words, in lower case.
  public static let words: [String] = [
    "-", "--", "---", "—", "——", "/", "\\", "//", ".", "?", "？", "*", "无", "暂无", "没有", "未知", "不详",
    "未填", "未填写", "待补充", "待定", "暂缺", "空", "(空)", "（空）", "(无)", "（无）", "无数据", "n/a", "#n/a", "na",
    "n.a.", "null", "(null)", "nil", "none", "nan", "undefined", "unknown", "tbd", "tba", "\\n",
    "(blank)", "not available", "not applicable",
  ]

  /// 有/无 and 有/没有 are yes and no.
  private static let nothing = ContiguousArray("无".utf8)
  private static let notHaving = ContiguousArray("没有".utf8)
  private static let longest = 16
  private static let table: [[ContiguousArray<UInt8>]] = {
    var table = [[ContiguousArray<UInt8>]](repeating: [], count: longest + 1)
    for word in words where word.utf8.count <= longest {
      table[word.utf8.count].append(ContiguousArray(word.utf8))
    }
    return table
  }()

  /// Whether a trimmed value says that there is nothing.
  ///
  /// Phones and credit codes may also be all zeros, or one digit again and again where six or
  /// more stand; in a person's name `na` is a name, in free text `.` and `?` are words.
  public static func contains(_ text: Span<UInt8>, type: FieldType) -> Bool {
    switch type {
    case .phone, .creditCode: if isOneDigit(text) { return true }
    case .boolean: if text.isWord(nothing) || text.isWord(notHaving) { return false }
    default: break
    }
    guard text.count <= longest, isSuspect(text[0]) else { return false }
    for word in table[text.count] where text.isWord(word) {
      return !(type == .personName && text.count == 2 && text[0].lower == UInt8(ascii: "n"))
    }
    return false
  }

  /// Whether `text` is a placeholder; for tests and rare paths.
  public static func contains(_ text: String, type: FieldType = .text) -> Bool {
    let bytes = ContiguousArray(TextFolding.folded(text, level: .line).utf8)
    return bytes.isEmpty || contains(bytes.span, type: type)
  }

  /// A quick look at the first byte; most values end here.
  private static func isSuspect(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x23, 0x28, 0x2A, 0x2D, 0x2E, 0x2F, 0x3F, 0x5C, 0x4E, 0x6E, 0x54, 0x74, 0x55, 0x75: true
    case 0xE2, 0xE4, 0xE5, 0xE6, 0xE7, 0xEF: true
    default: false
    }
  }

  private static func isOneDigit(_ text: Span<UInt8>) -> Bool {
    guard text[0].isDigit, text[0] == 0x30 || text.count >= 6 else { return false }
    for index in text.indices where text[index] != text[0] { return false }
    return true
  }
}
