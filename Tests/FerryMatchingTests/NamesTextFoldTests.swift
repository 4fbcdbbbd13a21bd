import Testing

@testable import FerryMatching

@Suite struct NamesTextFoldTests {
  @Test(arguments: [
    ("Ａｂｃ　１２", "abc 12"), ("Émile Žižek-Øre", "emile zizek-ore"), ("Straße", "strasse"),
    ("王薇", "王薇"), ("華鼎國際", "华鼎国际"), ("裡峯爲說内", "里峰为说内"), ("乾坤", "乾坤"), ("㈱ソニー", "(株)ソニー"),
    ("ﾄﾖﾀｼﾞﾄﾞｳｼｬ", "トヨタジドウシャ"), ("ひらがな", "ヒラガナ"), ("Ёжик ПУТИН", "ежик путин"), ("김정은", "김정은"),
    ("O’Neil", "o'neil"), ("a\u{200B}b\u{301}", "ab"), ("Ⅳ", "iv"), ("İzmir ığdır", "izmir igdir"),
    ("𠮷野", "𠮷野"), ("أحمد", "احمد"), ("", ""),
  ])
  func `folds what people write in several ways`(text: String, folded: String) {
    let expected = ContiguousArray(folded.unicodeScalars.map(\.value))
    #expect(TextFold.folded(text) == expected)
  }

  @Test func `folding twice changes nothing more`() {
    for scalar in (0..<0x3_0000 as Range<UInt32>).lazy.compactMap(Unicode.Scalar.init) {
      let once = TextFold.folded(String(scalar))
      var text = String.UnicodeScalarView()
      text.append(contentsOf: once.compactMap(Unicode.Scalar.init))
      #expect(TextFold.folded(String(text)) == once, "\(scalar) \(scalar.value)")
    }
  }

  @Test func `broken bytes stand for one unknown sign each`() {
    var output = ContiguousArray<UInt32>()
    let bytes: ContiguousArray<UInt8> = [0x41, 0xE4, 0xB8, 0xFF, 0xC3, 0x42, 0xF0, 0x9F]
    TextFold.appendFolded(bytes.span, to: &output)
    #expect(output.filter { $0 != TextFold.unknown } == [0x61, 0x62])
    #expect(output.count == 8)
  }
}

@Suite struct NamesPinyinTests {
  @Test(arguments: [
    ("王", "wang"), ("薇", "wei"), ("维", "wei"), ("吕", "lv"), ("单", "dan"), ("曾", "ceng"),
    ("龘", "da"), ("A", ""),
  ])
  func `knows how a character sounds`(character: String, sound: String) {
    let scalar = character.unicodeScalars.first?.value ?? 0
    #expect(letters(Pinyin.sound(of: scalar)) == sound)
  }

  @Test(arguments: [("单", "shan"), ("曾", "zeng"), ("解", "xie"), ("仇", "qiu"), ("王", "wang")])
  func `knows how a family name sounds`(character: String, sound: String) {
    let scalar = character.unicodeScalars.first?.value ?? 0
    #expect(letters(Pinyin.familySound(of: scalar)) == sound)
  }

  @Test func `characters that share a reading are homophones`() {
    #expect(Pinyin.isHomophone(0x8587, 0x7EF4))  // 薇 维
    #expect(Pinyin.isHomophone(0x957F, 0x5F20))  // 长 张
    #expect(!Pinyin.isHomophone(0x738B, 0x674E))  // 王 李
  }

  private func letters(_ sound: UInt16) -> String {
    var letters = ContiguousArray<UInt32>()
    Pinyin.appendLetters(of: sound, to: &letters)
    return String(String.UnicodeScalarView(letters.compactMap(Unicode.Scalar.init)))
  }
}
