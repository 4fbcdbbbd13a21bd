import FerryCore
import FerryRecords

/// What a field's type asks of a value that is there.
enum ValueCheck: Sendable {
  case choice([ContiguousArray<UInt8>])
  case percent
  case money

  init?(_ field: Field) {
    switch field.type {
    case .choice(let set): self = .choice(set.options.map { ContiguousArray($0.value.utf8) })
    case .percent: self = .percent
    case .amount: self = .money
    default: return nil
    }
  }

  /// What a finding says beyond the field's name.
  var arguments: [String] {
    guard case .choice(let words) = self else { return [] }
    return [words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")]
  }

  /// The rule that a value breaks; `nil` where it is sound or blank.
  func brokenRule(_ value: Span<UInt8>) -> Rule? {
    guard !value.isEmpty else { return nil }
    switch self {
    case .choice(let words):
      return words.contains { value.hasSameBytes(as: $0.span) } ? nil : .unknownChoice
    case .percent:
      guard let number = ExactDecimal(value) else { return .percentOutOfRange }
      return number.sign < 0 || Self.hundred.map { $0 < number } ?? false
        ? .percentOutOfRange : nil
    case .money: return value[0] == UInt8(ascii: "-") ? .negativeAmount : nil
    }
  }

  private static let hundred: ExactDecimal? = {
    let digits = ContiguousArray("100".utf8)
    return ExactDecimal(digits.span)
  }()
}
