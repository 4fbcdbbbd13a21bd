import FerryCore
import FerryRecords
import Testing

@testable import FerryNormalization

/// One cell and what must become of it.
struct NormalizationCase: Sendable, CustomTestStringConvertible {
  let input: String
  let kind: CellKind
  /// The canonical text; `nil` where the value is blank or invalid.
  let output: String?
  /// The id of the rule that is told; `nil` where nothing is.
  let rule: String?

  init(_ input: String, _ output: String?, _ rule: String? = nil, kind: CellKind = .text) {
    self.input = input
    self.output = output
    self.rule = rule
    self.kind = kind
  }

  var testDescription: String {
    "\(input) → \(output ?? "nothing")\(rule.map { " [\($0)]" } ?? "")"
  }

  /// Normalizes and compares.
  func check(_ type: FieldType, _ options: NormalizationOptions = NormalizationOptions()) {
    var normalizer = FieldNormalizer(type: type, options: options)
    let (text, result) = normalizer.normalize(input, kind: kind)
    switch result {
    case .value:
      #expect(text == output, "\(input)")
      #expect(rule == nil, "\(input): nothing was told")
    case .valueWithIssue(let issue):
      #expect(text == output, "\(input)")
      #expect(rule == issue.rule.id, "\(input): \(words(issue))")
    case .blank, .invalid:
      #expect(output == nil, "\(input): \(result)")
      #expect(text.isEmpty)
      if case .invalid(let issue) = result {
        #expect(rule == issue.rule.id, "\(input): \(words(issue))")
      } else {
        #expect(rule == nil)
      }
    case .pending: #expect(output == "?", "\(input) waits for its column")
    }
  }

  private func words(_ issue: NormalizationIssue) -> String {
    issue.rule.message.filled(with: issue.arguments, in: .english)
  }
}
