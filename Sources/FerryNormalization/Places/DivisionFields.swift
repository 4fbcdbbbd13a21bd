import FerryCore
import FerryRecords

extension FieldNormalizer {
  /// Writes the full name of a division (广东 becomes 广东省); a name that is in no table of
  /// Chinese divisions stays as it is, since states of other countries stand here too.
  func readDivision(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    guard text[0] >= 0x80, !isFull(text) else { return copy(text, into: &output) }
    let written = text.string
    let bare = written.replacing(" ", with: "")
    output.append(contentsOf: (fullName(of: bare) ?? written).utf8)
    return .value
  }

  private func fullName(of text: String) -> String? {
    let level = type == .province ? 1 : type == .city ? 2 : 3
    if let name = Divisions.fullName(of: text, level: level) { return name }
    // 北京 as a city, 济源 as a city: known one level off.
    if level == 2 {
      if let name = Divisions.fullName(of: text, level: 1), name.hasSuffix("市") { return name }
      if let name = Divisions.fullName(of: text, level: 3), name.hasSuffix("市") { return name }
    }
    let address = ChineseAddress.split(text)
    guard address.rest.isEmpty else { return nil }
    return level == 1 ? address.province : level == 2 ? address.city : address.district
  }

  /// Whether the text ends as a full name does and holds no second division.
  private func isFull(_ text: Span<UInt8>) -> Bool {
    guard text.count % 3 == 0, text.count >= 6, text.count <= 15 else { return false }
    let last = text.count - 3
    let ends =
      type == .province
      ? text.has("省", at: last) || text.has("市", at: last)
      : type == .city
        ? text.has("市", at: last) : text.has("区", at: last) || text.has("县", at: last)
    guard ends else { return false }
    for index in stride(from: 3, to: last, by: 3)
    where text.has("省", at: index) || text.has("市", at: index) || text.has("区", at: index) {
      return false
    }
    return true
  }
}
