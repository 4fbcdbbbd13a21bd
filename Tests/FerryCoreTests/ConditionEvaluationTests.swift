import Testing

@testable import FerryCore

struct TruthCase: Sendable, CustomTestStringConvertible {
  let text: String
  let value: String?
  let holds: Bool
  let isBroken: Bool
  var testDescription: String { "\(text) where a is \(value ?? "absent")" }

  init(_ text: String, _ value: String?, holds: Bool, broken: Bool? = nil) {
    self.text = text
    self.value = value
    self.holds = holds
    isBroken = broken ?? !holds
  }

  static let all = [
    TruthCase("a is present", "x", holds: true),
    TruthCase("a is present", nil, holds: false),
    TruthCase("a is present", " \u{3000}\t", holds: false),
    TruthCase("a is absent", "", holds: true),
    TruthCase("a = 5", "5.00", holds: true),
    TruthCase("a = 5", "1,005", holds: false),
    TruthCase("a = 1005", " 1,005 ", holds: true),
    TruthCase("a = 7", "007", holds: false),
    TruthCase("a = 007", "007", holds: true),
    TruthCase("a = 123456789012345678", "123456789012345679", holds: false),
    TruthCase("a > 0.1", "0.10000000000000000000000001", holds: true),
    TruthCase("a >= 0", "-0.00", holds: true),
    TruthCase("a >= 0", "-0.01", holds: false),
    TruthCase("a > 9", "10", holds: true),
    TruthCase("a < -9", "-10", holds: true),
    TruthCase("a < 1e3", "999.9", holds: true),
    TruthCase("a >= 0", "无", holds: false, broken: false),
    TruthCase("a != 0", "无", holds: true),
    TruthCase("a = 赢单", "赢单", holds: true),
    TruthCase("a = Won", "won", holds: false),
    TruthCase("a >= 2024-03-05", "2024-10-01", holds: true),
    TruthCase("a < 2024-03-05", "2024-03-05T00:00:00Z", holds: false),
    TruthCase("a in (赢单, 5)", "5.0", holds: true),
    TruthCase("a in (赢单, 5)", "输单", holds: false),
    TruthCase("a = x", nil, holds: false, broken: false),
    TruthCase("a != x", nil, holds: true, broken: false),
    TruthCase("a >= 0", nil, holds: false, broken: false),
    TruthCase("a in (x)", nil, holds: false, broken: false),
    TruthCase("not a in (x)", nil, holds: true, broken: false),
    TruthCase("a >= 0 and a is present", nil, holds: false, broken: true),
    TruthCase("a >= 0 or a is absent", nil, holds: true, broken: false),
    TruthCase("a = x or b is present", "x", holds: true),
    TruthCase("a = x and b is present", "x", holds: false),
  ]
}

@Suite struct ConditionEvaluationTests {
  @Test(arguments: TruthCase.all)
  func decides(_ row: TruthCase) throws {
    let condition = try Condition.parse(row.text)
    #expect(condition.holds { $0 == "a" ? row.value : nil } == row.holds)
    let bound = BoundCondition(condition) { $0 == "a" ? 0 : 1 }
    let isBroken = bound.isBroken { slot, body in
      let bytes = ContiguousArray((slot == 0 ? row.value ?? "" : "").utf8)
      return body(bytes.span)
    }
    #expect(isBroken == row.isBroken)
  }

  @Test(arguments: [
    "", "-", "1,00", "1,0000", "01", ".", "1.", ".5", "1e", "1e+", "--1", "1 2", "0x1",
  ])
  func takesNoTextForANumber(_ text: String) {
    let bytes = ContiguousArray(text.utf8)
    #expect(ExactDecimal(bytes.span) == nil)
  }

  @Test func ordersNumbersByValue() throws {
    let rising = [
      "-1e2", "-99.5", "-1", "-0.5", "0", "0.05", "0.5", "1", "1.5", "9", "10", "1,000", "1E+21",
    ]
    let numbers = try rising.map { text in
      let bytes = ContiguousArray(text.utf8)
      let number = ExactDecimal(bytes.span)
      return try #require(number)
    }
    for (left, low) in numbers.enumerated() {
      for (right, high) in numbers.enumerated() {
        #expect((low < high) == (left < right), "\(rising[left]) < \(rising[right])")
      }
    }
  }
}
