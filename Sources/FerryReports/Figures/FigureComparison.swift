public import FerryCore
public import FerryMigration
import Foundation

/// Two sets of sales figures, measure by measure.
public struct FigureComparison: Hashable, Sendable {
  /// One measure on both sides.
  struct Row: Hashable, Sendable {
    let key: String
    let title: String
    /// Empty where that side has no such measure.
    let left: String
    let right: String
    let isTotal: Bool

    var isEqual: Bool { left == right || (Self.isNothing(left) && Self.isNothing(right)) }

    /// Right less left; `nil` where a side is no number.
    var difference: Decimal? {
      let locale = Locale(identifier: "en_US_POSIX")
      guard let from = Decimal(string: left.isEmpty ? "0" : left, locale: locale),
        let to = Decimal(string: right.isEmpty ? "0" : right, locale: locale)
      else { return nil }
      return to - from
    }

    // A group that is not there, and one of which there is nothing, are the same.
    private static func isNothing(_ text: String) -> Bool {
      text.utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
    }
  }

  /// The figures held against.
  public let left: SalesFigures
  /// The figures that are compared with them.
  public let right: SalesFigures
  let rows: [Row]

  /// Compares them; titles are in `language`.
  public init(_ left: SalesFigures, _ right: SalesFigures, in language: Language) {
    (self.left, self.right) = (left, right)
    let (first, second) = (
      FigureMeasures(left, in: language).all, FigureMeasures(right, in: language).all
    )
    let other = Dictionary(second.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(first.map(\.key))
    let both = first.map { measure in
      Row(
        key: measure.key, title: measure.title, left: measure.value,
        right: other[measure.key]?.value ?? "", isTotal: measure.isTotal)
    }
    let added = second.filter { !known.contains($0.key) }.map { measure in
      Row(
        key: measure.key, title: measure.title, left: "", right: measure.value,
        isTotal: measure.isTotal)
    }
    rows =
      both.filter(\.isTotal) + added.filter(\.isTotal) + both.filter { !$0.isTotal }
      + added.filter { !$0.isTotal }
  }

  /// Whether every measure is the same on both sides.
  public var isEqual: Bool { rows.allSatisfy(\.isEqual) }
}

extension TerminalReport {
  /// All totals, and of the groups what differs; `left` and `right` say what was compared.
  public func text(of comparison: FigureComparison, left: String, right: String) -> String {
    let shown = comparison.rows.filter { $0.isTotal || !$0.isEqual }
    var table = TextTable(
      [.init(FigureWords.figure[language])]
        + numbers([FigureWords.left, FigureWords.right, FigureWords.difference]))
    for row in shown {
      table.add([
        row.title, row.left.isEmpty ? "–" : NumberText.grouped(row.left),
        row.right.isEmpty ? "–" : NumberText.grouped(row.right),
        row.isEqual ? "=" : row.difference.map(signed) ?? "≠",
      ])
    }
    let count = comparison.rows.count { !$0.isEqual }
    let words = comparison.isEqual ? FigureWords.equal : FigureWords.different
    let counts = [NumberText.count(count), NumberText.count(comparison.rows.count)]
    return FigureWords.sides.filled(
      with: [left.safeForTerminal, right.safeForTerminal], in: language)
      + "\n" + text(of: table) + words.filled(with: counts, in: language) + "\n"
  }

  private func signed(_ difference: Decimal) -> String {
    let text = NumberText.grouped(difference.description)
    return difference > 0 ? "+\(text)" : text
  }
}

extension JSONReport {
  /// What differs, and both sides' figures in full.
  public func document(of comparison: FigureComparison, left: String, right: String) -> JSONValue {
    [
      "command": "figures", "outcome": .string(comparison.isEqual ? "equal" : "different"),
      "left": .string(left), "right": .string(right),
      "differences": .array(
        comparison.rows.filter { !$0.isEqual }.map { row in
          [
            "figure": .string(row.key), "left": number(row.left), "right": number(row.right),
            "difference": row.difference.map { .number($0.description) } ?? .null,
          ]
        }),
      "left_figures": document(of: comparison.left),
      "right_figures": document(of: comparison.right),
    ]
  }

  private func number(_ text: String) -> JSONValue { text.isEmpty ? .null : .number(text) }
}

extension ValueMask {
  /// The same figures without the names of owners and sources.
  public mutating func masked(_ figures: SalesFigures) -> SalesFigures {
    figures.renamed { mask($0) }
  }
}
