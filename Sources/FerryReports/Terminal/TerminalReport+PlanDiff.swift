import FerryCore
public import FerryMigration

extension TerminalReport {
  /// How many records a terminal shows.
  private static let shownRecords = 50

  /// What differs between two plans; contents only where values are shown.
  public func text(of diff: PlanDiff) -> String {
    guard !diff.isEmpty else {
      return words(PlanDiffWords.equal, NumberText.count(diff.same)) + "\n"
    }
    let counts = [diff.changed, diff.removed, diff.added, diff.same].map(NumberText.count)
    let head = PlanDiffWords.different.filled(with: counts, in: language)
    var parts = [paint(head, .strong) + "\n"]
    if !diff.differences.isEmpty { parts.append(records(diff)) }
    if !diff.removedNotes.isEmpty || !diff.addedNotes.isEmpty { parts.append(notes(diff)) }
    if !showsValues {
      parts.append(words(PlanDiffWords.showValues, NumberText.count(PlanDiff.listed)) + "\n")
    }
    return parts.joined(separator: "\n")
  }

  private func words(_ words: Words, _ argument: String) -> String {
    words.filled(with: [argument], in: language)
  }

  private func records(_ diff: PlanDiff) -> String {
    let shown = Array(diff.differences.prefix(Self.shownRecords))
    let rest = diff.changed + diff.removed + diff.added - shown.count
    let more = rest > 0 ? words(ReportWords.more, NumberText.count(rest)) + "\n" : ""
    return (showsValues ? blocks(shown) : table(shown)) + more
  }

  private func table(_ differences: [PlanDiff.Difference]) -> String {
    var table = TextTable(
      [
        PlanDiffWords.entity, PlanDiffWords.record, PlanDiffWords.first, PlanDiffWords.second,
        PlanDiffWords.parts,
      ].map { .init($0[language]) })
    for difference in differences {
      guard let record = difference.left ?? difference.right else { continue }
      table.add([
        record.entity, record.externalID, kind(difference.left), kind(difference.right),
        difference.parts.map(\.name).joined(separator: ", "),
      ])
    }
    return table.text(width: width)
  }

  /// Each record with what differs below it, the first plan's before the second's.
  private func blocks(_ differences: [PlanDiff.Difference]) -> String {
    differences.compactMap { difference in
      guard let record = difference.left ?? difference.right else { return nil }
      let head =
        "  \(record.entity) \(record.externalID) · \(kind(difference.left)) | "
        + kind(difference.right)
      // Marks of what stays as it is say nothing to a person.
      let parts = difference.parts.filter { $0.name != "kind" && $0.name != "held" }
      let lines = parts.flatMap { part in
        ["      \(part.name)", "        − \(part.left ?? "–")", "        + \(part.right ?? "–")"]
      }
      return ([head] + lines).map { $0.safeForTerminal + "\n" }.joined()
    }.joined()
  }

  private func kind(_ record: PlanRecord?) -> String {
    record.map { ReportWords.change($0.kind)[language] } ?? "–"
  }

  private func notes(_ diff: PlanDiff) -> String {
    var lines = [PlanDiffWords.notes[language]]
    for part in PlanNote.Part.allCases {
      let removed = diff.removedNotes.filter { $0.part == part }
      let added = diff.addedNotes.filter { $0.part == part }
      guard !removed.isEmpty || !added.isEmpty else { continue }
      let name = PlanDiffWords.part(part.rawValue)[language]
      lines.append(
        "  \(name): −\(NumberText.count(removed.count)) +\(NumberText.count(added.count))")
      guard showsValues else { continue }
      lines += removed.prefix(Self.shownRecords).map { "    − \($0.text.safeForTerminal)" }
      lines += added.prefix(Self.shownRecords).map { "    + \($0.text.safeForTerminal)" }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
