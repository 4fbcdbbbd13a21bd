public import FerryCore
import FerryMatching
public import FerryMigration
import FerryRecords

/// Writes the workbook in which a person decides on doubtful duplicates.
///
/// One block a pair: a yellow cell with a drop-down, the ids and cells of both records, then every
/// field of both, what differs coloured, with the evidence in words and bits; beside what differs
/// another drop-down, by which a person picks the value that is kept. Pairs of one group
/// follow each other. Every value is written as text, so that none is run as a formula.
public struct ReviewWorkbook {
  private let language: Language

  /// Writes in `language`; decisions can be made in either.
  public init(language: Language) { self.language = language }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - items: The pairs, those of one group together.
  ///   - run: The run whose plan they come from, by which the workspace is found again.
  ///   - path: Where to write; a file that is there is replaced.
  ///   - name: The file's name as instructions show it.
  /// - Returns: What libxlsxwriter says where the file can't be written; `nil` where it was.
  public func write(_ items: [ReviewItem], run: String, to path: String, name: String) -> String? {
    guard let sheet = ReviewSheet(path: path, ReviewWords.sheet[language]) else {
      return "out of memory"
    }
    var row = writeHead(items, run: run, name: name, on: sheet)
    for item in items { row = write(item, at: row, on: sheet) + 1 }
    return sheet.close()
  }

  private func writeHead(
    _ items: [ReviewItem], run: String, name: String, on sheet: borrowing ReviewSheet
  ) -> Int {
    let title = ReviewWords.title.filled(with: [String(items.count)], in: language)
    sheet.text(title, 0, 0, .title)
    for (index, line) in ReviewWords.instructions.enumerated() {
      sheet.text(line.filled(with: [name], in: language), index + 1, 0, .note)
    }
    let head = ReviewWords.instructions.count + 2
    for (column, words) in ReviewWords.columns.enumerated() {
      sheet.text(words[language], head, column, .head)
    }
    sheet.text("\(ReviewKey.runMark) \(run)", head, ReviewKey.keyColumn, .head)
    sheet.freeze(above: head + 1)
    return head + 1
  }

  /// Writes one pair; gives the row after it.
  private func write(_ item: ReviewItem, at start: Int, on sheet: borrowing ReviewSheet) -> Int {
    let entity = SalesChain.entity(item.entity)
    sheet.choice(decision(of: item)?[language] ?? "", start, 0, ReviewWords.choices(language))
    sheet.text(
      ReviewWords.group.filled(
        with: [String(item.group), entity?.label[language] ?? item.entity], in: language),
      start, 1, .band)
    let sides = [item.left, item.right].map { "\($0.externalID)\n\($0.place)" }
    for (index, side) in sides.enumerated() { sheet.text(side, start, index + 2, .band) }
    // What speaks for a likely pair follows line by line.
    let isLikely = item.state == .open && item.probability != nil
    let message = isLikely ? ReviewWords.likely[language] : item.message(in: language)
    sheet.text(message, start, 4, .band)
    sheet.fitHeight(of: start, [(2, sides[0]), (3, sides[1]), (4, message)])
    if let probability = item.probability {
      // Never rounded up to one, as everywhere.
      sheet.number((probability * 1000).rounded(.down) / 1000, start, 5, .probability)
    } else {
      sheet.text("", start, 5, .band)
    }
    sheet.text(ReviewKey.text(of: item), start, ReviewKey.keyColumn, .plain)
    sheet.text(item.decision(isSame: true).label, start, ReviewKey.labelColumn, .plain)
    var row = start + 1
    var told: Set<Int> = []
    for field in item.fields {
      writeField(field, of: item, entity, at: row, told: &told, on: sheet)
      row += 1
    }
    if let bits = item.startBits {
      sheet.text(ReviewWords.start[language], row, 4, .plain)
      sheet.number(bits, row, 5, .bits)
      row += 1
    }
    return row
  }

  private func writeField(
    _ field: ReviewItem.FieldPair, of item: ReviewItem, _ entity: Entity?, at row: Int,
    told: inout Set<Int>, on sheet: borrowing ReviewSheet
  ) {
    sheet.text(entity?.field(field.field)?.label[language] ?? field.field, row, 1, .label)
    let isDifferent = field.left != nil && field.right != nil && field.left != field.right
    if isDifferent { writePick(field.field, of: item, at: row, on: sheet) }
    sheet.text(field.left ?? "", row, 2, isDifferent ? .different : .plain)
    sheet.text(field.right ?? "", row, 3, isDifferent ? .different : .plain)
    var texts = [(2, field.left ?? ""), (3, field.right ?? "")]
    defer { sheet.fitHeight(of: row, texts) }
    let place = item.evidence.firstIndex { $0.fields.contains(field.field) }
    guard let place, told.insert(place).inserted else { return }
    let evidence = item.evidence[place]
    texts.append((4, evidence.text(in: language)))
    sheet.text(texts[2].1, row, 4, .plain)
    sheet.number(evidence.bits, row, 5, .bits)
  }

  /// A cell in which a person picks whose value is kept.
  private func writePick(
    _ field: String, of item: ReviewItem, at row: Int, on sheet: borrowing ReviewSheet
  ) {
    let picked = item.picks?[field].map { $0 == item.left.digest ? 0 : 1 }
    let words = ReviewWords.sides.map { $0[language] }
    sheet.choice(picked.map { words[$0] } ?? "", row, 0, words, .pick)
    sheet.text("\(ReviewKey.fieldMark) \(field)", row, ReviewKey.keyColumn, .plain)
  }

  private func decision(of item: ReviewItem) -> Words? {
    switch item.state {
    case .same: ReviewWords.same
    case .different: ReviewWords.different
    case .open, .merged: nil
    }
  }
}

/// How a pair is found again in the workbook: columns that are hidden.
enum ReviewKey {
  static let keyColumn = 6
  static let labelColumn = 7
  static let pairMark = "ferry-pair"
  static let fieldMark = "ferry-field"
  static let runMark = "ferry-run"

  /// The entity and both digests.
  static func text(of item: ReviewItem) -> String {
    "\(pairMark) \(item.entity) \(item.left.digest) \(item.right.digest)"
  }
}
