import FerryCore
import FerryRecords
import Testing

@testable import FerryValidation

struct ValidationCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let entity: String
  let fields: [String: String]
  var rules: [String] = []
  var severity = Severity.error
  var status = ReferenceStatus.found
  /// Rule, cell and severity of each finding.
  var said: [String] = []
  var isRejected = false
  var cleared: [String] = []

  // Fields stand in columns by the alphabet of their names: B, C, D …
  static let all = [
    ValidationCase(
      testDescription: "a sound record has no finding", entity: "deal",
      fields: ["name": "n", "amount": "0.00", "stage": "won", "probability": "100"],
      rules: ["amount >= 0", "stage in (won, lost)"]),
    ValidationCase(
      testDescription: "an absent required field rejects", entity: "deal", fields: ["amount": "1"],
      said: ["validation.required-field 2 error"], isRejected: true),
    ValidationCase(
      testDescription: "a blank required field rejects", entity: "deal", fields: ["name": ""],
      said: ["validation.required-field B2 error"], isRejected: true),
    ValidationCase(
      testDescription: "a broken rule rejects", entity: "deal",
      fields: ["name": "n", "amount": "-1.00"], rules: ["amount >= 0"],
      said: ["validation.negative-amount B2 warning", "validation.rule-broken B2 error"],
      isRejected: true),
    ValidationCase(
      testDescription: "a comparison with an absent field breaks no rule", entity: "deal",
      fields: ["name": "n"], rules: ["amount >= 0", "stage = won"]),
    ValidationCase(
      testDescription: "a warning rejects nothing", entity: "contact", fields: ["name": "n"],
      rules: ["mobile or email is present"], severity: .warning,
      said: ["validation.rule-broken 2 warning"]),
    ValidationCase(
      testDescription: "a broken rule is shown at the first of its cells that is filled",
      entity: "contact", fields: ["name": "n", "title": "t"],
      rules: ["email is present and title != t"], said: ["validation.rule-broken C2 error"],
      isRejected: true),
    ValidationCase(
      testDescription: "a rule may speak of the key", entity: "contact", fields: ["name": "n"],
      rules: ["key = X1"]),
    ValidationCase(
      testDescription: "a word outside the value set rejects", entity: "deal",
      fields: ["name": "n", "stage": "赢单"], said: ["validation.unknown-choice C2 error"],
      isRejected: true),
    ValidationCase(
      testDescription: "a percentage above 100 rejects", entity: "deal",
      fields: ["name": "n", "probability": "100.5"],
      said: ["validation.percent-range C2 error"], isRejected: true),
    ValidationCase(
      testDescription: "dates in the wrong order are said", entity: "order",
      fields: ["end_date": "2024-03-05", "start_date": "2024-03-06"],
      said: ["validation.dates-reversed B2 warning"]),
    ValidationCase(
      testDescription: "one date twice is in order", entity: "order",
      fields: ["end_date": "2024-03-05", "start_date": "2024-03-05"]),
    ValidationCase(
      testDescription: "a link to nothing is cleared where it may be", entity: "deal",
      fields: ["account": "A1", "name": "n"], status: .missing,
      said: ["validation.link-unresolved B2 warning"], cleared: ["account"]),
    ValidationCase(
      testDescription: "a link to two is never guessed", entity: "deal",
      fields: ["account": "A1", "name": "n"], status: .ambiguous(2),
      said: ["validation.link-ambiguous B2 warning"], cleared: ["account"]),
    ValidationCase(
      testDescription: "a required link to a rejected record rejects", entity: "order_line",
      fields: ["order": "O1"], status: .rejected,
      said: ["validation.link-to-rejected B2 error"], isRejected: true),
  ]
}

@Suite struct ValidatorTests {
  @Test(arguments: ValidationCase.all)
  func checks(_ row: ValidationCase) throws {
    let table = try table(row.entity, [row.fields])
    let rules = try row.rules.map {
      RecordRule(
        entity: row.entity, condition: try Condition.parse($0), text: $0, severity: row.severity)
    }
    let validation = Validator(table.entity, rules: rules).check(table) { _, _ in row.status }
    let said = validation.findings.map { finding in
      let cell = finding.provenance?.description.split(separator: "!").last ?? ""
      return "\(finding.rule.id) \(cell) \(finding.severity)"
    }
    #expect(said == row.said)
    #expect(validation.rejections.keys.sorted() == (row.isRejected ? [0] : []))
    #expect(validation.cleared.map { table.fields[$0.fieldIndex].name } == row.cleared)
  }

  @Test func asksNothingRequiredOfARecordThatTheStoreHolds() throws {
    let table = try table("deal", [["amount": "1"]])
    let subject = RecordsToCheck(
      [0], supplier: { _, record in record }, firstRow: { $0 }, isInStore: { _ in true })
    #expect(Validator(table.entity, rules: []).check(table, subject).findings.isEmpty)
  }

  @Test func takesEachFieldFromTheRowThatSuppliesIt() throws {
    let table = try table("contact", [["name": "n"], ["name": "m", "email": "a@x.cn"]])
    let rule = RecordRule(
      entity: "contact", condition: try Condition.parse("email = a@x.cn and name = n"), text: "r")
    let subject = RecordsToCheck(
      [7], supplier: { field, _ in table.fields[field].name == "name" ? 0 : 1 },
      firstRow: { _ in 0 })
    let validator = Validator(table.entity, rules: [rule])
    #expect(validator.check(table, subject).findings.isEmpty)
    let other = RecordsToCheck([7], supplier: { _, _ in 1 }, firstRow: { _ in 0 })
    #expect(validator.check(table, other).rejections.keys.sorted() == [7])
  }

  @Test func passesOverRejectedRowsAndRulesOfOtherEntities() throws {
    var table = try table("contact", [["title": "x"], ["name": "n"]])
    table.rejections[0] = Finding(.requiredFieldAbsent)
    let rule = RecordRule(
      entity: "deal", condition: try Condition.parse("name is absent"), text: "r")
    #expect(Validator(table.entity, rules: [rule]).check(table).findings.isEmpty)
  }

  private func table(_ entityName: String, _ rows: [[String: String]]) throws -> RecordTable {
    let entity = try #require(SalesChain.entity(entityName))
    let names = Set(rows.flatMap(\.keys)).sorted()
    let fields = try names.map { try #require(entity.field($0)) }
    var table = RecordTable(entity: entity, fields: fields)
    table.recipes = [
      Recipe(
        file: "a.csv", sheet: "a", system: nil, columnIndexes: names.indices.map { Int32($0 + 1) })
    ]
    for (index, row) in rows.enumerated() {
      let id = ContiguousArray("X\(index + 1)".utf8)
      let record = table.append(
        externalID: id.span, origin: RecordOrigin(recipeIndex: 0, rowNumber: Int32(index + 2)))
      for (field, name) in names.enumerated() {
        guard let value = row[name] else { continue }
        let bytes = ContiguousArray(value.utf8)
        table.set(bytes.span, field: field, of: record)
      }
    }
    return table
  }
}
