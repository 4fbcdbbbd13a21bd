import FerryCore
public import FerryMatching
import Foundation

extension TerminalReport {
  /// What columns were taken for, as a config that a person can save and correct.
  public func config(of guesses: [ColumnGuess]) -> String {
    let used = guesses.filter { $0.kind != nil }
    let rows = used.map { guess in
      ("  \(Self.key(guess.header)): \(guess.kind?.rawValue ?? "")", guess.reason)
    }
    let width = rows.map { $0.0.displayWidth }.max() ?? 0
    let lines = rows.map { line, reason in
      line + String(repeating: " ", count: width - line.displayWidth)
        + paint("  # \(MatchWords.reason(reason)[language])", .faint) + "\n"
    }
    return paint("# \(MatchWords.found[language])", .faint) + "\ncolumns:\n" + lines.joined()
      + leftOut(guesses) + paint("# \(MatchWords.howToFix[language])", .faint) + "\n"
  }

  private func leftOut(_ guesses: [ColumnGuess]) -> String {
    var headers: [ColumnGuess.Reason: [String]] = [:]
    for guess in guesses where guess.kind == nil && !guess.header.isEmpty {
      headers[guess.reason, default: []].append(guess.header)
    }
    return ColumnGuess.Reason.allCases.compactMap { reason in
      headers[reason].map { names in
        let list = names.joined(separator: language.comma).safeForTerminal
        let words = MatchWords.leftOut.filled(
          with: [list, MatchWords.reason(reason)[language]], in: language)
        return paint("# \(words)", .faint) + "\n"
      }
    }.joined()
  }

  /// A header as a YAML key that reads back as it is.
  private static func key(_ header: String) -> String {
    let isPlain = header.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_"
    }
    if isPlain, header.first?.isLetter == true { return header }
    let escaped = header.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    return "\"\(escaped.safeForTerminal)\""
  }

  /// A match in short: rows, pairs, clusters, and the files that were written.
  public func text(of summary: MatchSummary, written files: [String]) -> String {
    let counts = summary.clusterCounts
    let pairs = MatchWords.pairs.filled(
      with: [
        NumberText.count(summary.result.pairs.count), "\(summary.options.review)",
        NumberText.count(summary.result.figures.candidateCount),
      ], in: language)
    let clusters = MatchWords.clusters.filled(
      with: [
        NumberText.count(counts.clusters), NumberText.count(counts.rows),
        "\(summary.options.merge)",
      ], in: language)
    let list = files.joined(separator: language.comma)
    let end =
      files.isEmpty
      ? MatchWords.nothingWritten[language] : MatchWords.written.filled(with: [list], in: language)
    let large = summary.result.figures.largeGroups.map { [line(of: $0)] } ?? []
    return (summary.tables.map(line(of:)) + [pairs] + large + [clusters, end])
      .map { $0.safeForTerminal + "\n" }.joined()
  }

  private func line(of large: LargeGroups) -> String {
    MatchWords.largeGroups.filled(
      with: [
        NumberText.count(large.count), NumberText.count(large.limit),
        NumberText.count(large.passedCount), NumberText.count(large.passedLimit),
        NumberText.count(large.largestRowCount), large.largestField,
      ], in: language)
  }

  /// Why two rows are the same, or not: what each field adds, in bits.
  public func text(of pair: PairExplanation) -> String {
    let explanation = pair.explanation
    let head = MatchWords.explained.filled(
      with: [
        String(pair.left), String(pair.right),
        NumberText.fixed(Decimal(explanation.probability), digits: 6),
        NumberText.fixed(Decimal(explanation.weight), digits: 1),
      ], in: language)
    var table = TextTable([
      .init(MatchWords.field[language]), .init(MatchWords.agreement[language]),
      .init(MatchWords.bits[language], alignment: .right),
    ])
    table.add(["", MatchWords.start[language], Self.bits(explanation.startBits)])
    for step in explanation.steps {
      table.add([step.field, agreement(step), step.level == nil ? "" : Self.bits(step.bits)])
    }
    return paint(head, .strong) + "\n" + table.text(width: width)
  }

  private func agreement(_ step: MatchExplanation.Step) -> String {
    guard let level = step.level else { return MatchWords.silent[language] }
    guard let rows = step.sharedByRows else { return level[language] }
    return MatchWords.sharedBy.filled(with: [level[language], String(rows)], in: language)
  }

  private static func bits(_ value: Double) -> String {
    (value > 0 ? "+" : "") + NumberText.fixed(Decimal(value), digits: 1)
  }

  private func line(of table: MatchSummary.Table) -> String {
    let number = table.headerRowNumber
    let words = number == 1 ? MatchWords.rows : MatchWords.headerRow
    return words.filled(
      with: [table.place, NumberText.count(table.rowCount), String(number), String(number + 1)],
      in: language)
  }
}
