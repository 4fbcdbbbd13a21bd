/// A person's whole name where a product has only its parts.
///
/// A Chinese name stays whole in the family name; of others the last word is the family name. Put
/// together again, both come to the name that was sent.
struct NameParts: Sendable {
  /// The field of the whole name, which the product does not have.
  static let whole = "(full name)"

  /// The product's fields.
  let family: String
  let given: String

  /// The field as a description has it.
  func field(label: String, isRequired: Bool) -> RemoteField {
    var field = RemoteField(name: Self.whole, label: label, kind: .text)
    field.isRequired = isRequired
    return field
  }

  /// What to ask the product for.
  func names(for names: [String]) -> [String] {
    names.contains(Self.whole) ? names.filter { $0 != Self.whole } + [family, given] : names
  }

  /// Takes a whole name apart; parts that are brought themselves stand.
  func takeApart(_ values: inout [String: JSON], null: JSON) {
    guard let name = values.removeValue(forKey: Self.whole) else { return }
    let text = name.text ?? ""
    let isHan = text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    let blank = isHan ? nil : text.lastIndex(of: " ")
    let (last, first) =
      blank.map { (String(text[text.index(after: $0)...]), String(text[..<$0])) } ?? (text, "")
    if values[family] == nil { values[family] = last.isEmpty ? null : .string(last) }
    if values[given] == nil { values[given] = first.isEmpty ? null : .string(first) }
  }

  /// Puts the whole name beside its parts.
  func putTogether(_ values: inout [String: JSON]) {
    let (last, first) = (values[family]?.text ?? "", values[given]?.text ?? "")
    values[Self.whole] = .string(Self.whole(last: last, first: first))
  }

  /// A whole name, in the order that its writing has.
  static func whole(last: String, first: String) -> String {
    guard !last.isEmpty, !first.isEmpty else { return last + first }
    let isHan = last.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    return isHan ? last + first : "\(first) \(last)"
  }
}
