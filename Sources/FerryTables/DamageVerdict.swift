internal import FerryCore

/// Decides from the signs of a column what is damaged.
struct DamageVerdict {
  let tally: DamageTally
  let column: TableColumn
  let kind: ColumnProfile.Kind
  let filledCount: Int

  /// One for each kind of damage.
  func damages() -> [Damage] {
    var found: [Damage] = []
    func tell(_ rule: Rule, _ places: DamageTally.Places, _ more: [String] = []) {
      guard places.count > 0 else { return }
      let cells = places.rows.map { CellAddress(columnIndex: column.columnIndex, rowNumber: $0) }
      found.append(
        Damage(rule: rule, column: column, count: places.count, cells: cells, more: more))
    }
    if isScientific { tell(.scientificNotation, tally[.scientific]) }
    for places in lostDigits { tell(.lostDigits, places) }
    if tally[.fraction].count == 0 { tell(.longNumber, tally[.longNumber]) }
    if isCode { tell(.roundedNumber, tally[.roundPhone]) }
    if kind == .phone || tally[.phonePoint].count * 2 >= filledCount {
      tell(.phoneAsDecimal, tally[.phonePoint])
    }
    tell(.lostZeros, lostZeros(codeLength))
    tell(.shortPostcodes, shortPostcodes, [String(postcodeLength)])
    tell(.formulaError, tally[.formulaError])
    tell(.hashMarks, tally[.hashMarks])
    tell(.mojibake, tally[.mojibake])
    if isCutText { tell(.cutText, tally.lengths.atLongest, [String(tally.lengths.longest)]) }
    if tally[.trueNumber].count > 0, kind == .number || kind == .mixed {
      tell(.numberAsText, tally[.numberAsText], [String(tally[.trueNumber].count)])
    }
    if tally[.trueDate].count > 0, kind == .date {
      tell(.mixedDates, tally[.textDate], [String(tally[.trueDate].count)])
    }
    tell(.dateAsNumber, datesAsNumbers)
    tell(.numberAsDate, datesOfNumbers)
    tell(.dateOrder, datesOfRarerOrder)
    tell(.oddBlanks, tally[.oddBlank])
    tell(.controlCharacters, tally[.control])
    return found
  }

  // MARK: Numbers

  /// A column of measurements has fractions or small exponents as well; a column of codes has none.
  private var isScientific: Bool { tally[.fraction].count * 5 <= tally[.scientific].count }

  /// Whether the column holds numbers that name something.
  private var isCode: Bool { kind == .phone || kind == .identifier }

  /// Long numbers that end in zeros, where chance would not make so many.
  private var lostDigits: [DamageTally.Places] {
    // True codes such as times to a thousandth end in zeros from an earlier digit on.
    guard tally[.cutLastDigit].count * 2 >= tally[.cut16].count + tally[.cut17].count else {
      return []
    }
    let (short, long) = (tally[.cut16], tally[.cut17])
    var places: [DamageTally.Places] = []
    // One in ten numbers of sixteen digits ends in zero by itself.
    if short.count >= 3, short.count * 5 >= tally[.long16].count * 4 { places.append(short) }
    if long.count * 20 > tally[.long17].count { places.append(long) }
    return places
  }

  /// Values that are a digit shorter than all others.
  private func lostZeros(_ length: Int) -> DamageTally.Places {
    guard length >= 4, kind != .date else { return DamageTally.Places() }
    let longer = tally.digitLengths[(length + 1)...].reduce(0) { $0 + $1.count }
    let full = tally.digitLengths[length].count + tally[.zeroLed].count
    let shorter = tally.digitLengths[length - 1]
    return longer == 0 && shorter.count <= full ? shorter : DamageTally.Places()
  }

  /// The one length that codes with leading zeros have; 0 where there is none.
  private var codeLength: Int {
    guard tally[.zeroLed].count >= 2 else { return 0 }
    return tally.zeroLengths.firstIndex { $0.count == tally[.zeroLed].count } ?? 0
  }

  /// Postcodes a digit short among many of full length: alone, they may be of another country.
  private var shortPostcodes: DamageTally.Places {
    let short = lostZeros(postcodeLength)
    let full = tally.digitLengths[postcodeLength].count
    guard tally[.zeroLed].count == 0, full >= max(short.count * 3, 3) else {
      return DamageTally.Places()
    }
    return short
  }

  /// The length of the postcodes in a column that is called so: six digits in China, five in the
  /// United States, where many begin with zero; none does if a program took them for numbers.
  private var postcodeLength: Int {
    guard SheetWords.isPostcode(column.name) else { return 0 }
    return tally.digitLengths[6].count > 0 ? 6 : 5
  }

  // MARK: Texts

  /// Texts of the length at which a program cuts, of different words, and none that is longer.
  ///
  /// Excel cuts at 255 and 32,767 by itself; elsewhere there must be many more of that length than
  /// of the lengths before.
  private var isCutText: Bool {
    let lengths = tally.lengths
    if lengths.longest == 32_767 || lengths.longest == 255 && lengths.atLongest.count > 1 {
      return true
    }
    guard Self.fieldLengths.contains(lengths.longest), kind == .text || kind == .mixed,
      lengths.differentAtLongest >= 4, (lengths.below + lengths.shorter) * 5 >= filledCount
    else { return false }
    let near = lengths.count(lengths.longest - 10..<lengths.longest)
    let least = TextLengths.least
    let width = max(min(lengths.longest - least, 10), 1)
    return lengths.atLongest.count * width >= (near + 1) * 4
  }

  /// Lengths of fields in databases and forms, in characters.
  private static let fieldLengths: Set = [
    30, 32, 40, 50, 60, 64, 80, 100, 120, 128, 150, 200, 250, 255, 256, 300, 400, 500, 512, 1000,
    1024, 2000, 4000,
  ]

  // MARK: Dates

  /// Day numbers among dates, or a column of nothing else that is called a date.
  private var datesAsNumbers: DamageTally.Places {
    if kind == .date { return tally[.serial] }
    let numbers = tally[.trueNumber].count + tally[.numberAsText].count
    guard kind == .number, SheetWords.isDate(column.name), numbers > 0,
      tally[.recentSerial].count * 10 >= numbers * 9
    else { return DamageTally.Places() }
    return tally[.recentSerial]
  }

  /// Dates in a column of other things, or of a year that only small numbers give.
  private var datesOfNumbers: DamageTally.Places {
    let (dates, old) = (tally[.trueDate], tally[.oldDate])
    if dates.count > 0, dates.count * 5 <= filledCount,
      kind == .number || kind == .phone || kind == .identifier
    {
      return dates
    }
    return old.count * 2 <= dates.count || kind == .number ? old : DamageTally.Places()
  }

  /// Where days stand first in some and months in others, those that are fewer.
  private var datesOfRarerOrder: DamageTally.Places {
    let (days, months) = (tally[.dayFirst], tally[.monthFirst])
    return days.count < months.count ? days : months
  }
}
