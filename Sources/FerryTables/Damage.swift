public import FerryCore

/// Cells of one column that a program has damaged in one way.
public struct Damage: Hashable, Sendable {
  /// What is wrong.
  public let rule: Rule
  /// The column.
  public let column: TableColumn
  /// How many cells.
  public let count: Int
  /// The first of them, at most five.
  public let cells: [CellAddress]
  /// What the rule's words need besides the count, the column and the cells.
  let more: [String]

  /// The cells as people read them, such as `K12, K19 …`.
  public var places: String {
    cells.map(\.description).joined(separator: ", ") + (count > cells.count ? " …" : "")
  }

  /// The damage as a finding, at its first cell.
  public func finding(in table: Table) -> Finding {
    Finding(
      rule,
      at: Provenance(
        file: table.file, sheet: table.sheet, rowNumber: cells.first?.rowNumber,
        columnIndex: column.columnIndex),
      arguments: [String(count), column.name, places] + more)
  }
}

/// Decides from the signs of a column what is damaged.
struct DamageVerdict {
  let tally: DamageTally
  let column: TableColumn
  let kind: ColumnProfile.Kind
  let filledCount: Int

  private typealias Sign = DamageTally.Sign

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
    if isCode { tell(.roundedNumber, tally[.roundPhone]) }
    tell(.lostZeros, lostZeros)
    tell(.formulaError, tally[.formulaError])
    tell(.hashMarks, tally[.hashMarks])
    tell(.mojibake, tally[.mojibake])
    if isCutText { tell(.cutText, tally.cutAtLongest, [String(tally.longest)]) }
    if tally[.trueNumber].count > 0, kind == .number || kind == .mixed {
      tell(.numberAsText, tally[.numberAsText], [String(tally[.trueNumber].count)])
    }
    if tally[.trueDate].count > 0, kind == .date {
      tell(.mixedDates, tally[.textDate], [String(tally[.trueDate].count)])
      tell(.dateAsNumber, tally[.serial])
    }
    tell(.numberAsDate, datesOfNumbers)
    tell(.dateOrder, datesOfRarerOrder)
    tell(.oddBlanks, tally[.oddBlank])
    tell(.controlCharacters, tally[.control])
    return found
  }

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

  /// Values that are shorter than those which begin with zero, which have all one length.
  private var lostZeros: DamageTally.Places {
    let zeroLed = tally.zeroLengths
    guard tally[.zeroLed].count >= 2, kind != .date,
      let length = zeroLed.firstIndex(where: { $0.count == tally[.zeroLed].count }), length >= 4
    else { return DamageTally.Places() }
    let longer = tally.digitLengths[(length + 1)...].reduce(0) { $0 + $1.count }
    let full = tally.digitLengths[length].count + tally[.zeroLed].count
    let shorter = tally.digitLengths[length - 1]
    return longer == 0 && shorter.count <= full ? shorter : DamageTally.Places()
  }

  /// Texts of the length at which Excel cuts, and none that is longer.
  private var isCutText: Bool {
    tally.longest == 255 && tally.cutAtLongest.count > 1 || tally.longest == 32_767
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
