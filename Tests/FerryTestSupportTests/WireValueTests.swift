import FerryTestSupport
import Testing

@Suite struct WireValueTests {
  @Test(arguments: [
    #"{"a":[1,-2.50,1e3,true,false,null],"b":{"c":"客户\u0001\"\\"}}"#, "[]", "{}", #""""#, "0",
  ])
  func writesWhatItRead(_ text: String) throws {
    let value = try WireValue(parsing: text)
    #expect(String(decoding: value.bytes, as: UTF8.self) == text)
  }

  @Test func keepsNumbersAndTextsApart() throws {
    let value = try WireValue(parsing: #"{"n":100.01,"s":"100.01","u":"\ud83d\ude00"}"#)
    #expect(value["n"] == .number("100.01"))
    #expect(value["s"] == "100.01")
    #expect(value["u"] == "😀")
  }

  @Test(arguments: [
    "", "{", #"{"a":1,"a":2}"#, "[1,]", "01", "1.", "tru", "\"\u{1}\"", #""\ud83d""#, "[] []",
    String(repeating: "[", count: 100),
  ])
  func refusesWhatIsNoJSON(_ text: String) {
    #expect(throws: WireValueFault.self) { try WireValue(parsing: text) }
  }
}
