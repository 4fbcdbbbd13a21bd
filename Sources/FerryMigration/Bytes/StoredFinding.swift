import FerryCore

/// A finding as JSON in a plan or journal, with its rule's words, so that it reads the same later.
struct StoredFinding: Decodable {
  var rule: String
  var ruleSeverity: String
  var severity: String
  var file: String?
  var sheet: String?
  var row: Int?
  var column: Int?
  var value: String?
  var arguments: [String]
  var message: [String]
  var suggestion: [String]

  private var finding: Finding {
    let words = { (texts: [String]) in Words(en: texts.first ?? "", zh: texts.last ?? "") }
    let rule = Rule(
      id: rule, severity: Severity(rawValue: ruleSeverity) ?? .warning, message: words(message),
      suggestion: words(suggestion))
    let place = file.map {
      Provenance(file: $0, sheet: sheet, rowNumber: row, columnIndex: column)
    }
    return Finding(
      rule, at: place, value: value, arguments: arguments, severity: Severity(rawValue: severity))
  }

  /// The finding as JSON with sorted keys.
  static func encode(_ finding: Finding) -> String {
    var json = JSONText()
    json.begin()
    json.member("arguments", finding.arguments)
    json.member("column", finding.provenance?.columnIndex)
    json.member("file", finding.provenance?.file)
    json.member("message", [finding.rule.message.english, finding.rule.message.chinese])
    json.member("row", finding.provenance?.rowNumber)
    json.member("rule", finding.rule.id)
    json.member("ruleSeverity", finding.rule.severity.rawValue)
    json.member("severity", finding.severity.rawValue)
    json.member("sheet", finding.provenance?.sheet)
    json.member("suggestion", [finding.rule.suggestion.english, finding.rule.suggestion.chinese])
    json.member("value", finding.value)
    json.end()
    return json.text
  }

  /// Reads what ``encode(_:)`` wrote; `nil` for anything else.
  static func decode(_ text: String) -> Finding? {
    // Text of another version is left out rather than guessed.
    (try? StoredJSON.value(StoredFinding.self, in: text))?.finding
  }
}
