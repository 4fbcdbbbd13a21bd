import FerryCore

/// The pieces of markup that nearly all cells and strings are made of, as blocks of eight bytes.
///
/// A block holds its first byte lowest; where a text is shorter, a mask leaves the rest aside.
/// `UsualShapeTests` holds each number against its text.
enum UsualShapes {
  /// `<c`, in two bytes.
  static let cell: UInt64 = 0x633C
  /// `<c r="`, in six bytes.
  static let cellWithPlace: UInt64 = 0x223D_7220_633C
  /// `><v>`, in four bytes.
  static let value: UInt64 = 0x3E76_3C3E
  /// `</v></c>`.
  static let valueEnd: UInt64 = 0x3E63_2F3C_3E76_2F3C
  /// `<row r="`.
  static let row: UInt64 = 0x223D_7220_776F_723C
  /// `</row>`, in six bytes.
  static let rowEnd: UInt64 = 0x3E77_6F72_2F3C
  /// `<si><t`, in six bytes.
  static let item: UInt64 = 0x743C_3E69_733C
  /// `</t></si`.
  static let itemEnd: UInt64 = 0x6973_2F3C_3E74_2F3C
  /// `<is><t`, in six bytes.
  static let inline: UInt64 = 0x743C_3E73_693C
  /// `</t></is`.
  static let inlineEnd: UInt64 = 0x7369_2F3C_3E74_2F3C
  /// `/>`, in two bytes.
  static let emptyEnd: UInt64 = 0x3E2F
  /// `></c>`, in five bytes.
  static let inlineCellEnd: UInt64 = 0x3E_632F_3C3E
}

extension UInt64 {
  /// The lowest two bytes.
  @inline(__always)
  var firstTwo: UInt64 { self & 0xFFFF }
  /// The lowest four bytes.
  @inline(__always)
  var firstFour: UInt64 { self & 0xFFFF_FFFF }
  /// The lowest five bytes.
  @inline(__always)
  var firstFive: UInt64 { self & 0xFF_FFFF_FFFF }
  /// The lowest six bytes.
  @inline(__always)
  var firstSix: UInt64 { self & 0xFFFF_FFFF_FFFF }
}

extension Span<UInt8> {
  /// The position behind a `t` element's tag, its name ending at `index`.
  ///
  /// - Returns: `nil` where it has other attributes than `xml:space="preserve"`, or is empty.
  @inline(__always)
  func endOfTextTag(_ index: Int) -> Int? {
    if self[index] == UInt8(ascii: ">") { return index + 1 }
    return matches(" xml:space=\"preserve\">", at: index) ? index + 22 : nil
  }
}

/// A row's number as its cells repeat it: the digits and the quote behind them.
struct RowLabel {
  private var text: UInt64 = 0
  private var mask: UInt64 = 0
  /// How many digits there are; 0 where the row doesn't say its number.
  private(set) var digitCount = 0
  /// The number that the digits say.
  private(set) var rowNumber = 0

  init() {}

  /// The label of the row whose number stands in `digits`, at most seven of them.
  init(_ bytes: Span<UInt8>, _ digits: Range<Int>) {
    guard (1...7).contains(digits.count), bytes[digits.upperBound] == UInt8(ascii: "\"") else {
      return
    }
    rowNumber = bytes.number(in: digits) ?? 0
    guard rowNumber > 0 else { return }
    digitCount = digits.count
    mask = ~0 >> UInt64(64 - 8 * (digits.count + 1))
    text = bytes.block(at: digits.lowerBound) & mask
  }

  /// Whether the label is what `block` begins with.
  @inline(__always)
  func begins(_ block: UInt64) -> Bool { digitCount > 0 && (block ^ text) & mask == 0 }
}
