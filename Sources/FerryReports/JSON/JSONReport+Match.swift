import FerryCore
import FerryMatching
import FerryMigration
import Foundation

extension JSONReport {
  /// A match as one document; times are left out, so equal input gives equal bytes.
  public func document(of summary: MatchSummary) -> JSONValue {
    let counts = summary.clusterCounts
    let figures = summary.result.figures
    return [
      "command": "match",
      "outcome": "matched",
      "tables": .array(summary.tables.map(table)),
      "columns": .array(summary.columns.map(column)),
      "left_out": .array(summary.guesses.filter { $0.kind == nil }.map(leftOut)),
      "columns_found": .boolean(!summary.guesses.isEmpty),
      "link": .string(summary.options.link.rawValue),
      "review": .number("\(summary.options.review)"),
      "merge": .number("\(summary.options.merge)"),
      "rows": .integer(figures.rowCount),
      "compared": .integer(figures.candidateCount),
      "common_values": figures.largeGroups.map(commonValues) ?? .null,
      "pairs": .integer(summary.result.pairs.count),
      "clusters": .integer(counts.clusters),
      "clustered_rows": .integer(counts.rows),
      "expected_precision": share(figures.expectedPrecision),
      "expected_recall": share(figures.expectedRecall),
      "explanation": summary.explanation.map(explanation) ?? .null,
    ]
  }

  /// How duplicates of one entity were found in a run.
  func matching(_ matching: EntityMatching) -> JSONValue {
    let overview = matching.overview
    return [
      "entity": .string(matching.entity),
      "review": .number("\(overview.review)"),
      "merge": .number("\(overview.merge)"),
      "compared": .integer(overview.figures.candidateCount),
      "expected_precision": share(overview.figures.expectedPrecision),
      "expected_recall": share(overview.figures.expectedRecall),
    ]
  }

  private func commonValues(_ large: LargeGroups) -> JSONValue {
    [
      "count": .integer(large.count), "rows_above": .integer(large.limit),
      "passed": .integer(large.passedCount), "passed_above": .integer(large.passedLimit),
      "largest_rows": .integer(large.largestRowCount), "largest_in": .string(large.largestField),
    ]
  }

  // Six digits, as in the pairs.
  private func share(_ value: Double) -> JSONValue {
    .number(NumberText.fixed(Decimal(value), digits: 6))
  }

  private func explanation(_ pair: PairExplanation) -> JSONValue {
    [
      "left": .integer(pair.left), "right": .integer(pair.right),
      "probability": share(pair.explanation.probability),
      "weight": share(pair.explanation.weight), "start": share(pair.explanation.startBits),
      "steps": .array(
        pair.explanation.steps.map { step in
          [
            "field": .string(step.field), "level": .string(orNull: step.level?[language]),
            "rows": step.sharedByRows.map { .integer($0) } ?? .null, "bits": share(step.bits),
          ]
        }),
    ]
  }

  private func table(_ table: MatchSummary.Table) -> JSONValue {
    [
      "file": .string(table.file), "sheet": .string(table.sheet),
      "header_row": .integer(table.headerRowNumber), "rows": .integer(table.rowCount),
    ]
  }

  private func column(_ column: MatchColumn) -> JSONValue {
    ["header": .string(column.header), "kind": .string(column.kind.rawValue)]
  }

  private func leftOut(_ guess: ColumnGuess) -> JSONValue {
    ["header": .string(guess.header), "reason": .string(guess.reason.rawValue)]
  }
}
