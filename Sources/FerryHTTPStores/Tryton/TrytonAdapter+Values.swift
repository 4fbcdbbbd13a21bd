import FerryRecords
import Foundation

extension TrytonAdapter {
  func encoded(_ text: String, _ codec: FieldCodec) -> JSON? {
    guard !text.isEmpty else { return .null }
    let word = codec.word(for: text)
    switch codec.remote.kind {
    case .text: return .string(word)
    case .number:
      guard codec.field.type == .percent, let percent = Decimal(string: word) else {
        return ["__class__": "Decimal", "decimal": .string(word)]
      }
      return ["__class__": "Decimal", "decimal": .string("\(percent / 100)")]
    case .boolean: return .bool(word == "1" || word == "true")
    case .choice: return Int(word) == nil ? .string(word) : .number(word)
    case .reference:
      return codec.remote.name == "origin"
        ? .string("\(TrytonTable.opportunity),\(word)") : .number(word)
    case .date:
      let parts = word.split(separator: "-").compactMap { Int($0) }.map { JSON.number(String($0)) }
      guard parts.count == 3 else { return nil }
      return ["__class__": "date", "year": parts[0], "month": parts[1], "day": parts[2]]
    case .other("integer"): return .number(word)
    case .instant, .person, .other: return nil
    }
  }

  func decoded(_ value: JSON, _ codec: FieldCodec) -> String? {
    switch codec.remote.kind {
    case .text:
      return value.text.map { codec.field.type == .phone ? $0.filter { $0 != " " } : $0 }
    case .number:
      let text = value["decimal"]?.text ?? value.text
      guard codec.field.type == .percent else { return text }
      return text.flatMap { Decimal(string: $0) }.map { "\($0 * 100)" }
    case .boolean: return value.text.map { $0 == "true" ? "1" : "0" }
    case .choice: return value.text.map { codec.meaning(of: $0) }
    case .reference: return value.text?.split(separator: ",").last.map(String.init)
    case .date:
      let parts = ["year", "month", "day"].compactMap { value[$0]?.integer }
      guard parts.count == 3 else { return nil }
      return parts.map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: "-")
    case .other("integer"): return value.text
    case .instant, .person, .other: return nil
    }
  }
}
