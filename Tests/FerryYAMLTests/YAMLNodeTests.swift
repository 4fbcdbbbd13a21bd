import Testing

@testable import FerryYAML

struct FaultCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let mark: YAMLMark
  let kind: YAMLError.Kind

  static let all = [
    FaultCase(
      testDescription: "a key that stands twice", text: "a: 1\nb:\n  客户: 1\n  客户: 2\n",
      mark: YAMLMark(line: 4, column: 3),
      kind: .duplicateKey("客户", first: YAMLMark(line: 3, column: 3))),
    FaultCase(
      testDescription: "an alias without an anchor", text: "a: *b\n",
      mark: YAMLMark(line: 1, column: 4), kind: .unknownAnchor("b")),
    FaultCase(
      testDescription: "an alias inside its own anchor", text: "a: &b [1, *b]\n",
      mark: YAMLMark(line: 1, column: 11), kind: .unknownAnchor("b")),
    FaultCase(
      testDescription: "a tag", text: "a: !!int 3\n", mark: YAMLMark(line: 1, column: 4),
      kind: .tag("tag:yaml.org,2002:int")),
    FaultCase(
      testDescription: "a list as key", text: "? [a, b]\n: c\n", mark: YAMLMark(line: 1, column: 3),
      kind: .compoundKey),
    FaultCase(
      testDescription: "a second document", text: "a: 1\n---\nb: 2\n",
      mark: YAMLMark(line: 2, column: 1), kind: .severalDocuments),
    FaultCase(
      testDescription: "nothing but a comment", text: "# nothing\n",
      mark: YAMLMark(line: 2, column: 1), kind: .empty),
    FaultCase(
      testDescription: "a colon in a plain text", text: "客户: a: b\n",
      mark: YAMLMark(line: 1, column: 6),
      kind: .syntax("mapping values are not allowed in this context")),
    FaultCase(
      testDescription: "lists nested a thousand deep",
      text: String(repeating: "[", count: 1000), mark: YAMLMark(line: 1, column: 65),
      kind: .tooDeep),
  ]
}

@Suite struct YAMLNodeTests {
  @Test func `keeps every scalar as text`() throws {
    let node = try YAMLNode.parse("a: no\nb: 1.0\nc: \"no\"\nd: ~\ne:\nf: |\n  x\n  y\n")
    #expect(node["a"]?.text == "no")
    #expect(node["b"]?.text == "1.0")
    #expect(node["c"]?.isQuoted == true)
    #expect(node["d"]?.text == "~")
    #expect(node["e"]?.isEmpty == true)
    #expect(node["f"]?.text == "x\ny\n")
    #expect(node["a"]?.isQuoted == false)
  }

  @Test func `marks count characters and not bytes`() throws {
    let node = try YAMLNode.parse("客户台账: { 手机: '一''二 坏', 电话: x }\n")
    let entries = try #require(node["客户台账"]?.entries)
    #expect(entries.map(\.keyMark.column) == [9, 23])
    let scalar = try #require(node["客户台账"]?["手机"])
    #expect(scalar.mark == YAMLMark(line: 1, column: 13))
    #expect(scalar.mark(ofCharacter: 4) == YAMLMark(line: 1, column: 19))
    #expect(node["客户台账"]?["电话"]?.mark(ofCharacter: 0).column == 27)
  }

  @Test func `resolves aliases`() throws {
    let node = try YAMLNode.parse("a: &x { k: v }\nb: *x\nc: [*x, *x]\n")
    #expect(node["b"]?["k"]?.text == "v")
    #expect(node["c"]?.items?.count == 2)
    #expect(node["b"]?.mark == node["a"]?.mark)
  }

  @Test(arguments: FaultCase.all)
  func `complains at the right place`(_ fault: FaultCase) {
    let error = #expect(throws: YAMLError.self) { try YAMLNode.parse(fault.text) }
    #expect(error == YAMLError(fault.kind, at: fault.mark))
    #expect(error?.english.isEmpty == false && error?.chinese.isEmpty == false)
  }

  @Test func `a bomb of aliases ends at the limit`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let error = #expect(throws: YAMLError.self) { try YAMLNode.parse(text) }
    #expect(error?.kind == .tooLarge)
  }

  @Test func `bytes that are no text are refused where they stand`() {
    let error = #expect(throws: YAMLError.self) {
      try YAMLNode.parse(Array("a: 客\nb: ".utf8) + [0xB1, 0xB2])
    }
    #expect(error == YAMLError(.notText, at: YAMLMark(line: 2, column: 4)))
  }
}
