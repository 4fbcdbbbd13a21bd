import FerryCore
import FerryRecords
import FerryTestSupport
import Testing

@testable import FerryNormalization

@Suite struct TextTests {
  @Test(arguments: [
    NormalizationCase("  hello  ", "hello"),
    NormalizationCase("a\u{00A0}b", "a b"),
    NormalizationCase("a\u{200B}b\u{FEFF}", "ab"),
    NormalizationCase("a\tb\r\nc", "a b c"),
    NormalizationCase("e\u{0301}", "é"),
    NormalizationCase("か\u{3099}", "が"),
    NormalizationCase("　中文　", "中文"),
    NormalizationCase("全角：（ＡＢＣ）", "全角：（ＡＢＣ）"),
    NormalizationCase("👨‍👩‍👧", "👨‍👩‍👧"),
    NormalizationCase(
      "123456789012345678", "123456789012345678", "number.digits-lost", kind: .number),
    NormalizationCase("123456789012345678", "123456789012345678"),
    NormalizationCase("无", nil),
    NormalizationCase("N/A", nil),
    NormalizationCase("null", nil),
    NormalizationCase("（空）", nil),
    NormalizationCase("无锡", "无锡"),
    NormalizationCase("nation", "nation"),
    NormalizationCase("\u{200B} \u{3000}", nil),
    NormalizationCase("#REF!", nil, "cell.formula-error", kind: .error),
  ]) func `text is trimmed and composed`(_ row: NormalizationCase) { row.check(.text) }

  @Test func `line breaks stay in long text`() {
    NormalizationCase("a\r\nb\rc\n", "a\nb\nc").check(.longText)
  }

  @Test func `what is clean is what folding leaves alone`() {
    var random = SeededRandom(seed: 20_240_305)
    let signs = Array(
      "abc XYZ019-/.,:()（），。、：ＡＢ１２￥¥中文张三万亿\u{00A0}\u{200B}\u{3000}éü\u{0301}が\u{3099}—“”\n\t㈱"
        .unicodeScalars)
    for _ in 0..<20_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...9, using: &random) {
        text.append(signs.randomElement(using: &random) ?? "a")
      }
      let bytes = ContiguousArray(String(text).utf8)
      for level in [FoldingLevel.line, .lines, .ascii]
      where TextFolding.isClean(bytes.span, level: level) {
        var output = ContiguousArray<UInt8>()
        TextFolding.fold(bytes.span, level: level, into: &output)
        #expect(output.elementsEqual(bytes[bytes.span.trimmedRange]), "\(String(text)) at \(level)")
      }
    }
  }
}

@Suite struct IdempotenceTests {
  private static let types: [FieldType] = [
    .text, .longText, .personName, .companyName, .phone, .email, .url, .creditCode, .province,
    .city, .district, .amount, .decimal, .integer, .percent, .boolean, .date, .instant, .currency,
    .choice(.dealStage),
  ]

  /// The inputs of all tables, and pieces of them put together at random.
  private static let inputs: [String] = {
    var inputs =
      (PhoneTests.mainland + EmailTests.table + URLTests.table + CreditCodeTests.table
      + AmountTests.plain + DateTests.table + DateTests.instants + CompanyNameTests.display
      + PersonNameTests.fields).map(\.input)
    inputs += PersonNameTests.table.map(\.input) + CompanyNameTests.table.map(\.input)
    inputs += ChineseAddressTests.table.map(\.input)
    var random = SeededRandom(seed: 7)
    for _ in 0..<1000 {
      let left = inputs[Int.random(in: 0..<300, using: &random)]
      let right = inputs[Int.random(in: 0..<300, using: &random)]
      inputs.append(
        String(left.prefix(6)) + [" ", "/", "", "，"][Int.random(in: 0..<4, using: &random)] + right)
    }
    return inputs
  }()

  @Test(arguments: types) func `normalizing twice changes nothing (seed 7)`(_ type: FieldType) {
    // A percentage below 1 has lost its sign: only a settled scale makes it stable.
    let options = NormalizationOptions(percentScale: type == .percent ? .points : nil)
    var normalizer = FieldNormalizer(type: type, options: options)
    for input in Self.inputs {
      let (once, result) = normalizer.normalize(input)
      // A cell that names another currency has other places, which the text alone can't tell.
      guard result != .pending, !once.isEmpty, normalizer.foundCurrency == nil else { continue }
      let (twice, _) = normalizer.normalize(once)
      #expect(twice == once, "\(type): \(input) → \(once) → \(twice)")
    }
  }
}

@Suite struct RuleTests {
  @Test(arguments: NormalizationRules.all) func `both languages use the same arguments`(
    _ rule: Rule
  ) {
    for words in [rule.message, rule.suggestion] {
      for number in 0..<4 {
        #expect(words.english.contains("{\(number)}") == words.chinese.contains("{\(number)}"))
      }
      #expect(words.chinese.unicodeScalars.contains(where: PersonName.isHan))
    }
    #expect(rule.suggestion.english.hasSuffix("."))
    #expect(rule.suggestion.chinese.hasSuffix("。"))
  }

  @Test func `no two rules have one id`() {
    #expect(Set(NormalizationRules.all.map(\.id)).count == NormalizationRules.all.count)
  }
}
