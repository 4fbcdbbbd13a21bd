import FerryCore
import FerryNormalization
import FerryRecords
import FerryTables

// How it works: for each row first the ids of all records that it makes are written, so that a
// link can point to a block that stands further down; then each record's fields go into a draft,
// and the draft into the record table. All scratch memory is kept from row to row: a plain value
// is looked up by column index, normalized into `output` and copied, with no object made for it.
// When changing it: every row must end in exactly one count of `summary`.

/// Maps the rows of one table.
struct TableMapper {
  let table: Table
  var records: [RecordRecipe]
  private(set) var summary: TableSummary
  var draft = RecordDraft()
  var output = ContiguousArray<UInt8>()
  var text = FieldNormalizer(type: .text)
  private var positionOfColumn: ContiguousArray<Int32>
  /// The ids of the row's records, one after the other.
  var ids = ContiguousArray<UInt8>()
  /// For each recipe, its record's id; `nil` where the row makes none.
  var idRanges: [Range<Int>?]
  /// For each recipe, what its record's amounts are in.
  var currencies: [ContiguousArray<UInt8>]
  /// For each recipe of lines, how many its parents have.
  var positions: [ByteIndex]
  let firstRecipes: [UInt16]
  /// For each recipe, those that came of it by the columns that rows picked.
  var variants: [[[Int32?]: UInt16]]
  /// For each recipe, the record that the row made; -1 where it made none.
  var madeRecords: ContiguousArray<Int32>
  private let rowLinks: [RowLink]
  var pendingDates: [PendingDate] = []
  var splitAddressCount = 0
  /// The note that a record is made of; `nil` where records are made of rows.
  var note: DatedNote?

  /// A reference from one record of a row to another.
  private struct RowLink {
    let recipe: Int
    let slot: Int
    let targets: [Int]
  }

  /// A date in a record table that waits for its column's decision.
  struct PendingDate {
    let recipe: Int
    let fieldIndex: Int
    let slot: Int
    let record: Int
  }

  init(_ plan: TablePlan, into sink: inout MappingSink) {
    table = plan.table
    records = plan.records
    summary = TableSummary(file: plan.table.file, sheet: plan.table.sheet)
    summary.notes = plan.table.notes
    summary.columns = zip(plan.table.columns, plan.uses).map { column, uses in
      ColumnSummary(name: column.name, columnIndex: column.columnIndex, uses: uses, filled: 0)
    }
    positionOfColumn = ContiguousArray(
      repeating: -1, count: plan.table.columnIndexes.upperBound + 1)
    for (position, column) in plan.table.columns.enumerated() {
      positionOfColumn[column.columnIndex] = Int32(position)
    }
    idRanges = Array(repeating: nil, count: records.count)
    currencies = records.map(\.currency)
    positions = Array(repeating: ByteIndex(), count: records.count)
    variants = Array(repeating: [:], count: records.count)
    madeRecords = ContiguousArray(repeating: -1, count: records.count)
    rowLinks = Self.rowLinks(plan, sink)
    firstRecipes = Self.register(plan, in: &sink)
  }

  /// The links whose target is named by the external id that the row itself gives it.
  private static func rowLinks(_ plan: TablePlan, _ sink: MappingSink) -> [RowLink] {
    plan.records.indices.flatMap { recipe in
      plan.records[recipe].fields.compactMap { field in
        guard case .link(let targets) = field.content, case .field(let slot) = field.purpose else {
          return nil
        }
        let table = sink.tables[plan.records[recipe].entityIndex]
        let target = table.targets[Int(field.target)]
        let isDirect = targets.allSatisfy { number in
          let other = plan.records[number]
          return other.entityName == target?.entity
            && other.entityName == table.fields[slot].referenced && other.parent == nil
            && !other.hasHashedKey
        }
        return target?.field == nil && isDirect
          ? RowLink(recipe: recipe, slot: slot, targets: targets) : nil
      }
    }
  }

  /// Tells each record table of the recipes that fill it from this table.
  private static func register(_ plan: TablePlan, in sink: inout MappingSink) -> [UInt16] {
    plan.records.map { record in
      let recipe = Recipe(
        file: plan.table.file, sheet: plan.table.sheet, system: record.system,
        columnIndexes: record.columnIndexes)
      sink.tables[record.entityIndex].recipes.append(recipe)
      return UInt16(sink.tables[record.entityIndex].recipes.count - 1)
    }
  }

