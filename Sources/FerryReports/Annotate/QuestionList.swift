public import FerryAnnotations
public import FerryCore
public import FerryMapping
public import FerryTables
import Foundation

/// What a client should be asked about one of their files.
public struct FileQuestions: Sendable {
  /// The client's file.
  public let path: String
  /// What places call it: its name, with folders where another file of the mapping has the same.
  public let name: String
  /// How it is read.
  public let options: SourceOptions
  /// What goes into its annotated copy.
  public let annotations: Annotations
}

/// Makes questions for clients of the findings of a run.
///
/// Findings of the severity `info`, and those that only follow from others, are not asked.
public struct QuestionList {
  private let language: Language
  private let run: String

  /// Findings that follow from others: nothing in the cell itself is wrong.
  private static let consequences: Set = ["link.to-rejected"]
  /// More lines nobody answers.
  private static let mostQuestions = 5_000

  /// Asks in `language`; `run` is written down, so that answers find back.
  public init(language: Language, run: String) {
    self.language = language
    self.run = run
  }

  /// The questions by file, in the order of the mapping; only files that there is something to ask
  /// about.
  ///
  /// - Throws: Where a source can't be read any more.
  public func files(_ findings: [Finding], _ tables: [MappedTable]) throws -> [FileQuestions] {
    var byFile: [String: [Finding]] = [:]
    for finding in findings where finding.severity > .info {
      guard let place = finding.provenance, place.rowNumber != nil,
        !Self.consequences.contains(finding.rule.id)
      else { continue }
      byFile[place.file, default: []].append(finding)
    }
    var paths: [String] = []
    for table in tables where !paths.contains(table.path) { paths.append(table.path) }
    return try paths.compactMap { path in
      let own = tables.filter { $0.path == path }
      guard let first = own.first, let found = byFile[first.table.file] else { return nil }
      let annotations = try annotations(found, own, SourceFile(path: path, options: first.options))
      return FileQuestions(
        path: path, name: first.table.file, options: first.options, annotations: annotations)
    }
  }

  /// A cell with all that is the matter with it.
  private struct Cell {
    let address: CellAddress
    let sheet: String
    var findings: [Finding]
    /// The cells that the findings name: of merged cells all get the first one's value.
    var named: Set<CellAddress>
    var severity: Severity { findings.map(\.severity).max() ?? .warning }
  }

  private func annotations(
    _ findings: [Finding], _ tables: [MappedTable], _ file: SourceFile
  ) throws -> Annotations {
    var asked = AskedCells()
    var marks: [CellMark] = []
    for (index, cells) in grouped(findings, tables) {
      let table = index.map { tables[$0] }
      let flagged = try table.map {
        try FlaggedCells($0, cells.reduce(into: []) { $0.formUnion($1.named) }, in: file)
      }
      for cell in cells {
        let question = self.question(cell, table, flagged)
        marks.append(mark(cell, question))
        asked.add(question, isToldByValue: flagged?.isToldByValue(cell.address) ?? false)
      }
    }
    var list = asked.questions
    var instructions = AnnotationWords.instructions.map { $0[language] }
    if list.count > Self.mostQuestions {
      let rest = String(list.count - Self.mostQuestions)
      instructions.append(AnnotationWords.more.filled(with: [rest], in: language))
      list.removeLast(list.count - Self.mostQuestions)
    }
    return Annotations(
      marks: marks, questions: list, memory: CellMemory.rows(asked.cells, run: run),
      title: AnnotationWords.title.filled(with: [file.name], in: language),
      instructions: instructions)
  }

  /// The cells by table, in the order of the sheets; those of no table last.
  private func grouped(
    _ findings: [Finding], _ tables: [MappedTable]
  ) -> [(table: Int?, cells: [Cell])] {
    struct Place: Hashable {
      let sheet: String
      let address: CellAddress
    }
    var places: [Place: Int] = [:]
    var cells: [Cell] = []
    var ofTable: [Int?] = []
    for finding in findings {
      guard let place = finding.provenance, let row = place.rowNumber, let sheet = place.sheet
      else { continue }
      let table = tables.firstIndex { $0.holds(sheet, row, place.columnIndex) }
      let first = table.flatMap { tables[$0].table.columns.first?.columnIndex } ?? 0
      let named = CellAddress(columnIndex: place.columnIndex ?? first, rowNumber: row)
      let merged = table.flatMap { tables[$0].table.mergedRanges.first { $0.contains(named) } }
      let address = merged?.first ?? named
      let key = Place(sheet: sheet, address: address)
      if let known = places[key] {
        cells[known].findings.append(finding)
        cells[known].named.insert(named)
      } else {
        places[key] = cells.count
        cells.append(
          Cell(address: address, sheet: sheet, findings: [finding], named: [named]))
        ofTable.append(table)
      }
    }
    let groups = Dictionary(grouping: cells.indices) { ofTable[$0] ?? .max }
    return groups.sorted { $0.key < $1.key }.map { table, members in
      (
        table == .max ? nil : table,
        members.map { cells[$0] }.sorted { ($0.sheet, $0.address) < ($1.sheet, $1.address) }
      )
    }
  }

  private func question(
    _ cell: Cell, _ table: MappedTable?, _ flagged: FlaggedCells?
  ) -> AskedCell {
    let problems = unique(cell.findings.map { AnnotationWords.problem($0, in: language) })
    var suggestions = unique(cell.findings.map { AnnotationWords.suggestion($0, in: language) })
    let choices =
      cell.findings.compactMap { finding -> [String]? in
        guard finding.rule.id == "mapping.unmapped-value", let field = finding.arguments.first
        else {
          return nil
        }
        return table?.choices[field].map { words in unique(words.map { $0[language] }) }
      }.first ?? []
    let value = flagged?[cell.address] ?? cell.findings.first?.value ?? ""
    let guess =
      cell.findings.lazy.compactMap(Self.suggestedValue).first
      ?? NearestName.of(value, among: choices)
    if let guess {
      suggestions.insert(AnnotationWords.suggested.filled(with: [guess], in: language), at: 0)
    }
    return AskedCell(
      sheet: cell.sheet, address: cell.address,
      column: table?.column(cell.address.columnIndex)?.name, value: value,
      row: flagged?.rowKey(of: cell.address) ?? [], problem: problems.joined(separator: "\n"),
      suggestion: suggestions.joined(separator: "\n"), choices: choices)
  }

  private func mark(_ cell: Cell, _ question: AskedCell) -> CellMark {
    CellMark(
      sheet: cell.sheet, address: cell.address, severity: cell.severity,
      text: question.problem + "\n" + question.suggestion)
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// The value that the rule itself found likely.
  private static func suggestedValue(_ finding: Finding) -> String? {
    switch finding.rule.id {
    case "credit-code.lookalike" where finding.arguments.count > 1: finding.arguments[1]
    default: nil
    }
  }
}

extension MappedTable {
  /// Whether a cell, or a row, lies in the table.
  fileprivate func holds(_ sheet: String, _ row: Int, _ column: Int?) -> Bool {
    guard table.sheet == sheet, row >= table.firstRowNumber, row <= table.lastRowNumber ?? .max
    else { return false }
    return column.map { table.columnIndexes.contains($0) } ?? true
  }
}
