// How it works: iconv decodes all 23,940 pairs once; the table is theirs turned round. A text that
// was UTF-8 and was read as GBK gives its own bytes back that way.

/// The two bytes that each character has in GBK.
package struct GBKCodes: Sendable {
  /// All of them, made when first asked for.
  package static let shared = GBKCodes()

  private let codes: ContiguousArray<UInt16>

  private init() {
    var codes = ContiguousArray<UInt16>(repeating: 0, count: 1 << 16)
    let pairs = (0x81...0xFE).flatMap { lead in
      (0x40...0xFE).filter { $0 != 0x7F }.map { UInt16(lead << 8 | $0) }
    }
    if let conversion = TextEncoding.gb18030.iconvNames.lazy.compactMap({ Iconv(from: $0) }).first {
      let bytes = ContiguousArray(pairs.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
      var (offset, text) = (0, ContiguousArray<UInt8>())
      _ = conversion.convert(bytes.span, from: &offset, into: &text)
      let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
      for (pair, scalar) in zip(pairs, scalars) where scalar.value < 1 << 16 {
        codes[Int(scalar.value)] = pair
      }
    }
    self.codes = codes
  }

  /// Its two bytes, the first one high; 0 where it has none or only one.
  package subscript(_ scalar: Unicode.Scalar) -> UInt16 {
    scalar.value < 1 << 16 ? codes[Int(scalar.value)] : 0
  }
}
