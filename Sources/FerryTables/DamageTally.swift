internal import FerryCore

// How it works: each cell is looked at once and put into the kinds of sign that it shows; a kind
// keeps a count and its first rows. What the signs mean is decided at the end, from the whole
// column: 13 is no date turned number unless dates stand around it.

/// Gathers signs of damage to the cells of one column.
struct DamageTally {
  /// A count and the first rows that it is of.
  struct Places {
    static let limit = 5
    var count = 0
    var rows: [Int] = []

    mutating func add(_ rowNumber: Int) {
      count += 1
      if rows.count < Self.limit { rows.append(rowNumber) }
    }
  }

  /// What a cell may show.
  enum Sign: Int, CaseIterable {
    case scientific
    case fraction
    case long16
    case cut16
    case long17
    case cut17
    case cutLastDigit
    case roundPhone
    case formulaError
    case hashMarks
    case mojibake
    case cutText
    case numberAsText
    case trueNumber
    case serial
    case textDate
    case trueDate
    case oldDate
    case dayFirst
    case monthFirst
    case oddBlank
    case control
    case zeroLed
    case digits
  }

  private var signs = [Places](repeating: Places(), count: Sign.allCases.count)
  private(set) var longest = 0
  private(set) var cutAtLongest = Places()
  /// Digits-only values by their length, those that begin with zero apart.
  private(set) var digitLengths = [Places](repeating: Places(), count: 20)
  private(set) var zeroLengths = [Places](repeating: Places(), count: 20)

  subscript(_ sign: Sign) -> Places { signs[sign.rawValue] }

  /// Looks at one value.
  mutating func observe(
    _ value: Span<UInt8>, _ kind: CellKind, _ shape: ValueShape, rowNumber: Int
  ) {
    switch kind {
    case .error: note(.formulaError, rowNumber)
    case .date, .datetime: observeDate(value, rowNumber)
    case .number: observeNumber(value, rowNumber)
    case .text: observeText(value, shape, rowNumber)
    default: break
    }
  }

  private mutating func observeDate(_ value: Span<UInt8>, _ rowNumber: Int) {
    note(.trueDate, rowNumber)
    // Day numbers below 367: amounts and counts under a format of dates.
    if hasPrefix(value, "1899-") || hasPrefix(value, "1900-") { note(.oldDate, rowNumber) }
  }

  private mutating func observeNumber(_ value: Span<UInt8>, _ rowNumber: Int) {
    note(.trueNumber, rowNumber)
    guard let number = plainNumber(value) else { return }
    if number != number.rounded() { note(.fraction, rowNumber) }
    if number >= 20_000, number < 60_000 { note(.serial, rowNumber) }
    observeDigits(value, rowNumber, isNumber: true)
  }

  private mutating func observeText(
    _ value: Span<UInt8>, _ shape: ValueShape, _ rowNumber: Int
  ) {
    switch shape {
    case .error: note(.formulaError, rowNumber)
    case .date: observeTextDate(value, rowNumber)
    case .number: note(.numberAsText, rowNumber)
    default: break
    }
    observeDigits(value, rowNumber, isNumber: false)
    if let isFraction = DamagedText.scientific(value) {
      note(isFraction ? .fraction : .scientific, rowNumber)
    }
    if DamagedText.isHashMarks(value) { note(.hashMarks, rowNumber) }
    if DamagedText.isMojibake(value) { note(.mojibake, rowNumber) }
    if DamagedText.hasOddEdge(value) { note(.oddBlank, rowNumber) }
    if DamagedText.hasControl(value) { note(.control, rowNumber) }
    observeLength(value, rowNumber)
  }

  private mutating func observeTextDate(_ value: Span<UInt8>, _ rowNumber: Int) {
    note(.textDate, rowNumber)
    guard let (first, second) = DamagedText.slashedPair(value) else { return }
    if first > 12, second <= 12 { note(.dayFirst, rowNumber) }
    if second > 12, first <= 12 { note(.monthFirst, rowNumber) }
  }

  private mutating func observeDigits(
    _ value: Span<UInt8>, _ rowNumber: Int, isNumber: Bool
  ) {
    guard value.count < 20, DamagedText.isDigits(value) else { return }
    note(.digits, rowNumber)
    if value[0] == UInt8(ascii: "0"), value.count > 1 {
      note(.zeroLed, rowNumber)
      zeroLengths[value.count].add(rowNumber)
      return
    }
    digitLengths[value.count].add(rowNumber)
    let zeros = DamagedText.trailingZeros(value)
    if value.count == 11, zeros >= 7, value[0] == UInt8(ascii: "1") { note(.roundPhone, rowNumber) }
    // What a double keeps: fifteen digits; a number that ends earlier is round by itself.
    guard value.count >= 16, value.count - zeros >= 11 else {
      if value.count >= 16 { note(value.count == 16 ? .long16 : .long17, rowNumber) }
      return
    }
    note(value.count == 16 ? .long16 : .long17, rowNumber)
    guard zeros >= value.count - 15 else { return }
    note(value.count == 16 ? .cut16 : .cut17, rowNumber)
    // A number has lost what lies behind; of text the column must tell.
    if isNumber || value[14] != UInt8(ascii: "0") { note(.cutLastDigit, rowNumber) }
  }

  private mutating func observeLength(_ value: Span<UInt8>, _ rowNumber: Int) {
    guard value.count >= longest, value.count >= 255 else { return }
    var length = 0
    for index in value.indices where value[index] & 0xC0 != 0x80 { length += 1 }
    if length > longest {
      longest = length
      cutAtLongest = Places()
    }
    if length == longest { cutAtLongest.add(rowNumber) }
  }

  private mutating func note(_ sign: Sign, _ rowNumber: Int) { signs[sign.rawValue].add(rowNumber) }
}
