extension Condition {
  /// Reads a condition, such as `mobile or email is present` or `阶段 in (赢单, 输单) and 金额 > 0`.
  ///
  /// `and` binds tighter than `or`. Names joined by `or` or `and` before one predicate share it.
  /// Words of the grammar may be written in any case.
  public static func parse(_ text: String) throws(ConditionError) -> Condition {
    var parser = ConditionParser(tokens: try ConditionScanner.tokens(of: text))
    return try parser.whole()
  }

  /// The names the condition speaks of, each once, in order of first appearance.
  public var names: [String] {
    var found: [String] = []
    collectNames(into: &found)
    return found
  }

  private func collectNames(into found: inout [String]) {
    switch self {
    case .isPresent(let name), .isAbsent(let name), .compare(let name, _, _),
      .isOneOf(let name, _):
      if !found.contains(name) { found.append(name) }
    case .not(let condition): condition.collectNames(into: &found)
    case .and(let parts), .or(let parts): for part in parts { part.collectNames(into: &found) }
    }
  }
}

/// A recursive-descent parser over the tokens of one condition.
///
///     or        = and { "or" and }
///     and       = unary { "and" unary }
///     unary     = "not" unary | "(" or ")" | names predicate
///     names     = name { "or" name } | name { "and" name } | "(" names ")"
///     predicate = "is" ["not"] ("present" | "absent") | sign value | ["not"] "in" "(" values ")"
private struct ConditionParser {
  /// A mapping is written by hand; deeper nesting is a mistake, or an attack on the stack.
  private static let deepestNesting = 64

  private let tokens: [ConditionToken]
  private var position = 0
  private var depth = 0

  init(tokens: [ConditionToken]) { self.tokens = tokens }

  private var current: ConditionToken { tokens[position] }

  mutating func whole() throws(ConditionError) -> Condition {
    let condition = try disjunction()
    guard current.kind == .end else { throw fault(.conditionEnd) }
    return condition
  }

  private mutating func disjunction() throws(ConditionError) -> Condition {
    var parts = [try conjunction()]
    while take("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction() throws(ConditionError) -> Condition {
    var parts = [try unary()]
    while take("and") { parts.append(try unary()) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func unary() throws(ConditionError) -> Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else { throw fault(.conditionDepth) }
    if take("not") { return .not(try unary()) }
    if let names = namesInParentheses() { return try predicate(of: names) }
    guard current.kind == .open else { return try predicate(of: try names()) }
    position += 1
    let condition = try disjunction()
    guard current.kind == .close else { throw fault(.conditionClose) }
    position += 1
    return condition
  }

  // MARK: - Names

  private struct Names {
    var all: [String]
    var link: String?
  }

  /// Reads `(mobile or email)` where a predicate follows; otherwise leaves the tokens alone.
  private mutating func namesInParentheses() -> Names? {
    guard current.kind == .open else { return nil }
    let start = position
    position += 1
    if let names = try? names(), current.kind == .close {  // a fault is met again by the caller
      position += 1
      if startsPredicate { return names }
    }
    position = start
    return nil
  }

  private var startsPredicate: Bool {
    if case .comparison = current.kind { return true }
    return ["is", "in", "not"].contains { current.isKeyword($0) }
  }

  private mutating func names() throws(ConditionError) -> Names {
    var names = Names(all: [try name()])
    while let link = ["or", "and"].first(where: { current.isKeyword($0) }) {
      guard names.link == nil || names.link == link else { throw fault(.conditionOneLink) }
      names.link = link
      position += 1
      names.all.append(try name())
    }
    return names
  }

  private mutating func name() throws(ConditionError) -> String {
    switch current.kind {
    case .word(let text) where !current.isReserved:
      position += 1
      return text
    case .quoted(let text) where !text.isEmpty:
      position += 1
      return text
    default: throw fault(.conditionName)
    }
  }

  // MARK: - Predicates

  private mutating func predicate(of names: Names) throws(ConditionError) -> Condition {
    let make = try predicate()
    let parts = names.all.map(make)
    guard let link = names.link else { return parts[0] }
    return link == "or" ? .or(parts) : .and(parts)
  }

  private mutating func predicate() throws(ConditionError) -> (String) -> Condition {
    if case .comparison(let comparison) = current.kind {
      position += 1
      let value = try value()
      return { .compare($0, comparison, value) }
    }
    if take("is") { return try presence() }
    if take("in") {
      let values = try values()
      return { .isOneOf($0, values) }
    }
    guard take("not") else { throw fault(.conditionPredicate) }
    guard take("in") else { throw fault(.conditionIn) }
    let values = try values()
    return { .not(.isOneOf($0, values)) }
  }

  private mutating func presence() throws(ConditionError) -> (String) -> Condition {
    let isNegated = take("not")
    if take("present") { return isNegated ? { .isAbsent($0) } : { .isPresent($0) } }
    if take("absent") { return isNegated ? { .isPresent($0) } : { .isAbsent($0) } }
    throw fault(.conditionPresence)
  }

  private mutating func values() throws(ConditionError) -> [String] {
    guard current.kind == .open else { throw fault(.conditionList) }
    position += 1
    var values = [try value()]
    while current.kind == .comma {
      position += 1
      values.append(try value())
    }
    guard current.kind == .close else { throw fault(.conditionListEnd) }
    position += 1
    return values
  }

  private mutating func value() throws(ConditionError) -> String {
    switch current.kind {
    case .word(let text) where !current.isReserved:
      position += 1
      return text
    case .quoted(let text):
      position += 1
      return text
    default: throw fault(.conditionValue)
    }
  }

  // MARK: - Tokens

  private mutating func take(_ keyword: String) -> Bool {
    guard current.isKeyword(keyword) else { return false }
    position += 1
    return true
  }

  private func fault(_ expected: Words) -> ConditionError {
    ConditionError(
      offset: current.offset, expected: expected,
      found: current.kind == .end ? nil : current.spelling)
  }
}
