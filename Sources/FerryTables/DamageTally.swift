internal import FerryCore

/// Counts cells of one column that a program has damaged, with the first of each kind.
struct DamageTally {
  private enum Damage: Int, CaseIterable {
    case scientific
    case lostDigits
    case formulaError
    case mojibake
    case cutText
    case numberAsText
    case trueNumber
    case textDate
    case trueDate
  }

  /// Excel's old limit for text in a cell.
  private static let cutLength = 255

  private var counts = [Int](repeating: 0, count: Damage.allCases.count)
  private var firstRows = [Int](repeating: 0, count: Damage.allCases.count)
  private var longest = 0

  /// Looks at one value.
  mutating func observe(
    _ value: Span<UInt8>, _ kind: CellKind, _ shape: ValueShape, rowNumber: Int
  ) {
    switch kind {
    case .error: note(.formulaError, rowNumber)
    case .date, .datetime: note(.trueDate, rowNumber)
    case .number:
      note(.trueNumber, rowNumber)
      if hasLostDigits(value) { note(.lostDigits, rowNumber) }
    case .text: observeText(value, shape, rowNumber)
    default: break
    }
  }

  private mutating func observeText(
    _ value: Span<UInt8>, _ shape: ValueShape, _ rowNumber: Int
  ) {
    switch shape {
    case .error: note(.formulaError, rowNumber)
    case .date: note(.textDate, rowNumber)
    case .number: note(.numberAsText, rowNumber)
    default: break
    }
    if isScientific(value) {
      note(.scientific, rowNumber)
    } else if shape == .identifier, hasLostDigits(value) {
      note(.lostDigits, rowNumber)
    }
    if isMojibake(value) { note(.mojibake, rowNumber) }
    let length = characterCount(value)
    longest = max(longest, length)
    if length == Self.cutLength { note(.cutText, rowNumber) }
  }

  private mutating func note(_ damage: Damage, _ rowNumber: Int) {
    if counts[damage.rawValue] == 0 { firstRows[damage.rawValue] = rowNumber }
    counts[damage.rawValue] += 1
  }

  // MARK: What the values say

  /// A long number that a spreadsheet showed as `1.38E+10`.
  private func isScientific(_ value: Span<UInt8>) -> Bool {
    guard value.count >= 5, value.count <= 24 else { return false }
    var (sawDigit, sawExponent, exponentDigits) = (false, false, 0)
    for index in value.indices {
      switch value[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if sawExponent { exponentDigits += 1 } else { sawDigit = true }
      case UInt8(ascii: "."): if sawExponent { return false }
      case UInt8(ascii: "E"), UInt8(ascii: "e"):
        guard sawDigit, !sawExponent, index + 1 < value.count,
          value[index + 1] == UInt8(ascii: "+")
        else { return false }
        sawExponent = true
      case UInt8(ascii: "+"): if !sawExponent || exponentDigits > 0 { return false }
      default: return false
      }
    }
    return exponentDigits > 0
  }

  /// Sixteen digits or more, all behind the fifteenth are zero: what a double keeps.
  private func hasLostDigits(_ value: Span<UInt8>) -> Bool {
    // A number that lost digits has lost its leading zeros as well.
    guard value.count >= 16, value.count <= 20, value[0] != UInt8(ascii: "0") else {
      return false
    }
    for index in value.indices {
      guard value[index] >= UInt8(ascii: "0"), value[index] <= UInt8(ascii: "9") else {
        return false
      }
      if index >= 15, value[index] != UInt8(ascii: "0") { return false }
    }
    return value.count >= 17 || value[14] != UInt8(ascii: "0")
  }

  /// The replacement character, or what it becomes when read as GBK: 锟斤拷.
  private func isMojibake(_ value: Span<UInt8>) -> Bool {
    var index = 0
    while index + 2 < value.count {
      let (one, two, three) = (value[index], value[index + 1], value[index + 2])
      if one == 0xEF, two == 0xBF, three == 0xBD { return true }
      if one == 0xE9, two == 0x94, three == 0x9F, index + 5 < value.count,
        value[index + 3] == 0xE6, value[index + 4] == 0x96, value[index + 5] == 0xA4
      {
        return true
      }
      index += 1
    }
    return false
  }

  private func characterCount(_ value: Span<UInt8>) -> Int {
    guard value.count >= Self.cutLength else { return value.count }
    var count = 0
    for index in value.indices where value[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  // MARK: Findings

  /// One finding for each kind of damage, at the column's first such cell.
  func findings(_ table: Table, _ column: TableColumn, kind: ColumnProfile.Kind) -> [Finding] {
    var findings: [Finding] = []
    func tell(_ rule: Rule, _ damage: Damage, _ more: [String] = []) {
      let place = Provenance(
        file: table.file, sheet: table.sheet, rowNumber: firstRows[damage.rawValue],
        columnIndex: column.columnIndex)
      findings.append(
        Finding(rule, at: place, arguments: [String(self.count(damage)), column.name] + more))
    }
    if count(.scientific) > 0 { tell(.scientificNotation, .scientific) }
    if count(.lostDigits) > 0 { tell(.lostDigits, .lostDigits) }
    if count(.formulaError) > 0 { tell(.formulaError, .formulaError) }
    if count(.mojibake) > 0 { tell(.mojibake, .mojibake) }
    if count(.cutText) > 1, longest == Self.cutLength { tell(.cutText, .cutText) }
    if count(.trueNumber) > 0, count(.numberAsText) > 0, kind == .number || kind == .mixed {
      tell(.numberAsText, .numberAsText, [String(count(.trueNumber))])
    }
    if count(.trueDate) > 0, count(.textDate) > 0 {
      tell(.mixedDates, .textDate, [String(count(.trueDate))])
    }
    if count(.trueDate) > 0, count(.trueNumber) > 0, kind == .date {
      tell(.dateAsNumber, .trueNumber)
    }
    return findings
  }

  private func count(_ damage: Damage) -> Int { counts[damage.rawValue] }
}
