/// A condition whose names have become slots and whose values are read, to be asked many times.
///
/// A value is read through a closure, `(slot, body) -> body's result`, which hands `body` the
/// value's UTF-8, or no bytes where the value is absent; so a question allocates next to nothing.
public struct BoundCondition: Sendable {
  private indirect enum Node: Sendable {
    case isPresent(Int)
    case isAbsent(Int)
    case compare(Int, Condition.Comparison, ConditionOperand)
    case isOneOf(Int, [ConditionOperand])
    case not(Node)
    case and([Node])
    case or([Node])
  }

  private let root: Node

  /// Binds `condition`; `slot` gives each name's number.
  public init(_ condition: Condition, slot: (String) -> Int) {
    root = Self.node(condition, slot)
  }

  private static func node(_ condition: Condition, _ slot: (String) -> Int) -> Node {
    switch condition {
    case .isPresent(let name): .isPresent(slot(name))
    case .isAbsent(let name): .isAbsent(slot(name))
    case .compare(let name, let comparison, let value):
      .compare(slot(name), comparison, ConditionOperand(value))
    case .isOneOf(let name, let values): .isOneOf(slot(name), values.map(ConditionOperand.init))
    case .not(let part): .not(node(part, slot))
    case .and(let parts): .and(parts.map { node($0, slot) })
    case .or(let parts): .or(parts.map { node($0, slot) })
    }
  }

  /// Whether the condition holds; an absent value equals nothing and is neither less nor greater.
  public func holds(_ read: (Int, (Span<UInt8>) -> Bool?) -> Bool?) -> Bool {
    Self.truth(root, isLenient: false, read) ?? false
  }

  /// Whether the condition speaks against what is there.
  ///
  /// A comparison with an absent value breaks nothing: `amount >= 0` is kept by a record without
  /// an amount, and `amount is present` asks for one.
  public func isBroken(_ read: (Int, (Span<UInt8>) -> Bool?) -> Bool?) -> Bool {
    Self.truth(root, isLenient: true, read) == false
  }

  // Three-valued (Kleene); lenient leaves a comparison with an absent value undecided.
  private static func truth(
    _ node: Node, isLenient: Bool, _ read: (Int, (Span<UInt8>) -> Bool?) -> Bool?
  ) -> Bool? {
    switch node {
    case .isPresent(let slot): return read(slot) { !$0.rangeWithoutBlanks.isEmpty }
    case .isAbsent(let slot): return read(slot) { $0.rangeWithoutBlanks.isEmpty }
    case .compare(let slot, let comparison, let operand):
      return read(slot) { operand.stands(in: comparison, to: $0) }
        ?? (isLenient ? nil : comparison == .notEqual)
    case .isOneOf(let slot, let operands):
      let isOne = read(slot) { value in
        value.rangeWithoutBlanks.isEmpty
          ? nil : operands.contains { $0.stands(in: .equal, to: value) == true }
      }
      return isOne ?? (isLenient ? nil : false)
    case .not(let part): return truth(part, isLenient: isLenient, read).map { !$0 }
    case .and(let parts): return all(parts, are: true, isLenient: isLenient, read)
    case .or(let parts): return all(parts, are: false, isLenient: isLenient, read)
    }
  }

  /// What `parts` come to: `wanted` where all are, its opposite where one is, else undecided.
  private static func all(
    _ parts: [Node], are wanted: Bool, isLenient: Bool,
    _ read: (Int, (Span<UInt8>) -> Bool?) -> Bool?
  ) -> Bool? {
    var result: Bool? = wanted
    for part in parts {
      let one = truth(part, isLenient: isLenient, read)
      if one == !wanted { return one }
      if one == nil { result = nil }
    }
    return result
  }
}

/// The value on the right of a comparison, read once.
struct ConditionOperand: Hashable, Sendable {
  private let text: ContiguousArray<UInt8>
  private let number: ExactDecimal?

  init(_ value: String) {
    let bytes = ContiguousArray(value.utf8)
    text = ContiguousArray(bytes[bytes.span.rangeWithoutBlanks])
    number = ExactDecimal(bytes.span)
  }

  /// Whether `value` is equal to, less than … the operand; `nil` where the two can't be compared.
  ///
  /// Two numbers compare by value, anything else byte by byte, which orders ISO dates. An absent
  /// value compares with nothing; a number is neither less nor greater than a text.
  func stands(in comparison: Condition.Comparison, to value: Span<UInt8>) -> Bool? {
    let range = value.rangeWithoutBlanks
    guard !range.isEmpty else { return nil }
    if let number {
      if let other = ExactDecimal(value) { return Self.order(other, number, in: comparison) }
      return comparison.isOrdering ? nil : comparison == .notEqual
    }
    let trimmed = value.extracting(range)
    switch comparison {
    case .equal: return trimmed.hasSameBytes(as: text.span)
    case .notEqual: return !trimmed.hasSameBytes(as: text.span)
    case .less: return trimmed.isLess(than: text)
    case .lessOrEqual: return trimmed.isLess(than: text) || trimmed.hasSameBytes(as: text.span)
    case .greater: return !trimmed.isLess(than: text) && !trimmed.hasSameBytes(as: text.span)
    case .greaterOrEqual: return !trimmed.isLess(than: text)
    }
  }

  private static func order(
    _ left: ExactDecimal, _ right: ExactDecimal, in comparison: Condition.Comparison
  ) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension Condition.Comparison {
  fileprivate var isOrdering: Bool { self != .equal && self != .notEqual }
}

extension Span<UInt8> {
  fileprivate func isLess(than other: ContiguousArray<UInt8>) -> Bool {
    for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
      return self[index] < other[index]
    }
    return count < other.count
  }
}
