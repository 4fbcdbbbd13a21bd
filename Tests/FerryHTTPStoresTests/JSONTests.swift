import Testing

@testable import FerryHTTPStores

@Suite struct JSONTests {
  @Test(arguments: [
    (#"{"a":[1,2.50,-3e5],"b":null,"c":true}"#, #"{"a":[1,2.50,-3e5],"b":null,"c":true}"#),
    (#" { "b" : "x" , "a" : [ ] } "#, #"{"a":[],"b":"x"}"#),
    (#""\u4e2d\ud83d\ude00\n\/""#, "\"中😀\\n/\""),
    ("123456789012345678", "123456789012345678"),
    ("{}", "{}"),
  ])
  func `reads and writes the same value`(text: String, written: String) throws {
    let value = try JSON(Array(text.utf8))
    #expect(String(decoding: value.bytes, as: UTF8.self) == written)
    #expect(try JSON(value.bytes) == value)
  }

  @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "nul", "\"x", "1 2", "\"\\q\"", "<html>", "-"])
  func `refuses what is no JSON`(text: String) {
    #expect(throws: JSONError.self) { try JSON(Array(text.utf8)) }
  }

  @Test func `refuses what is nested too deep`() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSON(Array(text.utf8)) }
  }

  @Test func `half a character beyond U+FFFF becomes a replacement character`() throws {
    #expect(try JSON(Array(#""\ud83dx""#.utf8)) == "\u{FFFD}x")
  }
}
