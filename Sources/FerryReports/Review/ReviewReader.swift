public import FerryCore
public import FerryMatching
import FerryTables

/// What a person decided in a workbook that ``ReviewWorkbook`` wrote.
public struct ReviewReader {
  /// What is to become of what is known of a pair.
  public enum Answer: Hashable, Sendable {
    /// A decision to remember.
    case decision(MatchDecision)
    /// An earlier decision to forget.
    case skip(MatchDecision)
  }

  /// The run that the workbook was exported from.
  public private(set) var run: String?
  /// The cells that say something.
  public private(set) var answers: [Answer] = []
  /// How many cells were left blank.
  public private(set) var blankCount = 0
  /// What can't be read; nothing is to be remembered then.
  public private(set) var findings: [Finding] = []
  /// Of the pair above: both digests, and whether it was called the same.
  private var digests: [String] = []
  private var isSame = false

  /// Reads a workbook.
  ///
  /// - Throws: What the file says that can't be read at all.
  public init(path: String) throws {
    let file = try SourceFile(path: path)
    for sheet in file.sheets.indices where file.sheets[sheet].isWorksheet {
      let reader = try file.rows(ofSheet: sheet)
      var batch = RowBatch()
      while try reader.read(into: &batch) {
        for row in batch.rows.indices {
          take(batch, row, in: Provenance(file: file.name, sheet: file.sheets[sheet].name))
        }
      }
    }
    if run == nil, findings.isEmpty {
      findings.append(Finding(ReviewWords.noReview, at: Provenance(file: file.name)))
    }
  }

  /// Takes in whose value of a field is kept, of the pair above.
  private mutating func pick(_ word: String, field: String, at place: Provenance) {
    guard !word.isEmpty else { return }
    let side = ReviewWords.sides.firstIndex { $0.english == word || $0.chinese == word }
    guard let side else {
      findings.append(Finding(ReviewWords.unknownDecision, at: place, value: word))
      return
    }
    guard isSame, case .decision(var decision)? = answers.last else {
      findings.append(Finding(ReviewWords.pickAlone, at: place))
      return
    }
    decision.picks[field] = digests[side]
    answers[answers.count - 1] = .decision(decision)
  }

  private mutating func take(_ batch: RowBatch, _ rowIndex: Int, in sheet: Provenance) {
    var texts: [Int: String] = [:]
    for cell in batch.cells(ofRow: rowIndex) {
      let column = Int(cell.columnIndex)
      if [0, ReviewKey.keyColumn, ReviewKey.labelColumn].contains(column) {
        texts[column] = batch.text(of: cell)
      }
    }
    let key = (texts[ReviewKey.keyColumn] ?? "").split(separator: " ").map(String.init)
    if key.count == 2, key[0] == ReviewKey.runMark { run = key[1] }
    let place = Provenance(
      file: sheet.file, sheet: sheet.sheet, rowNumber: Int(batch.rows[rowIndex].rowNumber),
      columnIndex: 0)
    let word = (texts[0] ?? "").filter { !$0.isWhitespace }.lowercased()
    if key.count == 2, key[0] == ReviewKey.fieldMark { pick(word, field: key[1], at: place) }
    guard key.count == 4, key[0] == ReviewKey.pairMark else { return }
    digests = [key[2], key[3]]
    isSame = false
    let decide = { (isSame: Bool) in
      MatchDecision(
        entity: key[1], digests: [key[2], key[3]], isSame: isSame,
        label: texts[ReviewKey.labelColumn] ?? "")
    }
    switch word {
    case "": blankCount += 1
    case ReviewWords.same.english, ReviewWords.same.chinese:
      isSame = true
      answers.append(.decision(decide(true)))
    case ReviewWords.different.english, ReviewWords.different.chinese:
      answers.append(.decision(decide(false)))
    case ReviewWords.skip.english, ReviewWords.skip.chinese: answers.append(.skip(decide(true)))
    default:
      findings.append(Finding(ReviewWords.unknownDecision, at: place, value: texts[0]))
    }
  }
}
