import CXLSXWriter
import FerryCore
import FerryTables
import Foundation

/// A new workbook with the values of a file that can't be patched, marked cells and all.
///
/// Rows are written as they come: memory does not grow with them.
struct NewWorkbook {
  private let annotations: Annotations
  private let language: Language

  init(_ annotations: Annotations, _ language: Language) {
    self.annotations = annotations
    self.language = language
  }

  /// Writes the file.
  func write(of source: String, options: SourceOptions, to path: String) throws {
    let file = try SourceFile(path: source, options: options)
    guard let book = PlainBook(path: path) else { throw AnnotationError.noMemory }
    // Its own names may be too long for a sheet, or hold what a sheet's name may not.
    let names = SheetNames(file.sheets.map(\.name))
    let own = QuestionSheet.names(besides: names.all, language)
    book.addSheet(own.questions)
    for name in names.all { book.addSheet(name) }
    book.addSheet(own.memory, isHidden: true)
    writeQuestions(in: book, names)
    let marks = Dictionary(grouping: annotations.marks, by: \.sheet)
    for (index, sheet) in file.sheets.enumerated() where sheet.isWorksheet {
      var marked: [CellAddress: CellMark] = [:]
      for mark in marks[sheet.name] ?? [] { marked[mark.address] = mark }
      try write(file.rows(ofSheet: index), to: index + 1, of: book, marked)
    }
    for (row, texts) in annotations.memory.enumerated() {
      for (column, text) in texts.enumerated() {
        book.text(text, file.sheets.count + 1, row, column, .plain)
      }
    }
    guard book.close() else { throw AnnotationError.unwritable(path) }
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  private func write(
    _ reader: any RowReader, to sheet: Int, of book: PlainBook, _ marks: [CellAddress: CellMark]
  ) throws {
    let rows = Dictionary(grouping: marks.values, by: \.address.rowNumber)
    var missing = rows.keys.sorted()[...]
    var batch = RowBatch()
    func fill(before row: Int) {
      while let number = missing.first, number < row {
        for mark in rows[number] ?? [] { book.mark(mark, on: sheet, nil) }
        missing.removeFirst()
      }
    }
    while try reader.read(into: &batch) {
      for (index, row) in batch.rows.enumerated() {
        let number = Int(row.rowNumber)
        fill(before: number)
        if missing.first == number { missing.removeFirst() }
        write(batch, index, to: sheet, of: book, marks, rows[number] ?? [])
      }
    }
    fill(before: .max)
  }

  private func write(
    _ batch: RowBatch, _ index: Int, to sheet: Int, of book: PlainBook,
    _ marks: [CellAddress: CellMark], _ ofRow: [CellMark]
  ) {
    let row = Int(batch.rows[index].rowNumber)
    var seen: Set<CellAddress> = []
    for cell in batch.cells(ofRow: index) {
      let address = CellAddress(columnIndex: Int(cell.columnIndex), rowNumber: row)
      let text = batch.text(of: cell)
      if let mark = ofRow.isEmpty ? nil : marks[address] {
        book.mark(mark, on: sheet, (text, cell.kind))
        seen.insert(address)
      } else {
        book.value(text, cell.kind, sheet, row - 1, address.columnIndex, .plain)
      }
    }
    for mark in ofRow where !seen.contains(mark.address) { book.mark(mark, on: sheet, nil) }
  }

  private func writeQuestions(in book: PlainBook, _ names: SheetNames) {
    book.text(annotations.title, 0, 0, 0, .title)
    for (index, line) in annotations.instructions.enumerated() {
      book.text(line, 0, index + 1, 0, .plain)
    }
    let head = annotations.instructions.count + 2
    for (column, words) in QuestionSheet.headings.enumerated() {
      book.text(words[language], 0, head, column, .head)
    }
    book.text(QuestionSheet.mark, 0, head, QuestionSheet.keyColumn, .plain)
    for (index, question) in annotations.questions.enumerated() {
      write(question, index, head + 1 + index, in: book, names)
    }
    book.finishQuestions(head: head)
  }

  private func write(
    _ question: Question, _ index: Int, _ row: Int, in book: PlainBook, _ names: SheetNames
  ) {
    let texts = [
      String(index + 1), question.sheet, "", String(question.count), question.value,
      question.problem, question.suggestion,
    ]
    for (column, text) in texts.enumerated() where column != 2 {
      book.text(text, 0, row, column, .cell)
    }
    let target = question.address.map { "\($0)" } ?? "A1"
    let sheet = names.shown(question.sheet).replacing("'", with: "''")
    book.link("internal:'\(sheet)'!\(target)", question.address == nil ? "→" : target, row, 2)
    book.text("", 0, row, QuestionSheet.answerColumn, question.key.isEmpty ? .cell : .answer)
    book.text(question.key, 0, row, QuestionSheet.keyColumn, .plain)
    for (place, choice) in question.choices.enumerated() {
      book.text(choice, 0, row, QuestionSheet.keyColumn + 1 + place, .plain)
    }
    if !question.choices.isEmpty { book.offer(question.choices.count, row) }
  }
}

/// Names that Excel takes for sheets, each once.
struct SheetNames {
  private(set) var all: [String] = []
  private var shownNames: [String: String] = [:]

  /// Source: Excel's specification: 31 characters, none of these, no quote at either end.
  private static let forbidden: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\"]

  init(_ names: [String]) {
    var taken: Set<String> = []
    for name in names {
      let plain = String(name.map { Self.forbidden.contains($0) || $0 == "'" ? "_" : $0 })
      var shown = Self.cut(plain.isEmpty ? "_" : plain, 31)
      var number = 2
      while !taken.insert(shown.lowercased()).inserted {
        let end = "~\(number)"
        shown = Self.cut(plain, 31 - end.count) + end
        number += 1
      }
      all.append(shown)
      shownNames[name] = shownNames[name] ?? shown
    }
  }

  /// The name under which a sheet of the source stands.
  func shown(_ name: String) -> String { shownNames[name] ?? name }

  private static func cut(_ name: String, _ count: Int) -> String {
    var name = name
    while name.utf16.count > count { name.removeLast() }
    return name
  }
}