  /// Adds up what another mapper of the same table counted.
  mutating func add(_ other: TableMapper) {
    summary.rows += other.summary.rows
    summary.mapped += other.summary.mapped
    summary.blank += other.summary.blank
    summary.filtered += other.summary.filtered
    summary.rejected += other.summary.rejected
    for index in summary.columns.indices {
      summary.columns[index].filled += other.summary.columns[index].filled
    }
    splitAddressCount += other.splitAddressCount
    for index in records.indices {
      for field in records[index].fields.indices {
        records[index].fields[field].normalizers[0].normalizer.dateColumn.merge(
          other.records[index].fields[field].normalizers[0].normalizer.dateColumn)
      }
    }
  }

  /// Adds dates that another mapper left open; `offsets` says by table where its records stand now.
  mutating func addPending(_ dates: [PendingDate], movedBy offsets: [Int]) {
    for date in dates {
      pendingDates.append(
        PendingDate(
          recipe: date.recipe, fieldIndex: date.fieldIndex, slot: date.slot,
          record: date.record + offsets[records[date.recipe].entityIndex]))
    }
  }

  /// Maps one batch of rows.
  mutating func map(_ batch: RowBatch, into sink: inout MappingSink) {
    var row = RowCells(batch, columnCount: positionOfColumn.count)
    for raw in batch.rows {
      summary.rows += 1
      switch raw.role {
      case .blank: summary.blank += 1
      case .filtered: summary.filtered += 1
      case .data:
        row.place(raw)
        countFilled(raw, row)
        map(row, into: &sink)
        row.clear(raw)
      }
    }
  }

  private mutating func countFilled(_ raw: RawRow, _ row: borrowing RowCells) {
    for index in Int(raw.cells.lowerBound)..<Int(raw.cells.upperBound) {
      let cell = row.cells[index]
      let column = Int(cell.columnIndex)
      guard column < positionOfColumn.count, positionOfColumn[column] >= 0 else { continue }
      let value = row.bytes.span.extracting(cell.range)
      if !value.rangeWithoutBlanks.isEmpty {
        summary.columns[Int(positionOfColumn[column])].filled += 1
      }
    }
  }

  /// Maps one row, and puts it into one count.
  private mutating func map(_ row: borrowing RowCells, into sink: inout MappingSink) {
    let before = sink.findings.count
    let wanted = writeIDs(row, into: &sink)
    var made = 0
    for index in records.indices {
      madeRecords[index] = -1
      guard isMade(index) else { continue }
      if records[index].notesColumn != nil {
        made += makeNotes(index, row, into: &sink)
      } else if makeRecord(index, row, into: &sink) {
        made += 1
      }
    }
    linkRecords(in: &sink)
    if made > 0 {
      summary.mapped += 1
    } else if wanted || sink.findings.count > before {
      summary.rejected += 1
    } else {
      summary.filtered += 1
    }
  }

  /// Notes which records of the row refer to each other, so that nobody has to search for them.
  func linkRecords(in sink: inout MappingSink) {
    for link in rowLinks where madeRecords[link.recipe] >= 0 {
      guard let target = link.targets.first(where: { idRanges[$0] != nil }),
        madeRecords[target] >= 0
      else { continue }
      let (record, other) = (Int(madeRecords[link.recipe]), Int(madeRecords[target]))
      let (own, entity) = (records[link.recipe].entityIndex, records[target].entityIndex)
      if sink.refers(own, link.slot, of: record, to: other, of: entity) {
        sink.tables[own].setLinked(other, field: link.slot, of: record)
      }
    }
  }

  private func isMade(_ index: Int) -> Bool {
    if let parent = records[index].parent {
      return idRanges[parent] != nil && idRanges[index] != nil
    }
    return idRanges[index] != nil
  }

  func place(_ row: borrowing RowCells, column: Int32? = nil) -> Provenance {
    Provenance(
      file: table.file, sheet: table.sheet, rowNumber: Int(row.rowNumber),
      columnIndex: column.map { Int($0) })
  }
}
