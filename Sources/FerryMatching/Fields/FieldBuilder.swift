import FerryCore

// How it works: a million cells spell far fewer values, and finding out which one a cell spells is
// a look-up in a table that no cache holds. So rows come in batches, and each table is touched for
// the whole batch before it is asked; only a text that was never seen is taken apart.

/// Takes rows in batches and makes the field that they are compared by.
protocol FieldBuilder: AnyObject {
  /// Takes what the next rows say.
  func append(_ rows: TextRows)
  /// The field; the builder is of no use afterwards.
  func finish() -> any ComparedField
}

/// Makes a field of which a row says one thing.
final class StoredFieldBuilder<Store: ValueStore>: FieldBuilder {
  private let name: String
  private let kind: ColumnKind
  private var rows: StoredRows<Store>

  init(_ name: String, _ kind: ColumnKind, _ store: Store) {
    self.name = name
    self.kind = kind
    rows = StoredRows(store)
  }

  func append(_ rows: TextRows) { self.rows.append(rows) }

  func finish() -> any ComparedField {
    rows.finish()
    return StoredField(name, kind, rows.store, rows.values)
  }
}

private struct StoredRows<Store: ValueStore> {
  private(set) var store: Store
  /// The value of each row; 0 for none.
  private(set) var values = ContiguousArray<UInt32>()
  /// The values of texts that have been seen.
  private var known = NumberTable()
  private var hashes = ContiguousArray<UInt64>()
  /// Rows of the batch whose texts have not been seen, and what they spell.
  private var newRows = ContiguousArray<Int>()
  private var newValues = ContiguousArray<UInt32>()

  init(_ store: Store) { self.store = store }

  mutating func append(_ rows: TextRows) {
    hashes.removeAll(keepingCapacity: true)
    newRows.removeAll(keepingCapacity: true)
    newValues.removeAll(keepingCapacity: true)
    for row in 0..<rows.count { hashes.append(rows.hash(of: row)) }
    known.touch(hashes)
    let start = values.count
    for row in hashes.indices {
      let value = hashes[row] == 0 ? 0 : known.number(of: hashes[row])
      values.append(value ?? 0)
      if value == nil { newRows.append(row) }
    }
    store.add(rows.chosen(newRows), to: &newValues)
    for (row, value) in zip(newRows, newValues) {
      known.set(hashes[row], value)
      values[start + row] = value
    }
  }

  /// Frees what only adding needs.
  mutating func finish() {
    known = NumberTable()
    hashes = []
    newRows = []
    newValues = []
    store.finish()
  }
}

/// Makes a field of which a row may say several things, such as its phones.
final class SetFieldBuilder<Store: ValueSetStore>: FieldBuilder {
  private let name: String
  private let kind: ColumnKind
  private var rows: SetRows<Store>

  init(_ name: String, _ kind: ColumnKind, _ store: Store) {
    self.name = name
    self.kind = kind
    rows = SetRows(store)
  }

  func append(_ rows: TextRows) { self.rows.append(rows) }

  func finish() -> any ComparedField {
    rows.finish()
    return SetField(
      name, kind, rows.store, RowValues(values: rows.values, starts: rows.starts),
      columns: rows.columns)
  }
}

private struct SetRows<Store: ValueSetStore> {
  private(set) var store: Store
  private(set) var values = ContiguousArray<UInt32>()
  private(set) var starts: ContiguousArray<UInt32> = [0]
  /// The column of each value; none where the field has one column.
  private(set) var columns = ContiguousArray<UInt8>()
  private var texts = TextRows()
  /// Where the texts of each row end.
  private var textEnds = ContiguousArray<Int>()
  private var textColumns = ContiguousArray<UInt8>()
  private var numbers = ContiguousArray<UInt32>()

  init(_ store: Store) { self.store = store }

  mutating func append(_ rows: TextRows) {
    texts.removeAll()
    textEnds.removeAll(keepingCapacity: true)
    textColumns.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    for row in 0..<rows.count {
      for column in 0..<rows.columnCount {
        let range = rows.range(row, column: column)
        if !range.isEmpty { store.appendTexts(of: rows.bytes.span.extracting(range), to: &texts) }
        while textColumns.count < texts.count {
          textColumns.append(UInt8(truncatingIfNeeded: column))
        }
      }
      textEnds.append(texts.count)
    }
    store.add(texts, to: &numbers)
    var start = 0
    for end in textEnds {
      appendRow(start..<end, hasColumns: rows.columnCount > 1)
      start = end
    }
  }

  /// Appends the values of a row, rising, each once.
  private mutating func appendRow(_ range: Range<Int>, hasColumns: Bool) {
    let start = values.count
    for index in range {
      let number = numbers[index]
      var place = values.count
      while place > start, values[place - 1] > number { place -= 1 }
      guard place == start || values[place - 1] != number else { continue }
      if place == values.count {
        values.append(number)
        if hasColumns { columns.append(textColumns[index]) }
      } else {
        values.insert(number, at: place)
        if hasColumns { columns.insert(textColumns[index], at: place) }
      }
    }
    starts.append(UInt32(values.count))
  }

  /// Frees what only adding needs.
  mutating func finish() {
    texts = TextRows()
    textEnds = []
    textColumns = []
    numbers = []
    store.finish()
  }
}
