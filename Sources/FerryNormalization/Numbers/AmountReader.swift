import FerryCore

/// An amount as it is written, before the column's unit and rounding.
struct WrittenAmount {
  var value = ExactDecimal.zero
  /// ISO 4217 code named in the cell.
  var currency: String?
  /// Whether the cell says its unit: 万, 亿, or 元.
  var hasUnit = false
  var isAbout = false
  var isScientific = false
  /// Words behind a plain number that mean nothing here, such as 台 in 10台.
  var trailing: Range<Int>?
}

/// Reads amounts such as `￥1,200.50`, `3.5万`, `(1,200)`, `USD 1.2m` and 壹拾贰万叁仟元整.
///
/// How it works: signs, words and runs of digits are taken from the left; each run of digits is
/// multiplied by the units behind it, and 3亿2000万 is the sum of its runs. Whatever is not known
/// makes the amount unreadable.
struct AmountReader {
  let numbers: NumberReader
  /// Decides what `¥` and `$` mean where several currencies use the sign.
  let currency: String
  /// Whether a word that means nothing may follow the number.
  var allowsTrailingWord = false

  private static let dollars: Set<String> = [
    "AUD", "BZD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD", "USD", "CLP", "COP", "ARS",
  ]

  /// Reads the whole of `text`; `nil` where it is no amount.
  func read(_ text: Span<UInt8>) throws(AmountFault) -> WrittenAmount {
    var state = State()
    var range = text.trimmedRange
    if range.count > 2, text[range.lowerBound] == UInt8(ascii: "("),
      text[range.upperBound - 1] == UInt8(ascii: ")")
    {
      range = range.lowerBound + 1..<range.upperBound - 1
      state.isNegative = true
    }
    let inner = text.extracting(range)
    while state.index < inner.count { try step(inner, &state) }
    if state.written.isEmpty { try readNumerals(inner, &state) }
    return try finish(state)
  }
}

/// Why a text is no amount.
enum AmountFault: Error {
  case unreadable
  case range
}

// MARK: - Steps

extension AmountReader {
  private struct State {
    var index = 0
    var isNegative = false
    var amount = WrittenAmount()
    /// The runs of digits so far, each with the power of ten of its units.
    var written = Runs()
  }

  private struct Runs {
    var total = ExactDecimal.zero
    var last: ExactDecimal?
    var exponent = 0
    var hasUnit = false
    var previousExponent = 100
    var isEmpty: Bool { last == nil }

    /// Adds the last run to the total.
    mutating func close() -> Bool {
      guard var run = last else { return true }
      guard run.multiply(byPowerOfTen: exponent), exponent < previousExponent,
        let sum = ExactDecimal.sum(total, run)
      else { return false }
      total = sum
      previousExponent = exponent
      exponent = 0
      hasUnit = false
      return true
    }
  }

  private func step(_ text: Span<UInt8>, _ state: inout State) throws(AmountFault) {
    let byte = text[state.index]
    switch byte {
    case UInt8(ascii: " "): state.index += 1
    case 0x30...0x39, UInt8(ascii: "."): try takeNumber(text, &state)
    case UInt8(ascii: "-") where state.written.isEmpty && !state.isNegative:
      state.isNegative = true
      state.index += 1
    case UInt8(ascii: "+") where state.written.isEmpty: state.index += 1
    case UInt8(ascii: "-") where state.index == text.count - 1 && !state.isNegative:
      state.isNegative = true
      state.index += 1
    case UInt8(ascii: "-") where !state.written.isEmpty, UInt8(ascii: "~"):
      guard state.written.isEmpty else { throw .range }
      try takeWord(text, &state)
    default: try takeWord(text, &state)
    }
  }

  private func takeNumber(_ text: Span<UInt8>, _ state: inout State) throws(AmountFault) {
    if !state.written.isEmpty {
      guard state.written.hasUnit, state.written.close() else { throw .unreadable }
    }
    guard let number = numbers.read(text, from: state.index) else { throw .unreadable }
    state.written.last = number.value
    state.amount.isScientific = state.amount.isScientific || number.isScientific
    state.index = number.end
  }

  private func takeWord(_ text: Span<UInt8>, _ state: inout State) throws(AmountFault) {
    guard let word = AmountWord.find(in: text, at: state.index) else {
      return try takeUnknown(text, &state)
    }
    let isSign = word.length <= 2
    state.index += word.length
    switch word.meaning {
    case .currency(let code): state.amount.currency = resolved(code, isSign: isSign)
    case .about: state.amount.isAbout = true
    case .filler: break
    case .whole where state.written.isEmpty, .unit where state.written.isEmpty,
      .minor where state.written.isEmpty:
      // A Chinese numeral begins: the other reader takes the whole text.
      try readNumerals(text, &state)
    case .whole:
      state.written.hasUnit = true
      state.amount.hasUnit = true
    case .unit(let exponent):
      state.written.exponent += exponent
      state.written.hasUnit = true
      state.amount.hasUnit = true
    case .minor(let places):
      state.written.exponent = -places
      state.written.hasUnit = true
      state.amount.hasUnit = true
    }
  }

  /// `¥` in a column of JPY is yen, `$` in one of HKD the Hong Kong dollar.
  private func resolved(_ code: String, isSign: Bool) -> String {
    guard isSign else { return code }
    if code == "CNY", currency == "JPY" { return currency }
    if code == "USD", Self.dollars.contains(currency) { return currency }
    return code
  }

  private func takeUnknown(_ text: Span<UInt8>, _ state: inout State) throws(AmountFault) {
    if state.written.isEmpty { return try readNumerals(text, &state) }
    guard allowsTrailingWord, text.count - state.index <= 12 else { throw .unreadable }
    for index in state.index..<text.count where text[index] < 0x80 && !text[index].isLetter {
      throw .unreadable
    }
    state.amount.trailing = state.index..<text.count
    state.index = text.count
  }

  /// Reads what stands from here on as signs alone; a currency may stand before.
  private func readNumerals(_ text: Span<UInt8>, _ state: inout State) throws(AmountFault) {
    var start = 0
    while start < text.count {
      if text[start] == UInt8(ascii: " ") || text[start] == UInt8(ascii: ":") {
        start += 1
      } else if let word = AmountWord.find(in: text, at: start), case .currency = word.meaning {
        start += word.length
      } else {
        break
      }
    }
    guard start < text.count,
      let value = ChineseNumerals.read(text.extracting(start..<text.count))
    else { throw .unreadable }
    state.written.last = value
    state.amount.hasUnit = true
    state.index = text.count
  }

  private func finish(_ state: State) throws(AmountFault) -> WrittenAmount {
    var state = state
    let isTail = state.written.previousExponent < 100 && !state.written.hasUnit
    // 1万3 is said for 13,000 and written for nothing: not guessed.
    if isTail, let last = state.written.last, last.significantDigits < 3 { throw .unreadable }
    guard !state.written.isEmpty, state.written.close() else { throw .unreadable }
    state.amount.value = state.written.total
    if state.isNegative { state.amount.value.mantissa.negate() }
    return state.amount
  }
}
