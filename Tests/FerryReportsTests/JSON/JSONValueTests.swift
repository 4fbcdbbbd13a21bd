import Foundation
import Testing

@testable import FerryReports

@Suite struct JSONValueTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let value: JSONValue
    let text: String

    static let all = [
      Case(
        testDescription: "keys keep their order", value: ["b": 1, "a": nil, "c": true],
        text: #"{"b":1,"a":null,"c":true}"#),
      Case(
        testDescription: "quotes, backslashes and controls are escaped",
        value: .string("a\"b\\c\n\r\t\u{0}\u{1B}\u{7F}"),
        text: #""a\"b\\c\n\r\t\u0000\u001b\u007f""#),
      Case(testDescription: "other text stays", value: "客户 🚢", text: #""客户 🚢""#),
      Case(testDescription: "a decimal keeps its digits", value: .number("37.50"), text: "37.50"),
      Case(
        testDescription: "empty ones are closed at once", value: [.array([]), .object([])],
        text: "[[],{}]"),
    ]
  }

  @Test(arguments: Case.all)
  func writes(_ item: Case) { #expect(item.value.text() == item.text) }

  @Test("what is written reads back")
  func readsBack() throws {
    let text =
      String((0...0x2FF).compactMap { Unicode.Scalar($0).map(Character.init) }) + "\u{2028}"
    let written = JSONValue.array([.string(text)]).text(isIndented: true)
    let read = try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String]
    #expect(read == [text])
  }

  @Test("indented text puts each member on its own line")
  func indents() {
    let value: JSONValue = ["a": [1, 2], "b": .object([])]
    #expect(value.text(isIndented: true) == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}")
  }
}
