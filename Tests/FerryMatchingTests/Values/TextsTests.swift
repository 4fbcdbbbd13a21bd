import Testing

@testable import FerryMatching

@Suite struct TextsTests {
  /// A table in which "the", "of" and "sony" are common.
  private func texts(_ first: String, _ second: String) -> (Texts, UInt32, UInt32) {
    var texts = Texts()
    let left = texts.add(first)
    let right = texts.add(second)
    for word in ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"] {
      _ = texts.add("the \(word) of sony")
      _ = texts.add("索尼\(word)数码相机")
    }
    texts.finish()
    return (texts, left, right)
  }

  @Test(
    arguments: [
      ("Object-oriented workflow", "object oriented  WORKFLOW!", nil),
      ("Café Zürich", "cafe zurich", nil),
      ("世界杯數據", "世界杯数据", nil),
      ("semantic integration of models", "semantic integration of modles", "all-words"),
      ("the semantic integration", "semantic integration", "most-words"),
      ("workflow systems", "workflow system", "most-words"),
      ("restaurnt", "restaurant", "most-words"),
      ("sony turntable pslx350h", "sony turntable ps-lx350h", nil),
      ("Sony turntable belt drive pslx350h", "Sony PS-LX350H/B record player", "half-words"),
      ("semantic integration", "spatial indexing", "differs"),
      ("kenneth ross", "jane miller kenneth ross carl korn flip adams", "contained"),
      ("kenneth", "kenneth ross jane miller carl korn", "few-words"),
      ("the of sony", "the of bose", "few-words"),
      ("bose speaker am53bk", "bose speaker am54bk", "few-words"),
    ] as [(String, String, String?)])
  func `tells how two texts stand to each other`(
    _ left: String, _ right: String, _ level: String?
  ) {
    let (texts, one, other) = texts(left, right)
    #expect(texts.level(id: one, other) == level)
    #expect(texts.level(id: other, one) == level)
  }

  @Test func `finds the words that are rare but not alone`() {
    let (texts, one, other) = texts("the sony turntable", "a turntable of the band")
    let shared = texts.keys(of: one).intersection(texts.keys(of: other))
    #expect(shared.contains { $0.slot == 0 })
    #expect(texts.keys(of: one).count <= 6)
  }

  @Test func `tells books apart whose beginnings are the same`() {
    var texts = Texts()
    let beginning = String(repeating: "lorem ipsum ", count: 1_000_000)
    let (left, right) = (texts.add(beginning + "x"), texts.add(beginning + "y"))
    #expect(left != right)
    #expect(texts.add("--- !") == 0)
    texts.finish()
    #expect(texts.level(id: left, right) == "all-words")
  }

  @Test func `its levels add up`() {
    #expect(abs(Texts.levels.reduce(0) { $0 + $1.m } - 1) < 1e-9)
    #expect(abs(Texts.levels.reduce(0) { $0 + $1.u } - 1) < 1e-9)
  }
}
