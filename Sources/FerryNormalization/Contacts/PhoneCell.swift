// Takes a cell of phones apart before the library sees it: labels (电话:, Tel), remarks (张经理,
// 微信同号), 转 and 分机, and the separators between several numbers. The text is folded already:
// `、` is a comma, brackets and digits are half-width, a line break is a blank.

/// The pieces of a cell of phones, each of them one number.
struct PhoneCell {
  /// One number as the library can read it: digits, signs, and `;ext=`.
  private(set) var pieces: [ContiguousArray<UInt8>] = []
  /// Whether words stood beside the numbers that are neither labels nor separators.
  private(set) var hasRemark = false

  /// Takes `text` for one number.
  init(whole text: Span<UInt8>) {
    var piece = ContiguousArray<UInt8>()
    piece.append(text)
    pieces = [piece]
  }

  /// Takes `text` apart.
  init(_ text: Span<UInt8>) {
    var piece = ContiguousArray<UInt8>()
    var index = 0
    while index < text.count {
      let byte = text[index]
      if let length = Self.separator(text, at: index) {
        close(&piece)
        index += length
      } else if let length = Self.extensionMark(text, at: index) {
        Self.trimTail(&piece)
        piece.append(contentsOf: ";ext=".utf8)
        index += length
      } else if byte >= 0x80 {
        takeWord(text, &index, piece: &piece)
      } else {
        if let length = Self.label(text, at: index), !piece.contains(where: \.isDigit) {
          index += length
        } else {
          piece.append(byte)
          index += 1
        }
      }
    }
    close(&piece)
  }

  private mutating func close(_ piece: inout ContiguousArray<UInt8>) {
    Self.trimTail(&piece)
    while let first = piece.first, [0x20, 0x3A, 0x2D, 0x2E, 0x29].contains(first) {
      piece.removeFirst()
    }
    if piece.contains(where: { $0.isDigit || $0.isLetter }) {
      pieces.append(piece)
    }
    piece.removeAll()
  }

  /// Takes off blanks, colons, dashes and empty brackets at the end.
  private static func trimTail(_ piece: inout ContiguousArray<UInt8>) {
    while let last = piece.last {
      if [0x20, 0x3A, 0x2D, 0x2E, 0x28, 0x2C].contains(last) {
        piece.removeLast()
      } else if last == 0x29, piece.count > 1, piece[piece.count - 2] == 0x28 {
        piece.removeLast(2)
      } else if last == 0x29, !piece.contains(0x28) {
        piece.removeLast()
      } else {
        return
      }
    }
  }
}

// MARK: - Words

extension PhoneCell {
  private static func separator(_ text: Span<UInt8>, at index: Int) -> Int? {
    switch text[index] {
    case UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "&"): return 1
    case UInt8(ascii: ";"):
      return text.has(";ext=", at: index) || text.has(";phone-", at: index) ? nil : 1
    case UInt8(ascii: "/"): return 1
    case 0x80...:
      for word in ["或", "和", "及", "与"] as [StaticString] where text.has(word, at: index) {
        return 3
      }
      return nil
    case UInt8(ascii: " "):
      return text.has(" or ", at: index) || text.has(" OR ", at: index) ? 4 : nil
    default: return nil
    }
  }

  /// 转, 分机 and their like before digits, blanks and colons behind them taken along.
  private static func extensionMark(_ text: Span<UInt8>, at index: Int) -> Int? {
    var end = index
    let marks: [StaticString] = [
      "转分机", "转接", "轉接", "转", "轉", "分机号", "分机", "分機", "内线", "內線", ";ext=",
    ]
    guard let mark = marks.first(where: { text.has($0, at: index) }) else { return nil }
    end += mark.utf8CodeUnitCount
    while end < text.count,
      [0x20, 0x3A, 0x2D, 0x2E, 0x23].contains(text[end]) || text.has("分机", at: end)
    {
      end += text[end] < 0x80 ? 1 : 6
    }
    return end < text.count && text[end].isDigit ? end - index : nil
  }

  private static let labels = [
    "telephone", "mobile", "office", "phone", "work", "home", "cell", "mob", "tel", "fax", "ph",
    "hp", "m", "t", "p", "o", "h", "w",
  ].map { ContiguousArray($0.utf8) }

  /// `Tel:`, `Mobile` and their like; single letters only before a colon or a point.
  private static func label(_ text: Span<UInt8>, at index: Int) -> Int? {
    guard text[index].isLetter, index == 0 || !text[index - 1].isLetter else { return nil }
    for word in labels where text.has(word, at: index) {
      var end = index + word.count
      guard end < text.count, !text[end].isLetter else { continue }
      let isMarked = text[end] == UInt8(ascii: ":") || text[end] == UInt8(ascii: ".")
      guard isMarked || word.count > 1 else { continue }
      while end < text.count, [0x20, 0x3A, 0x2E].contains(text[end]) { end += 1 }
      return end - index
    }
    return nil
  }

  private static let chineseLabels: [StaticString] = [
    "联系电话", "联系方式", "手机号码", "电话号码", "移动电话", "办公电话", "固定电话", "手机号", "手机", "电话", "電話", "座机", "固话",
    "传真", "办公", "公司", "移动", "总机", "热线",
  ]

  private mutating func takeWord(
    _ text: Span<UInt8>, _ index: inout Int, piece: inout ContiguousArray<UInt8>
  ) {
    if let label = Self.chineseLabels.first(where: { text.has($0, at: index) }) {
      // A label behind a number begins the next one: 手机13…电话010….
      if piece.contains(where: \.isDigit), !piece.contains(0x28) { close(&piece) }
      index += label.utf8CodeUnitCount
      return
    }
    index += text.characterLength(at: index)
    hasRemark = true
    if piece.last != 0x20 { piece.append(0x20) }
  }
}
