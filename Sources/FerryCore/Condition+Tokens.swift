/// One word, value or sign of a condition.
struct ConditionToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word(String)
    case quoted(String)
    case comparison(Condition.Comparison)
    case open
    case close
    case comma
    case end
  }

  let kind: Kind
  /// Zero-based, in Unicode scalars.
  let offset: Int
  /// As the text spells it.
  let spelling: String

  /// Whether it is this word of the grammar, in any case, unquoted.
  func isKeyword(_ word: String) -> Bool {
    if case .word(let text) = kind { text.lowercased() == word } else { false }
  }

  /// Whether it belongs to the grammar and so can be no name or value unless quoted.
  var isReserved: Bool { ["and", "or", "not", "in", "is"].contains { isKeyword($0) } }
}

/// Cuts a condition into tokens.
///
/// A word runs to the next blank, quote, comma, ASCII parenthesis or comparison sign, so that
/// Chinese names, dates and negative numbers need no quotes. In quotes, a doubled quote stands
/// for itself.
struct ConditionScanner {
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  static func tokens(of text: String) throws(ConditionError) -> [ConditionToken] {
    var scanner = ConditionScanner(text)
    var tokens: [ConditionToken] = []
    while true {
      let token = try scanner.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private mutating func next() throws(ConditionError) -> ConditionToken {
    while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
    guard index < scalars.count else { return token(.end, from: index) }
    let start = index
    let first = scalars[index]
    index += 1
    switch first {
    case "(": return token(.open, from: start)
    case ")": return token(.close, from: start)
    case ",": return token(.comma, from: start)
    case "=": return token(.comparison(.equal), from: start)
    case "<": return token(.comparison(takeEqualSign() ? .lessOrEqual : .less), from: start)
    case ">": return token(.comparison(takeEqualSign() ? .greaterOrEqual : .greater), from: start)
    case "!":
      guard takeEqualSign() else {
        throw ConditionError(offset: start, expected: .conditionNotEqual, found: "!")
      }
      return token(.comparison(.notEqual), from: start)
    case "\"", "'": return try quoted(by: first, from: start)
    default: return word(from: start)
    }
  }

  private mutating func takeEqualSign() -> Bool {
    guard index < scalars.count, scalars[index] == "=" else { return false }
    index += 1
    return true
  }

  private mutating func word(from start: Int) -> ConditionToken {
    while index < scalars.count, !Self.endsWord(scalars[index]) { index += 1 }
    return token(.word(spelling(from: start)), from: start)
  }

  private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", ")", ",", "=", "<", ">", "!", "\"": true
    default: scalar.properties.isWhitespace
    }
  }

  private mutating func quoted(
    by quote: Unicode.Scalar, from start: Int
  ) throws(ConditionError) -> ConditionToken {
    var text = String.UnicodeScalarView()
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      guard scalar == quote else {
        text.append(scalar)
        continue
      }
      guard index < scalars.count, scalars[index] == quote else {
        return token(.quoted(String(text)), from: start)
      }
      text.append(quote)
      index += 1
    }
    throw ConditionError(offset: start, expected: .conditionQuote, found: nil)
  }

  private func token(_ kind: ConditionToken.Kind, from start: Int) -> ConditionToken {
    ConditionToken(kind: kind, offset: start, spelling: spelling(from: start))
  }

  private func spelling(from start: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<index])
    return String(view)
  }
}
