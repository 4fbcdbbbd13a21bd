import FerryCore
import Testing

@testable import FerryMigration

@Suite struct BeforeBlockTests {
  private static func block() -> BeforeBlock {
    var writer = FieldsWriter()
    var parsed = ParsedFields()
    writer.beginField("name")
    writer.member("old", "甲\n\"公司\"")
    writer.null("new")
    writer.endField()
    writer.beginField("owner")
    writer.member("old", "张三")
    writer.member("oldId", "7")
    writer.member("new", "李四")
    writer.endField()
    writer.beginField("phone")
    writer.null("old")
    writer.member("new", "1")
    writer.endField()
    writer.end()
    _ = parsed.parse(writer.bytes.span)
    var block = BeforeBlock(fieldNames: ["owner", "name", "phone"])
    for (seq, id) in [(3, "A1"), (300, "A|2")] {
      var fields = Bytes()
      for (number, place) in [1, 0, 2].enumerated() {
        BeforeBlock.append(parsed.fields[number], place: place, parsed, to: &fields)
      }
      block.append(
        seq: seq, externalID: Bytes(id.utf8).span, storeID: Bytes("\(seq)".utf8).span,
        fieldCount: 3, fields: fields.span)
    }
    return block
  }

  @Test func `a block reads as it was written`() throws {
    let bytes = Self.block().bytes
    let found = BeforeBlock.images(in: bytes.span)
    let images = try #require(found)
    #expect(images.map(\.seq) == [3, 300])
    #expect(images.map(\.externalID) == ["A1", "A|2"])
    #expect(images.map(\.storeID) == ["3", "300"])
    for image in images {
      #expect(image.fields.map(\.name) == ["name", "owner", "phone"])
      #expect(image.fields.map(\.old) == ["甲\n\"公司\"", "7", ""])
      #expect(image.fields.map(\.oldLabel) == ["甲\n\"公司\"", "张三", nil])
    }
  }

  @Test func `a block that was cut short is called damaged`() {
    let bytes = Self.block().bytes
    let whole = BeforeBlock.images(in: bytes.span)?.count
    #expect(whole == 2)
    for end in 1..<bytes.count {
      let images = BeforeBlock.images(in: bytes.span.extracting(0..<end))
      // Between two records, or behind the names alone, nothing tells that more should follow.
      #expect(images.map { $0.count < 2 } ?? true)
    }
  }
}
