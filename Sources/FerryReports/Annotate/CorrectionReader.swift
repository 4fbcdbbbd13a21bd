public import FerryCore
public import FerryMapping
import FerryTables
import Foundation

/// Reads an annotated workbook back: what people corrected in it, by cell or by answer.
///
/// A cell counts as corrected where it holds something else than it did. Rows are known by their keys,
/// so that they may have been sorted; an answer in the sheet of questions counts for each cell that
/// the question is about.
public struct CorrectionReader {
  /// What people corrected; each cell once.
  public private(set) var corrections: [CellCorrection] = []
  /// What can't be read, or contradicts itself.
  public private(set) var findings: [Finding] = []

  private var entries: [CellEntry] = []
  private let file: SourceFile

  /// Reads the workbook at `path`; throws where it can't be read at all.
  public init(path: String) throws {
    file = try SourceFile(path: path)
    guard try readMemory() else {
      findings.append(Finding(CorrectionRules.noWorkbook, at: Provenance(file: file.name)))
      return
    }
    try readAnswers()
    for sheet in file.sheets.indices where entries.contains(where: { $0.sheet == name(sheet) }) {
      try readCells(ofSheet: sheet)
    }
    decide()
  }

  private func name(_ sheet: Int) -> String { file.sheets[sheet].name }

  private func rows(
    _ sheet: Int, _ take: (_ row: Int, _ texts: [Int: String]) throws -> Bool
  ) throws {
    guard file.sheets[sheet].isWorksheet else { return }
    let reader = try file.rows(ofSheet: sheet)
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      for (index, row) in batch.rows.enumerated() {
        var texts: [Int: String] = [:]
        for cell in batch.cells(ofRow: index) {
          texts[Int(cell.columnIndex)] = RowKeyPart.trimmed(batch.text(of: cell))
        }
        guard try take(Int(row.rowNumber), texts) else { return }
      }
    }
  }

  // MARK: - Memory and answers

  private mutating func readMemory() throws -> Bool {
    for sheet in file.sheets.indices.reversed() {
      var found: [CellEntry] = []
      var isMemory = false
      try rows(sheet) { row, texts in
        if row == 1 {
          isMemory = texts[0] == CellMemory.mark
        } else if let entry = CellEntry(texts) {
          found.append(entry)
        }
        return isMemory
      }
      if isMemory {
        entries = found
        return true
      }
    }
    return false
  }

  /// How far down the headings of the questions may stand.
  private static let mostHeadRows = 30

  private mutating func readAnswers() throws {
    var answers: [String: String] = [:]
    for sheet in file.sheets.indices {
      var columns: (answer: Int, key: Int)?
      try rows(sheet) { row, texts in
        if let columns {
          if let key = texts[columns.key], let answer = texts[columns.answer], !answer.isEmpty {
            answers[key] = answer
          }
        } else if let key = texts.first(where: { $0.value == AnnotationWords.questionMark })?.key {
          columns = (key - 1, key)
        }
        return columns != nil || row < Self.mostHeadRows
      }
      if columns != nil { break }
    }
    for index in entries.indices {
      guard let answer = answers[entries[index].question],
        !AnnotationWords.leavesAsIs(answer)
      else { continue }
      entries[index].answer = answer
    }
  }

  // MARK: - Cells

  private mutating func readCells(ofSheet sheet: Int) throws {
    let own = entries.indices.filter { entries[$0].sheet == name(sheet) }
    let byRow = Dictionary(grouping: own) { entries[$0].address.rowNumber }
    var found: [Int: String] = [:]
    try rows(sheet) { row, texts in
      for index in byRow[row] ?? [] where entries[index].isIn(texts) {
        found[index] = texts[entries[index].address.columnIndex] ?? ""
      }
      return true
    }
    // Rows that stand elsewhere now.
    let lost = own.filter { found[$0] == nil }
    let byKey = Dictionary(grouping: lost.filter { !entries[$0].row.isEmpty }) {
      entries[$0].row[0]
    }
    if !byKey.isEmpty {
      let columns = Set(byKey.keys.map(\.columnIndex))
      try rows(sheet) { _, texts in
        for column in columns {
          let part = PlacedPart(columnIndex: column, column: "", value: texts[column] ?? "")
          for index in byKey[part] ?? [] where entries[index].isIn(texts) {
            found[index] = texts[entries[index].address.columnIndex] ?? ""
          }
        }
        return true
      }
    }
    for index in own {
      guard let text = found[index] else {
        entries[index].isLost = true
        continue
      }
      if text != entries[index].value { entries[index].edit = text }
    }
  }

  // MARK: - Decisions

  private struct ColumnValue: Hashable {
    let column: String
    let value: String
  }

  private mutating func decide() {
    for entry in entries where entry.isLost && entry.answer == nil {
      findings.append(
        Finding(CorrectionRules.rowLost, at: place(entry), arguments: [entry.column]))
    }
    for entry in entries {
      guard let answer = entry.answer, let edit = entry.edit, answer != edit else { continue }
      findings.append(Finding(CorrectionRules.twoAnswers, at: place(entry)))
    }
    let sound = entries.filter { !$0.isContradictory }
    let groups = Dictionary(grouping: sound) { ColumnValue(column: $0.column, value: $0.value) }
    var found: [CellCorrection] = []
    for (_, group) in groups {
      let replacements = Set(group.map(\.replacement))
      let isOne = replacements.count == 1 && group.allSatisfy(\.isToldByValue)
      for entry in group {
        guard let replacement = entry.replacement else { continue }
        let row = isOne ? [] : entry.row.map { RowKeyPart(column: $0.column, value: $0.value) }
        found.append(
          CellCorrection(
            column: entry.column, value: entry.value, row: row, replacement: replacement))
      }
    }
    settle(found)
  }

  /// Keeps each correction once, and none of those that contradict each other.
  private mutating func settle(_ found: [CellCorrection]) {
    for (_, same) in Dictionary(grouping: found, by: \.id) {
      if Set(same).count == 1 {
        corrections.append(same[0])
      } else {
        findings.append(
          Finding(
            CorrectionRules.contradictory, at: Provenance(file: file.name),
            arguments: [same[0].column, same[0].id]))
      }
    }
    corrections.sort { ($0.column, $0.value, $0.id) < ($1.column, $1.value, $1.id) }
  }

  private func place(_ entry: CellEntry) -> Provenance {
    Provenance(
      file: file.name, sheet: entry.sheet, rowNumber: entry.address.rowNumber,
      columnIndex: entry.address.columnIndex)
  }
}

