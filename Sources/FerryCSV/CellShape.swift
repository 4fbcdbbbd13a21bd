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
    var (digits, letters, marks, others, high) = (0, 0, 0, 0, 0)
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        letters += 1
      case 0x80...: high += 1
      case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"),
        UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "$"), UInt8(ascii: " "),
        UInt8(ascii: ","):
        marks += 1
      case UInt8(ascii: "@"), UInt8(ascii: "_"), UInt8(ascii: "&"), UInt8(ascii: "'"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "?"), UInt8(ascii: "!"),
        UInt8(ascii: "#"), UInt8(ascii: "*"):
        marks += 1
      default: others += 1
      }
    }
    let (first, last) = (bytes[0], bytes[bytes.count - 1])
    let isTrimmed = first != UInt8(ascii: " ") && last != UInt8(ascii: " ")
    if others == 0, high == 0, digits > 0, letters <= 3, digits * 2 >= bytes.count, isTrimmed {
      self = .typed
    } else if isTrimmed, Self.isWordStart(first), Self.isWordEnd(last),
      letters + high + digits > 0, others * 4 <= bytes.count
    {
      self = .words
    } else {
      self = .odd
    }
  }

  private static func isWordStart(_ byte: UInt8) -> Bool {
    isWord(byte) || [UInt8]("+-.#@$(*_/<[{&".utf8).contains(byte)
  }

  private static func isWordEnd(_ byte: UInt8) -> Bool {
    isWord(byte) || [UInt8](".!?)%*_/>]}".utf8).contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
      true
    default: false
    }
  }
}
