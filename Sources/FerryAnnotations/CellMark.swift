public import FerryCore

/// A cell that is coloured and gets a comment.
public struct CellMark: Hashable, Sendable {
  /// The sheet's name; for a CSV file the file's name without its extension.
  public let sheet: String
  /// The cell.
  public let address: CellAddress
  /// The worst of what is the matter.
  public let severity: Severity
  /// The comment: reasons and suggested value, one a line.
  public let text: String

  /// Marks a cell.
  public init(sheet: String, address: CellAddress, severity: Severity, text: String) {
    self.sheet = sheet
    self.address = address
    self.severity = severity
    self.text = text
  }
}

/// One line of the sheet of questions.
public struct Question: Hashable, Sendable {
  /// The sheet that it is about.
  public let sheet: String
  /// The first cell that it is about; `nil` where it is about the sheet.
  public let address: CellAddress?
  /// How many cells it is about.
  public let count: Int
  /// What the cell holds.
  public let value: String
  /// What is the matter.
  public let problem: String
  /// What to do, or the suggested value.
  public let suggestion: String
  /// What the answer may be; empty where it is free.
  public let choices: [String]
  /// What the answer changes, which nobody sees; empty where it can't be read back.
  public let key: String

  /// States a question.
  public init(
    sheet: String, address: CellAddress?, count: Int = 1, value: String = "", problem: String,
    suggestion: String = "", choices: [String] = [], key: String = ""
  ) {
    self.sheet = sheet
    self.address = address
    self.count = count
    self.value = value
    self.problem = problem
    self.suggestion = suggestion
    self.choices = choices
    self.key = key
  }
}

/// What is written into an annotated workbook.
public struct Annotations: Sendable {
  /// The cells to mark, each once, in any order.
  public var marks: [CellMark]
  /// The questions in the order in which they are asked.
  public var questions: [Question]
  /// Rows of texts for a sheet that nobody sees, by which corrections are read back.
  public var memory: [[String]]
  /// The sheet of questions: its title, and what to do, a line each.
  public var title: String
  /// What to do, a line each.
  public var instructions: [String]

  /// Gathers them.
  public init(
    marks: [CellMark] = [], questions: [Question] = [], memory: [[String]] = [],
    title: String = "", instructions: [String] = []
  ) {
    self.marks = marks
    self.questions = questions
    self.memory = memory
    self.title = title
    self.instructions = instructions
  }
}