/// A part of a row's key, with the column that it stands in.
struct PlacedPart: Hashable, Codable {
  let columnIndex: Int
  let column: String
  let value: String

  /// Parts are the same where column and value are, whatever the header.
  static func == (left: PlacedPart, right: PlacedPart) -> Bool {
    left.columnIndex == right.columnIndex && left.value == right.value
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(columnIndex)
    hasher.combine(value)
  }
}

/// A cell that was asked about, as the annotated workbook remembers it, and what became of it.
private struct CellEntry {
  let sheet: String
  let address: CellAddress
  let column: String
  let value: String
  let isToldByValue: Bool
  let row: [PlacedPart]
  let question: String
  var answer: String?
  var edit: String?
  /// Whether its row is not there any more.
  var isLost = false

  init?(_ texts: [Int: String]) {
    guard let sheet = texts[0], let address = texts[1].flatMap({ CellAddress($0) }),
      let column = texts[2], let data = texts[5]?.data(using: .utf8),
      let row = try? JSONDecoder().decode([PlacedPart].self, from: data)
    else { return nil }
    self.sheet = sheet
    self.address = address
    self.column = column
    self.row = row
    value = texts[3] ?? ""
    isToldByValue = texts[4] == "value"
    question = texts[6] ?? ""
  }

  /// Whether these are the cells of its row.
  func isIn(_ texts: [Int: String]) -> Bool {
    row.allSatisfy { (texts[$0.columnIndex] ?? "") == $0.value }
  }

  var isContradictory: Bool {
    guard let answer, let edit else { return false }
    return answer != edit
  }

  /// What is meant; `nil` where nothing was said.
  var replacement: String? { edit ?? answer.flatMap { $0 == value ? nil : $0 } }
}

/// What can be wrong with corrections, in words.
enum CorrectionRules {
  static let noWorkbook = Rule(
    id: "correction.no-workbook", severity: .error,
    message: Words(
      en: "this is no workbook that Ferry annotated, or its hidden sheet is gone",
      zh: "此文件不是 Ferry 写出的批注工作簿，或其隐藏工作表已被删除"),
    suggestion: Words(
      en: "Name the workbook that came back, saved as .xlsx.", zh: "请指定客户发回的 .xlsx 工作簿。"))

  static let twoAnswers = Rule(
    id: "correction.two-answers", severity: .warning,
    message: Words(
      en: "the cell was corrected, and the answer in the list of questions says otherwise: neither "
        + "is taken", zh: "单元格已修改，但问题清单中的答复与之不同，两者均未采用"),
    suggestion: Words(en: "Make them agree.", zh: "请改成一致。"))

  static let contradictory = Rule(
    id: "correction.contradictory", severity: .warning,
    message: Words(
      en: "correction {1} of column '{0}': several cells that nothing tells apart are corrected "
        + "differently, so that none is taken",
      zh: "更正 {1}（“{0}”列）：几个无法区分的单元格改成了不同的内容，均未采用"),
    suggestion: Words(
      en: "Give the rows a number or a name of their own, or correct them alike.",
      zh: "请为这些行补上编号或名称，或改成一致。"))

  static let rowLost = Rule(
    id: "correction.row-lost", severity: .info,
    message: Words(
      en: "the row of this cell of column '{0}' is not in the workbook any more",
      zh: "工作簿中已没有此单元格（“{0}”列）所在的行"),
    suggestion: Words(
      en: "Nothing needs to be done where the row was deleted on purpose.",
      zh: "若该行是有意删除的，则无需处理。"))
}
