import FerryCore
import Testing

@testable import FerryReports

@Suite struct FindingGroupTests {
  @Test("the worst come first, then the most frequent, then by name")
  func order() {
    let findings = [
      Finding(SampleRules.unit, arguments: ["万", "元"]), Finding(SampleRules.email),
      Finding(SampleRules.email), Finding(SampleRules.encoding), Finding(SampleRules.amount),
    ]
    #expect(
      FindingGroup.groups(of: findings, examples: 9).map(\.rule.id) == [
        "money.not-a-number", "email.no-at", "csv.encoding-detected", "money.unit-in-cell",
      ])
  }

  @Test("a group says what all of its findings say, with an ellipsis where they differ")
  func commonWords() {
    let findings = ["暂缓", "搁置"].map {
      Finding(SampleRules.stage, arguments: [$0, "deal.stage"])
    }
    let group = FindingGroup.groups(of: findings, examples: 1).first
    #expect(group?.message(in: .english) == "no line of the map covers '…' for deal.stage")
    #expect(group?.isUniform == false)
    #expect(group?.examples.count == 1)
  }

  @Test("one rule with two severities makes two groups")
  func severities() {
    let findings = [Finding(SampleRules.email), Finding(SampleRules.email, severity: .error)]
    #expect(
      FindingGroup.groups(of: findings, examples: 9).map(\.severity) == [.error, .warning])
  }
}
