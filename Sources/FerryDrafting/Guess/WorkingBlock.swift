import FerryCore
import FerryRecords

/// A field that was found a column, while a draft is made.
struct Pick {
  /// Positions in the table.
  var columns: [Int]
  var options: [DraftedField.Option] = []
  var values: [DraftedField.Value] = []
  var guess: Guess

  mutating func add(_ key: String, _ value: String) {
    options.append(DraftedField.Option(key: key, value: value))
  }
}

/// A record block while a draft is made: columns are positions still.
struct WorkingBlock {
  let entity: Entity
  let isPrimary: Bool
  var key: [Int] = []
  var keyGuess = Guess(0.9, [])
  /// The column that must hold something.
  var when: Int?
  var picks: [String: Pick] = [:]
  /// Columns that no field is for, by the name they get.
  var custom: [(name: String, pick: Pick)] = []
  /// The fields of its lines; empty where it has none.
  var lines: [String: Pick] = [:]
  var lineKey: Int?
  /// For activities of a free-form cell: the column of the notes.
  var entries: Int?

  /// The column that fills a field, where it is one.
  func column(of field: String) -> Int? { picks[field]?.columns.first }
}
