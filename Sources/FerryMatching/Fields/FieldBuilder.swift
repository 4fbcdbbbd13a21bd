import FerryCore

// How it works: a million cells spell far fewer values, and finding out which one a cell spells is
// a look-up in a table that no cache holds. So rows come in batches, and each table is touched for
// the whole batch before it is asked; only a text that was never seen is taken apart.

/// Takes rows in batches and makes the field that they are compared by.
protocol FieldBuilder: AnyObject {
  /// Takes what the next rows say: for each row as many texts as the field has columns.
  func append(_ texts: TextList)
  /// The field; the builder is of no use afterwards.
  func finish() -> any ComparedField
}

/// Makes a field of which a row says one thing.
final class StoredFieldBuilder<Store: ValueStore>: FieldBuilder {
  private let name: String
  private let kind: ColumnKind
  private var rows: StoredRows<Store>

  init(_ name: String, _ kind: ColumnKind, _ store: Store, columnCount: Int) {
    self.name = name
    self.kind = kind
    rows = StoredRows(store, columnCount: columnCount)
  }

  func append(_ texts: TextList) { rows.append(texts) }

  func finish() -> any ComparedField {
    rows.finish()
    return StoredField(name, kind, rows.store, rows.values)
  }
}

private struct StoredRows<Store: ValueStore> {
  private(set) var store: Store
  /// The value of each row; 0 for none.
  private(set) var values = ContiguousArray<UInt32>()
  private let columnCount: Int
  /// The values of texts that have been seen.
  private var known = NumberTable()
  private var hashes = ContiguousArray<UInt64>()
  private var text = TextList()

  init(_ store: Store, columnCount: Int) {
    self.store = store
    self.columnCount = columnCount
  }

  mutating func append(_ texts: TextList) {
    hashes.removeAll(keepingCapacity: true)
    for row in 0..<texts.count / columnCount { hashes.append(hash(of: row, texts)) }
    known.touch(hashes)
    for row in hashes.indices {
      let hash = hashes[row]
      values.append(hash == 0 ? 0 : known.number(of: hash) ?? addNew(row, hash, texts))
    }
  }

  /// Reads a text that has not been seen.
  private mutating func addNew(_ row: Int, _ hash: UInt64, _ texts: TextList) -> UInt32 {
    text.removeAll()
    text.append(row * columnCount..<(row + 1) * columnCount, of: texts)
    let value = store.add(text)
    known.insert(hash, value)
    return value
  }

  /// What a row's texts are known by; 0 where none holds a byte.
  private func hash(of row: Int, _ texts: TextList) -> UInt64 {
    let bytes = texts.bytes.span
    var hash: UInt64 = 0
    var isEmpty = true
    for index in row * columnCount..<(row + 1) * columnCount {
      let range = texts.range(index)
      isEmpty = isEmpty && range.isEmpty
      hash = ByteHash.hash(bytes.extracting(range), seed: hash)
    }
    return isEmpty ? 0 : max(hash, 1)
  }

  /// Frees what only adding needs.
  mutating func finish() {
    known = NumberTable()
    hashes = []
    text = TextList()
    store.finish()
  }
}

/// Makes a field of which a row may say several things, such as its phones.
final class SetFieldBuilder<Store: ValueSetStore>: FieldBuilder {
  private let name: String
  private let kind: ColumnKind
  private var rows: SetRows<Store>

  init(_ name: String, _ kind: ColumnKind, _ store: Store, columnCount: Int) {
    self.name = name
    self.kind = kind
    rows = SetRows(store, columnCount: columnCount)
  }

  func append(_ texts: TextList) { rows.append(texts) }

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
  private let columnCount: Int
  private var valueTexts = TextList()
  /// Where the texts of each row end.
  private var textEnds = ContiguousArray<Int>()
  private var textColumns = ContiguousArray<UInt8>()
  private var numbers = ContiguousArray<UInt32>()

  init(_ store: Store, columnCount: Int) {
    self.store = store
    self.columnCount = columnCount
  }

  mutating func append(_ texts: TextList) {
    valueTexts.removeAll()
    textEnds.removeAll(keepingCapacity: true)
    textColumns.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    let bytes = texts.bytes.span
    for row in 0..<texts.count / columnCount {
      for column in 0..<columnCount {
        let range = texts.range(row * columnCount + column)
        if !range.isEmpty { store.appendTexts(of: bytes.extracting(range), to: &valueTexts) }
        while textColumns.count < valueTexts.count {
          textColumns.append(UInt8(truncatingIfNeeded: column))
        }
      }
      textEnds.append(valueTexts.count)
    }
    store.add(valueTexts, to: &numbers)
    var start = 0
    for end in textEnds {
      appendRow(start..<end)
      start = end
    }
  }

  /// Appends the values of a row, rising, each once.
  private mutating func appendRow(_ range: Range<Int>) {
    let start = values.count
    for index in range {
      let number = numbers[index]
      var place = values.count
      while place > start, values[place - 1] > number { place -= 1 }
      guard place == start || values[place - 1] != number else { continue }
      values.insert(number, at: place)
      if columnCount > 1 { columns.insert(textColumns[index], at: place) }
    }
    starts.append(UInt32(values.count))
  }

  /// Frees what only adding needs.
  mutating func finish() {
    valueTexts = TextList()
    textEnds = []
    textColumns = []
    numbers = []
    store.finish()
  }
}
