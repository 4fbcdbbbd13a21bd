import Testing

@testable import FerryCore

struct ConditionCase: Sendable, CustomTestStringConvertible {
  let text: String
  let condition: Condition
  var testDescription: String { text }

  init(_ text: String, _ condition: Condition) {
    self.text = text
    self.condition = condition
  }

  static let all = [
    ConditionCase("联系人 is present", .isPresent("联系人")),
    ConditionCase("name is absent", .isAbsent("name")),
    ConditionCase("name is not present", .isAbsent("name")),
    ConditionCase("NAME IS NOT ABSENT", .isPresent("NAME")),
    ConditionCase("amount >= 0", .compare("amount", .greaterOrEqual, "0")),
    ConditionCase("amount>=-1.50", .compare("amount", .greaterOrEqual, "-1.50")),
    ConditionCase("阶段 != 输单", .compare("阶段", .notEqual, "输单")),
    ConditionCase("date < 2024-03-05", .compare("date", .less, "2024-03-05")),
    ConditionCase("a <= 1", .compare("a", .lessOrEqual, "1")),
    ConditionCase("a > 1", .compare("a", .greater, "1")),
    ConditionCase(
      "\"Account Name\" = 'Closed Won'", .compare("Account Name", .equal, "Closed Won")),
    ConditionCase("\"金额(元)\" is present", .isPresent("金额(元)")),
    ConditionCase("金额（元） is present", .isPresent("金额（元）")),
    ConditionCase("\"a\"\"b\" = \"\"", .compare("a\"b", .equal, "")),
    ConditionCase("\"and\" = \"or\"", .compare("and", .equal, "or")),
    ConditionCase("x = O'Brien", .compare("x", .equal, "O'Brien")),
    ConditionCase("阶段 in (赢单, 输单)", .isOneOf("阶段", ["赢单", "输单"])),
    ConditionCase("stage in(won)", .isOneOf("stage", ["won"])),
    ConditionCase("stage not in (won)", .not(.isOneOf("stage", ["won"]))),
    ConditionCase("mobile or email is present", .or([.isPresent("mobile"), .isPresent("email")])),
    ConditionCase(
      "a and b and c is absent", .and([.isAbsent("a"), .isAbsent("b"), .isAbsent("c")])),
    ConditionCase("(a or b) is present", .or([.isPresent("a"), .isPresent("b")])),
    ConditionCase("a or b > 3", .or([.compare("a", .greater, "3"), .compare("b", .greater, "3")])),
    ConditionCase("not a is present", .not(.isPresent("a"))),
    ConditionCase(
      "not (a = 1 or b = 2)", .not(.or([.compare("a", .equal, "1"), .compare("b", .equal, "2")]))),
    ConditionCase(
      "a is present or b is present and c is present",
      .or([.isPresent("a"), .and([.isPresent("b"), .isPresent("c")])])),
    ConditionCase(
      "a is present or b or c is present",
      .or([.isPresent("a"), .or([.isPresent("b"), .isPresent("c")])])),
    ConditionCase(
      "(a is present or b is present) and c = 1",
      .and([.or([.isPresent("a"), .isPresent("b")]), .compare("c", .equal, "1")])),
    ConditionCase("a\nis\u{3000}present", .isPresent("a")),
  ]
}

struct ConditionFault: Sendable, CustomTestStringConvertible {
  let text: String
  let offset: Int
  let found: String?
  let expected: Words
  var testDescription: String { text }

  init(_ text: String, at offset: Int, found: String?, _ expected: Words) {
    self.text = text
    self.offset = offset
    self.found = found
    self.expected = expected
  }

  static let all = [
    ConditionFault("", at: 0, found: nil, .conditionName),
    ConditionFault("手机号", at: 3, found: nil, .conditionPredicate),
    ConditionFault("Account Name is present", at: 8, found: "Name", .conditionPredicate),
    ConditionFault("a is", at: 4, found: nil, .conditionPresence),
    ConditionFault("a is there", at: 5, found: "there", .conditionPresence),
    ConditionFault("a = ", at: 4, found: nil, .conditionValue),
    ConditionFault("a == 1", at: 3, found: "=", .conditionValue),
    ConditionFault("a ! 1", at: 2, found: "!", .conditionNotEqual),
    ConditionFault("a = and b = 1", at: 4, found: "and", .conditionValue),
    ConditionFault("a = Closed Won", at: 11, found: "Won", .conditionEnd),
    ConditionFault("(a = Closed Won)", at: 12, found: "Won", .conditionClose),
    ConditionFault("a in won", at: 5, found: "won", .conditionList),
    ConditionFault("a in ()", at: 6, found: ")", .conditionValue),
    ConditionFault("a in (b c)", at: 8, found: "c", .conditionListEnd),
    ConditionFault("a not present", at: 6, found: "present", .conditionIn),
    ConditionFault("a = \"b", at: 4, found: nil, .conditionQuote),
    ConditionFault("a or b and c is present", at: 7, found: "and", .conditionOneLink),
    ConditionFault("and = 1", at: 0, found: "and", .conditionName),
    ConditionFault("(a is present", at: 13, found: nil, .conditionClose),
    ConditionFault("a is present)", at: 12, found: ")", .conditionEnd),
  ]
}

@Suite struct ConditionParsingTests {
  @Test(arguments: ConditionCase.all)
  func readsTheGrammar(_ row: ConditionCase) throws {
    #expect(try Condition.parse(row.text) == row.condition)
  }

  @Test(arguments: ConditionFault.all)
  func saysWhereAFaultLies(_ row: ConditionFault) {
    let fault = ConditionError(offset: row.offset, expected: row.expected, found: row.found)
    #expect(throws: fault) { try Condition.parse(row.text) }
  }

  @Test func refusesEndlessNesting() {
    let deep = String(repeating: "(", count: 100_000)
    #expect(throws: ConditionError(offset: 64, expected: .conditionDepth, found: "(")) {
      try Condition.parse(deep)
    }
  }

  @Test func namesEachNameOnce() throws {
    let condition = try Condition.parse("b or a is present and not (c in (1) or b = 2)")
    #expect(condition.names == ["b", "a", "c"])
  }

  @Test func putsAFaultIntoWords() {
    let fault = ConditionError(offset: 0, expected: .conditionListEnd, found: "c")
    #expect(fault.message(in: .english) == #"expected "," or ")", found "c""#)
    #expect(fault.message(in: .chinese) == #"此处应为“,”或“)”，却是"c""#)
  }
}
