/// What the text of one cell looks like, as evidence that it is a whole cell.
enum CellShape {
  case empty
  /// A number, date, time, address or the like: hard to get by a wrong cut.
  case typed
  /// Words that begin and end as words do.
  case words
  /// Anything else, such as a lonely quote or half a bracket.
  case odd

  init(_ bytes: Span<UInt8>) {
    guard bytes.count > 0 else {
      self = .empty
      return
    }
    var (digits, letters, others, high) = (0, 0, 0, 0)
    for index in bytes.indices {
      let traits = ByteTraits.of(bytes[index])
      digits += traits.contains(.digit) ? 1 : 0
      letters += traits.contains(.letter) ? 1 : 0
      high += traits.contains(.high) ? 1 : 0
      others += traits.contains(.other) ? 1 : 0
    }
    let (first, last) = (bytes[0], bytes[bytes.count - 1])
    let isTrimmed = first != UInt8(ascii: " ") && last != UInt8(ascii: " ")
    if others == 0, high == 0, digits > 0, letters <= 3, digits * 2 >= bytes.count, isTrimmed {
      self = .typed
    } else if isTrimmed, ByteTraits.of(first).contains(.wordStart),
      ByteTraits.of(last).contains(.wordEnd), letters + high + digits > 0,
      others * 4 <= bytes.count
    {
      self = .words
    } else {
      self = .odd
    }
  }
}

/// What a byte may be in a cell.
private struct ByteTraits: OptionSet {
  let rawValue: UInt8

  static let digit = ByteTraits(rawValue: 1)
  static let letter = ByteTraits(rawValue: 2)
  /// Part of a character beyond ASCII.
  static let high = ByteTraits(rawValue: 4)
  /// No letter or digit, nor a sign that stands in numbers, dates, names and addresses.
  static let other = ByteTraits(rawValue: 8)
  /// May be the first, or the last, of a word.
  static let wordStart = ByteTraits(rawValue: 16)
  static let wordEnd = ByteTraits(rawValue: 32)

  @inline(__always)
  static func of(_ byte: UInt8) -> ByteTraits { ByteTraits(rawValue: table[Int(byte)]) }

  private static let table = [UInt8]((UInt8.min...UInt8.max).map { ByteTraits(of: $0).rawValue })

  init(rawValue: UInt8) { self.rawValue = rawValue }

  private init(of byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = [.digit, .wordStart, .wordEnd]
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      self = [.letter, .wordStart, .wordEnd]
    case 0x80...: self = [.high, .wordStart, .wordEnd]
    default:
      self = ".-+:/%$ ,@_&'()?!#*".utf8.contains(byte) ? [] : .other
      if "+-.#@$(*_/<[{&".utf8.contains(byte) { insert(.wordStart) }
      if ".!?)%*_/>]}".utf8.contains(byte) { insert(.wordEnd) }
    }
  }
}
