import FerryCore
import FerryRecords

/// What of a note goes into a field.
enum NotePart: Hashable, Sendable {
  case time
  case kind
  case text
}

// Free-form cells: each note is a record of its own, which refers to what its row makes.
extension TableMapper {
  /// Makes a record of each note of the row.
  ///
  /// - Returns: How many were made that are not rejected.
  mutating func makeNotes(
    _ index: Int, _ row: borrowing RowCells, into sink: inout MappingSink
  ) -> Int {
    guard let column = records[index].notesColumn, let cell = row.cell(column) else { return 0 }
    let text = row.bytes.span.extracting(cell.range).text
    var made = 0
    for found in DatedNotes.notes(in: text, year: records[index].notesYear) {
      note = found
      if makeRecord(index, row, into: &sink) { made += 1 }
      linkRecords(in: &sink)
      guard let doubt = found.doubt else { continue }
      sink.findings.append(
        Finding(
          doubt.rule, at: place(row, column: column), value: found.text,
          arguments: [found.time]))
    }
    note = nil
    return made
  }

  /// Fills a field from the note at hand, and marks a doubtful one.
  mutating func fillNote(
    _ part: NotePart, _ index: Int, _ field: Int, _ row: borrowing RowCells,
    into sink: inout MappingSink
  ) {
    guard let note else { return }
    let text =
      switch part {
      case .time: note.time
      case .kind: note.kind
      case .text: note.text
      }
    if part == .text, let doubt = note.doubt {
      let mark = ContiguousArray(doubt.rawValue.utf8)
      draft.setCustom(mark.span, key: ContiguousArray("doubt".utf8))
    }
    guard !text.isEmpty else { return }
    let bytes = ContiguousArray(text.utf8)
    convert(index, field, bytes.span, .text, row, into: &sink)
  }
}

extension DatedNote.Doubt {
  fileprivate var rule: Rule {
    switch self {
    case .noDate: .mappingNoteNoDate
    case .noYear: .mappingNoteNoYear
    case .afterComma: .mappingNoteComma
    case .newYear: .mappingNoteNewYear
    }
  }
}
