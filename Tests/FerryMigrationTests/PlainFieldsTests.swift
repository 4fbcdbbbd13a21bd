import FerryCore
import Testing

@testable import FerryMigration

@Suite struct PlainFieldsTests {
  @Test(arguments: [
    "[]", "[\"甲\"]", "[0,\"a\",0,0,\"\",null]", "[[\"A1\",12],\"b\",[\"A2\",\"7\"],[\"A3\",true]]",
    "[[\"\",1]]", "[null,null,0,\"x\"]",
  ])
  func `a plain line reads as in full`(_ line: String) {
    let json = Bytes(line.utf8)
    var ids = AppliedIDs(changeCount: 20)
    ids.set(Bytes("4711".utf8).span, of: 12)
    var (plain, full) = (PlainFields(), ParsedFields())
    let isPlain = plain.parse(json.span)
    let isWhole = full.parse(json.span)
    #expect(isPlain && isWhole)
    let found = plain.fields.map { field in
      let text = json.span.extracting(field.text).text
      return "\(field.place) \(field.at) \(field.at > 0 ? ids.withID(field.at) { $0.text } : text)"
    }
    let wanted = full.fields.filter { !$0.isLater }.map { field in
      "\(field.place) \(field.at) \(full.withNew(field, ids) { $0.text })"
    }
    #expect(found == wanted)
  }

  @Test(arguments: [
    "", "[", "[\"a\"", "[\"a\",", "[\"a\"]]", "[\"a\\\"b\"]", "[{\"new\":\"a\"}]", "[0 ,0]",
    "[nul]",
    "[[\"a\",x]]", "[[\"a\",1]", "[[\"a\",0]]", "[1]", "{}",
  ])
  func `other lines are left to the full reader`(_ line: String) {
    var plain = PlainFields()
    let json = Bytes(line.utf8)
    let isPlain = plain.parse(json.span)
    #expect(!isPlain)
  }

  @Test func `ids of any length are remembered`() {
    let texts = ["1", "1000000", "12345678", "", "0051N000006xyz", "张"]
    var ids = AppliedIDs(changeCount: texts.count)
    for (index, text) in texts.enumerated() { ids.set(Bytes(text.utf8).span, of: index + 1) }
    ids.set(Bytes("other".utf8).span, of: 1)
    for (index, text) in texts.enumerated() {
      #expect(ids.hasID(index + 1))
      let found = ids.withID(index + 1) { $0.text }
      #expect(found == text)
    }
    #expect(!ids.hasID(0) && !ids.hasID(texts.count + 1))
    let none = ids.withID(0) { $0.text }
    #expect(none.isEmpty)
  }
}
