import FerryCore

/// The sheet of questions: one line each, with a link to the cell and a place for the answer.
///
/// Every text is an inline string, so that none is run as a formula.
struct QuestionSheet {
  private let annotations: Annotations
  private let kinds: WorkbookNamespaces
  private let language: Language

  init(_ annotations: Annotations, _ kinds: WorkbookNamespaces, _ language: Language) {
    self.annotations = annotations
    self.kinds = kinds
    self.language = language
  }

  /// The column of answers, and the hidden one of keys; choices stand behind it.
  static let answerColumn = 7
  static let keyColumn = 8
  /// What the key of the heading begins with.
  static let mark = "ferry-questions"
  private static let widths = [6, 18, 10, 8, 26, 44, 44, 26]
  static let headings = [
    Words(en: "No.", zh: "序号"), Words(en: "sheet", zh: "工作表"), Words(en: "cell", zh: "单元格"),
    Words(en: "cells", zh: "处数"), Words(en: "what stands there", zh: "现有内容"),
    Words(en: "question", zh: "问题"), Words(en: "suggestion", zh: "建议"),
    Words(en: "your answer", zh: "您的答复"),
  ]

  /// The row of the headings, one-based.
  private var headRow: Int { annotations.instructions.count + 3 }
  private func row(of index: Int) -> Int { headRow + 1 + index }

  /// The names of the two sheets, which no sheet of the workbook has.
  static func names(
    besides taken: [String], _ language: Language
  ) -> (questions: String, memory: String) {
    let folded = Set(taken.map { $0.lowercased() })
    func free(_ name: String) -> String {
      let all = [name] + (2...9_999).lazy.map { "\(name) (\($0))" }
      return all.first { !folded.contains($0.lowercased()) } ?? name
    }
    return (free(Words(en: "Questions", zh: "问题清单")[language]), free("_ferry"))
  }

  /// The XML of the sheet.
  func bytes(_ style: (StyleBook.Look) -> Int) -> ContiguousArray<UInt8> {
    var text = """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <worksheet xmlns="\(kinds.main)" xmlns:r="\(kinds.links)">\
      <sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\
      <sheetViews><sheetView tabSelected="1" showGridLines="0" workbookViewId="0">\
      <pane ySplit="\(headRow)" topLeftCell="A\(headRow + 1)" activePane="bottomLeft" \
      state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>
      """
    for (index, width) in Self.widths.enumerated() {
      text +=
        "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
    }
    let key = Self.keyColumn + 1
    text += "<col min=\"\(key)\" max=\"16384\" width=\"9\" hidden=\"1\" customWidth=\"1\"/></cols>"
    text += "<sheetData>" + rows(style) + "</sheetData>"
    text += validations() + links()
    text += """
      <pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>\
      <pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>
      """
    return ContiguousArray(text.utf8)
  }

  /// The XML of the sheet that nobody sees.
  func memoryBytes() -> ContiguousArray<UInt8> {
    var text = """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <worksheet xmlns="\(kinds.main)"><sheetData>
      """
    for (index, texts) in annotations.memory.enumerated() {
      let cells = texts.enumerated().map { Self.cell($1, index + 1, $0, style: 0) }
      text += "<row r=\"\(index + 1)\">\(cells.joined())</row>"
    }
    return ContiguousArray((text + "</sheetData></worksheet>").utf8)
  }

  private func rows(_ style: (StyleBook.Look) -> Int) -> String {
    var text = row(1, [(0, annotations.title, style(.title))])
    for (index, line) in annotations.instructions.enumerated() {
      text += row(index + 2, [(0, line, style(.note))])
    }
    var head = Self.headings.enumerated().map { ($0, $1[language], style(.head)) }
    head.append((Self.keyColumn, Self.mark, 0))
    text += row(headRow, head)
    for (index, question) in annotations.questions.enumerated() {
      text += row(row(of: index), cells(of: question, number: index + 1, style))
    }
    return text
  }

  private func cells(
    of question: Question, number: Int, _ style: (StyleBook.Look) -> Int
  ) -> [(Int, String, Int)] {
    let plain = style(.text)
    let isOpen = !question.key.isEmpty
    return [
      (0, String(number), plain), (1, question.sheet, plain),
      (2, question.address.map { "\($0)" } ?? "→", style(.link)),
      (3, String(question.count), plain), (4, question.value, plain),
      (5, question.problem, plain), (6, question.suggestion, plain),
      (Self.answerColumn, "", isOpen ? style(.answer) : plain), (Self.keyColumn, question.key, 0),
    ] + question.choices.enumerated().map { (Self.keyColumn + 1 + $0, $1, 0) }
  }

  private func row(_ number: Int, _ cells: [(column: Int, text: String, style: Int)]) -> String {
    let texts = cells.map { Self.cell($0.text, number, $0.column, style: $0.style) }
    return "<row r=\"\(number)\">\(texts.joined())</row>"
  }

  /// The longest text that a cell takes, in UTF-16 units.
  private static let longestText = 32_000

  private static func cell(_ text: String, _ row: Int, _ column: Int, style: Int) -> String {
    let address = "\(CellAddress(columnIndex: column, rowNumber: row))"
    guard !text.isEmpty else { return style == 0 ? "" : "<c r=\"\(address)\" s=\"\(style)\"/>" }
    let shown =
      text.utf16.count > longestText
      ? String(text.unicodeScalars.prefix(longestText / 2)) + "…" : text
    return "<c r=\"\(address)\" s=\"\(style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
      + XMLText.encodedCell(shown) + "</t></is></c>"
  }

  // Choices stand in hidden cells of the line: a list in the rule itself takes 255 characters
  // and no comma.
  private func validations() -> String {
    var rules: [String] = []
    for (index, question) in annotations.questions.enumerated() where !question.choices.isEmpty {
      let row = row(of: index)
      let first = CellAddress.columnName(Self.keyColumn + 1)
      let last = CellAddress.columnName(Self.keyColumn + question.choices.count)
      let answer = CellAddress(columnIndex: Self.answerColumn, rowNumber: row)
      rules.append(
        "<dataValidation type=\"list\" errorStyle=\"warning\" allowBlank=\"1\" "
          + "showErrorMessage=\"1\" sqref=\"\(answer)\"><formula1>$\(first)$\(row):$\(last)$\(row)"
          + "</formula1></dataValidation>")
    }
    guard !rules.isEmpty else { return "" }
    return "<dataValidations count=\"\(rules.count)\">\(rules.joined())</dataValidations>"
  }

  private func links() -> String {
    let links = annotations.questions.enumerated().map { index, question in
      let cell = CellAddress(columnIndex: 2, rowNumber: row(of: index))
      let sheet = question.sheet.replacing("'", with: "''")
      let target = question.address.map { "\($0)" } ?? "A1"
      return "<hyperlink ref=\"\(cell)\" location=\"\(XMLText.encoded("'\(sheet)'!\(target)"))\"/>"
    }
    return links.isEmpty ? "" : "<hyperlinks>\(links.joined())</hyperlinks>"
  }
}
