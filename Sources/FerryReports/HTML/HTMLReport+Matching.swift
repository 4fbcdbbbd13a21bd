import FerryCore
import FerryMatching
import FerryMigration
import Foundation

// How duplicates were found: figures, weights, doubtful pairs with their evidence, the model.
extension HTMLReport {
  func matching(_ found: [EntityMatching]) -> HTML {
    guard !found.isEmpty else { return .empty }
    let parts: [HTML] = found.map { matching in
      """
      <h3>\(ReportWords.entityName(matching.entity, in: language))</h3>
      \(facts(matching))\(histogram(matching.overview))\(pairs(matching))\(model(matching))
      """
    }
    return note(MatchPageWords.note) + parts.joined + note(MatchPageWords.assumption)
  }

  // MARK: - Figures

  private func facts(_ matching: EntityMatching) -> HTML {
    let overview = matching.overview
    let (review, merge) = (threshold(overview.review), threshold(overview.merge))
    let tiles: [(Words, String, String)] = [
      (MatchPageWords.compared, NumberText.count(overview.figures.candidateCount), ""),
      (
        MatchPageWords.merged, NumberText.count(matching.mergedCount),
        MatchPageWords.mergedNote.filled(with: [merge], in: language)
      ),
      (
        MatchPageWords.open, NumberText.count(matching.openCount),
        MatchPageWords.openNote.filled(with: [review, merge], in: language)
      ),
      (
        MatchPageWords.precision, estimate(overview.figures.expectedPrecision),
        MatchPageWords.precisionNote[language]
      ),
      (
        MatchPageWords.recall, estimate(overview.figures.expectedRecall),
        MatchPageWords.recallNote[language]
      ),
    ]
    let boxes: [HTML] = tiles.map { label, value, note in
      """
      <div class="fact"><span>\(label[language])</span><b>\(value)</b><small>\(note)</small></div>

      """
    }
    return "<div class=\"facts-grid\">\n\(boxes)</div>\n"
  }

  /// Never rounded up to all of them.
  private func estimate(_ share: Double) -> String {
    share < 1 ? NumberText.percent(min(share, 0.999)) : NumberText.percent(1)
  }

  private func threshold(_ probability: Double) -> String { "\(probability)" }

  private func histogram(_ overview: MatchOverview) -> HTML {
    guard let drawing = WeightHistogram(overview: overview, language: language).drawing else {
      return .empty
    }
    let keys = [
      ("blank", MatchPageWords.below), ("doubt", MatchPageWords.between),
      ("won", MatchPageWords.above),
    ]
    let legend: [HTML] = keys.map { kind, label in
      "<span><i class=\"dot \(kind)\"></i>\(label[language])</span> "
    }
    return """
      <figure>
      <figcaption><b>\(MatchPageWords.histogram[language])</b>\
      <small>\(MatchPageWords.histogramNote[language])</small>\
      <span class="legend">\(legend)</span></figcaption>
      \(drawing)
      </figure>

      """
  }

  // MARK: - Pairs

  private func pairs(_ matching: EntityMatching) -> HTML {
    let groups: [(Words, ReviewItem.State, Int)] = [
      (MatchPageWords.openPairs, .open, matching.openCount),
      (MatchPageWords.mergedPairs, .merged, matching.mergedCount),
    ]
    let parts: [HTML] = groups.map { title, state, count in
      let shown = matching.pairs.filter { $0.state == state }
      guard !shown.isEmpty else { return .empty }
      return """
        <h4>\(title[language])</h4>
        \(shown.map(pair))\(more(count - shown.count))
        """
    }
    return parts.joined
  }

  private func pair(_ item: ReviewItem) -> HTML {
    let names = MatchPageWords.pairHead.filled(
      with: [language.quoted(item.left.name), language.quoted(item.right.name)], in: language)
    let probability = MatchPageWords.probability.filled(
      with: [item.probability.map { MatchExplanation.probability($0) } ?? "–"], in: language)
    let heads = [
      Head(title: PageWords.field), Head(title: MatchPageWords.one),
      Head(title: MatchPageWords.other),
    ]
    let places: [HTML] = [
      "\(PageWords.place[language])", "<span class=\"place\">\(item.left.place)</span>",
      "<span class=\"place\">\(item.right.place)</span>",
    ]
    let rows: [[HTML]] = item.fields.map { field in
      let isSame = field.left == nil || field.right == nil || field.left == field.right
      let name = ReportWords.fieldName(field.field, of: item.entity, in: language)
      return [name, field.left, field.right].enumerated().map { index, text in
        if index == 0 { return "\(text ?? "")" }
        return isSame ? value(text) : "<mark>\(value(text))</mark>"
      }
    }
    return """
      <details class="pair"><summary><b class="value">\(names)</b> <span>\(probability)</span></summary>
      \(waterfall(item))\(table(heads, [places] + rows, kind: "sides"))</details>

      """
  }

  private func waterfall(_ item: ReviewItem) -> HTML {
    guard let start = item.startBits else { return .empty }
    let steps = item.evidence.map { evidence in
      let names = evidence.fields.map {
        ReportWords.fieldName($0, of: item.entity, in: language)
      }
      return Waterfall.Step(
        label: names.joined(separator: " + "), note: evidence.text(in: language),
        bits: evidence.bits)
    }
    let before = Waterfall.Step(label: MatchPageWords.start[language], note: "", bits: start)
    let chart = Waterfall(steps: [before] + steps, totalLabel: MatchPageWords.total[language])
    return "<h4>\(MatchPageWords.waterfall[language])</h4>\n\(chart.list)"
  }

  // MARK: - The model

  private func model(_ matching: EntityMatching) -> HTML {
    let heads = [
      Head(title: PageWords.field), Head(title: MatchPageWords.outcome),
      Head(title: Words(en: "m", zh: "m"), isNumber: true),
      Head(title: Words(en: "u", zh: "u"), isNumber: true),
      Head(title: MatchPageWords.bits, isNumber: true),
    ]
    let rows: [[HTML]] = matching.overview.fields.flatMap { field in
      let names = field.name.split(separator: "+").map {
        ReportWords.fieldName(String($0), of: matching.entity, in: language)
      }
      return field.outcomes.enumerated().map { index, outcome -> [HTML] in
        let head: HTML = index == 0 ? "<b>\(names.joined(separator: " + "))</b>" : ""
        return [
          head, "\(text(of: outcome))", "\(share(outcome.match))", "\(share(outcome.other))",
          "\(MatchExplanation.bits(outcome.bits))",
        ]
      }
    }
    return """
      <details><summary>\(MatchPageWords.model[language])</summary>
      \(note(MatchPageWords.modelNote))\(table(heads, rows))</details>

      """
  }

  private func text(of outcome: MatchOverview.Outcome) -> String {
    let words = outcome.text(in: language)
    guard let rows = outcome.leastRows else { return words }
    return MatchPageWords.heldBy.filled(with: [words, NumberText.count(rows)], in: language)
  }

  /// Four digits; what is rarer than 1 in 1,000 with a power of ten.
  private func share(_ probability: Double) -> String {
    guard probability < 0.001, probability > 0 else {
      return NumberText.fixed(Decimal(probability), digits: 4)
    }
    let power = Int(log10(probability).rounded(.down))
    let digits = NumberText.fixed(Decimal(probability * pow(10, Double(-power))), digits: 1)
    return "\(digits)e\(power)"
  }
}
