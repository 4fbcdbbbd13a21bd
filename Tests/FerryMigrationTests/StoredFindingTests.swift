import FerryCore
import Testing

@testable import FerryMigration

@Suite struct StoredFindingTests {
  private static let rule = Rule(
    id: "test.rule", severity: .error, message: Words(en: "{0} is off", zh: "{0} 有误"),
    suggestion: Words(en: "Mend it.", zh: "请修正。"))

  private static let findings = [
    Finding(rule, arguments: []),
    Finding(
      rule, at: Provenance(file: "a.csv", sheet: "客户", rowNumber: 5, columnIndex: 3), value: "x/y",
      arguments: ["x/y", ""], severity: .info),
    Finding(rule, at: Provenance(file: "a.csv", sheet: nil, rowNumber: nil, columnIndex: nil)),
    Finding(rule, value: "a \"b\"\n\\c\u{1}", arguments: ["tab\t"]),
  ]

  @Test(arguments: findings.indices)
  func `both ways of reading a stored finding agree`(index: Int) {
    let text = StoredFinding.encode(Self.findings[index])
    let decoded = StoredFinding.decode(text)
    #expect(decoded == Self.findings[index])
    let bytes = Bytes(text.utf8)
    let read = StoredFindingReader.finding(in: bytes.span)
    // What has escapes is left to the decoder.
    #expect(read == (text.contains("\\") ? nil : decoded))
  }

  @Test(arguments: ["", "{", "{}", "[]", "{\"rule\":}", "{\"row\":-1}", "{\"rule\":\"x\"}"])
  func `what is none is left to the decoder`(text: String) {
    let bytes = Bytes(text.utf8)
    let read = StoredFindingReader.finding(in: bytes.span)
    #expect(read == nil)
  }
}
