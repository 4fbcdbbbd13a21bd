import FerryCore
import FerryMatching
import Foundation

// Drawn as the other charts are: places along the width are percentages, letters keep their size.

/// How many pairs there are of each match weight; thresholds part the colours.
struct WeightHistogram {
  let overview: MatchOverview
  let language: Language

  private static let plotHeight = 140.0
  private static let topMargin = 8.0
  /// Weights that a label stands below.
  private static let labelStep = 10

  /// The weight of a probability, in bits.
  static func weight(ofProbability probability: Double) -> Double {
    let inside = min(max(probability, 1e-12), 1 - 1e-12)
    return log2(inside / (1 - inside))
  }

  /// `nil` where no pair was compared.
  var drawing: HTML? {
    let weights = overview.figures.weights
    guard let first = weights.firstIndex(where: { $0 > 0 }),
      let last = weights.lastIndex(where: { $0 > 0 })
    else { return nil }
    // A round frame, so that the axis begins and ends with a label.
    let limit = MatchFigures.weightLimit
    let low = Int((Double(first - limit) / 10).rounded(.down)) * 10
    let high = max(Int((Double(last - limit) / 10).rounded(.up)) * 10, low + 10)
    let bins = low...high
    let highest = log1p(Double(weights.max() ?? 1))
    let height = Int(Self.plotHeight + Self.topMargin) + 22
    return """
      <svg role="img" aria-label="\(MatchPageWords.histogram[language])" width="100%" height="\(String(height))">
      \(bins.map { bin($0, in: bins, highest: highest) })</svg>
      """
  }

  private func bin(_ weight: Int, in bins: ClosedRange<Int>, highest: Double) -> HTML {
    let width = 100 / Double(bins.count)
    let left = Double(weight - bins.lowerBound) * width
    let index = weight + MatchFigures.weightLimit
    let count =
      overview.figures.weights.indices.contains(index)
      ? overview.figures.weights[index] : 0
    let tall = log1p(Double(count)) / highest * Self.plotHeight
    let bottom = Self.topMargin + Self.plotHeight
    let title = MatchPageWords.binTitle.filled(
      with: [String(weight), NumberText.count(count)], in: language)
    let label: HTML =
      weight.isMultiple(of: Self.labelStep)
      ? "<text x=\"\(percent(left + width / 2))\" y=\"\(decimal(bottom + 16))\" class=\"month\">\(String(weight))</text>"
      : ""
    guard count > 0 else { return label }
    return """
      <rect x="\(percent(left + width * 0.08))" y="\(decimal(bottom - tall))" \
      width="\(percent(width * 0.84))" height="\(decimal(tall))" class="\(kind(Double(weight)))">\
      <title>\(title)</title></rect>\(label)

      """
  }

  private func kind(_ weight: Double) -> String {
    if weight >= Self.weight(ofProbability: overview.merge) { return "won" }
    return weight >= Self.weight(ofProbability: overview.review) ? "doubt" : "blank"
  }
}

/// How a pair's match weight comes together: each step's bar begins where the one before it ends.
///
/// A list rather than a drawing, so that long labels wrap on a phone.
struct Waterfall {
  struct Step {
    let label: String
    let note: String
    let bits: Double
  }

  /// What is said before any field, then the fields.
  let steps: [Step]
  let totalLabel: String

  var list: HTML {
    var reached = [0.0]
    for step in steps { reached.append(reached[reached.count - 1] + step.bits) }
    let total = reached[reached.count - 1]
    let frame = Frame(low: reached.min() ?? 0, high: reached.max() ?? 0)
    let items: [HTML] = steps.enumerated().map { index, step in
      item(
        step, from: reached[index], to: reached[index + 1], kind: step.bits < 0 ? "bad" : "won",
        in: frame)
    }
    let sum = Step(label: totalLabel, note: "", bits: total)
    return """
      <ol class="waterfall">
      \(items)\(item(sum, from: 0, to: total, kind: "stage", in: frame))</ol>

      """
  }

  /// The bits that the width of the list stands for.
  private struct Frame {
    let low: Double
    let high: Double

    func place(_ bits: Double) -> Double { (bits - low) / max(high - low, 1) * 100 }
  }

  private func item(
    _ step: Step, from start: Double, to end: Double, kind: String, in frame: Frame
  ) -> HTML {
    let (left, right) = (frame.place(min(start, end)), frame.place(max(start, end)))
    return """
      <li><span>\(step.label) <small>\(step.note)</small></span>\
      <b>\(MatchExplanation.bits(step.bits))</b>\
      <div class="steps"><i class="\(kind)" style="left:\(percent(left));\
      width:\(percent(max(right - left, 0.4)))"></i>\
      <i class="zero" style="left:\(percent(frame.place(0)))"></i></div></li>

      """
  }
}
