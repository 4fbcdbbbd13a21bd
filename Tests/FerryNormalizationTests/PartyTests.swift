import FerryCore
import FerryRecords
import Testing

@testable import FerryNormalization

@Suite struct PersonNameTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let input: String
    let full: String
    var family: String?
    var given: String?
    var honorific: String?
    var testDescription: String { input }

    init(
      _ input: String, _ full: String, _ family: String? = nil, _ given: String? = nil,
      _ honorific: String? = nil
    ) {
      self.input = input
      self.full = full
      self.family = family
      self.given = given
      self.honorific = honorific
    }
  }

  /// Sources: 《百家姓》 for compound surnames; GB/T 28039-2011 (人名汉语拼音字母拼写规则) for the order of
  /// parts; all people are made up.
  static let table = [
    Case("张三", "张三", "张", "三"),
    Case("张 三", "张三", "张", "三"),
    Case("　张　三　", "张三", "张", "三"),
    Case("欧阳娜娜", "欧阳娜娜", "欧阳", "娜娜"),
    Case("司马光", "司马光", "司马", "光"),
    Case("諸葛亮", "諸葛亮", "諸葛", "亮"),
    Case("张三先生", "张三", "张", "三", "先生"),
    Case("李四 经理", "李四", "李", "四", "经理"),
    Case("王小明总经理", "王小明", "王", "小明", "总经理"),
    Case("王小明副总", "王小明", "王", "小明", "副总"),
    Case("张伟总", "张伟", "张", "伟", "总"),
    Case("张总", "张总", "张", nil, "总"),
    Case("欧阳总", "欧阳总", "欧阳", nil, "总"),
    Case("王女士", "王女士", "王", nil, "女士"),
    Case("刘工", "刘工", "刘", nil, "工"),
    Case("刘建工", "刘建工", "刘", "建工"),
    Case("阿依努尔·买买提", "阿依努尔·买买提"),
    Case("阿依努尔•买买提", "阿依努尔·买买提"),
    Case("Ada Lovelace", "Ada Lovelace", "Lovelace", "Ada"),
    Case("Lovelace, Ada", "Ada Lovelace", "Lovelace", "Ada"),
    Case("Ｌｏｖｅｌａｃｅ，Ａｄａ", "Ada Lovelace", "Lovelace", "Ada"),
    Case("Ms. Ada  Lovelace", "Ada Lovelace", "Lovelace", "Ada", "Ms."),
    Case("Dr Ada Lovelace, PhD", "Ada Lovelace", "Lovelace", "Ada", "Dr PhD"),
    Case("Lovelace, Ms. Ada", "Ada Lovelace", "Lovelace", "Ada", "Ms."),
    Case("Ludwig van Beethoven", "Ludwig van Beethoven", "van Beethoven", "Ludwig"),
    Case("John Smith Jr.", "John Smith", "Smith", "John", "Jr."),
    Case("Mr. Smith", "Mr. Smith", "Smith", nil, "Mr."),
    Case("Madonna", "Madonna"),
    Case("Ma Li", "Ma Li", "Li", "Ma"),
  ]

  @Test(arguments: table) func `names are taken apart`(_ row: Case) {
    let name = PersonName.parse(row.input)
    #expect(name.full == row.full)
    #expect(name.family == row.family)
    #expect(name.given == row.given)
    #expect(name.honorific == row.honorific)
  }

  @Test(arguments: table) func `a field keeps the full name`(_ row: Case) {
    var normalizer = FieldNormalizer(type: .personName)
    #expect(normalizer.normalize(row.input).text == row.full)
  }

  static let fields = [
    NormalizationCase("张三先生", "张三", "person.honorific"),
    NormalizationCase("张总", "张总", "person.family-name-only"),
    NormalizationCase("张三/李四", "张三/李四", "person.several"),
    NormalizationCase("张三、李四", "张三、李四", "person.several"),
    NormalizationCase("Na Li", "Na Li"),
    NormalizationCase("Na", "Na"),
    NormalizationCase("未知", nil),
  ]

  @Test(arguments: fields) func `what was taken off is told`(_ row: NormalizationCase) {
    row.check(.personName)
  }
}

@Suite struct CompanyNameTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let input: String
    let core: String
    var form: String?
    var place: String?
    var testDescription: String { input }

    init(_ input: String, _ core: String, _ form: String?, _ place: String? = nil) {
      self.input = input
      self.core = core
      self.form = form
      self.place = place
    }
  }

  /// Sources: 《企业名称登记管理规定》(2020), article 6, for the parts of a Chinese name.
  ///
  /// Legal forms from OpenSanctions rigour and GLEIF; pairs from margince PR #2852. Companies are
  /// public or made up.
  static let table = [
    Case("阿里巴巴集团控股有限公司", "阿里巴巴", "控股有限公司"),
    Case("阿里巴巴集团控股", "阿里巴巴", nil),
    Case("北京云腾科技有限公司", "云腾科技", "有限公司", "北京"),
    Case("北京市云腾科技有限责任公司", "云腾科技", "有限责任公司", "北京"),
    Case("云腾科技（北京）有限公司", "云腾科技", "有限公司", "北京"),
    Case("云腾科技(北京)有限公司", "云腾科技", "有限公司", "北京"),
    Case("广东省深圳市云腾科技股份有限公司", "云腾科技", "股份有限公司", "深圳"),
    Case("云腾（中国）有限公司", "云腾", "有限公司", "中国"),
    Case("云腾集团", "云腾", "集团"),
    Case("云腾（集团）有限公司", "云腾", "有限公司"),
    Case("云腾控股集团有限公司", "云腾", "集团有限公司"),
    Case("云腾科技有限公司上海分公司", "云腾科技", "分公司", "上海"),
    Case("ＡＢＣ科技有限公司", "abc科技", "有限公司"),
    Case("上海 云腾 贸易 有限公司", "云腾贸易", "有限公司", "上海"),
    Case("株式会社トヨタ自動車", "トヨタ自動車", "株式会社"),
    Case("㈱トヨタ自動車", "トヨタ自動車", "㈱"),
    Case("トヨタ自動車(株)", "トヨタ自動車", "(株)"),
    Case("Acme Inc.", "acme", "Inc."),
    Case("ACME, Inc", "acme", "Inc"),
    Case("Acme Trading Co., Ltd.", "acme trading", "Co., Ltd."),
    Case("Acme Software GmbH", "acme software", "GmbH"),
    Case("Acme Group", "acme", nil),
    Case("Acme (China) Co., Ltd.", "acme", "Co., Ltd.", "China"),
    Case("O'Reilly Media, Inc.", "oreilly media", "Inc."),
    Case("有限公司", "有限公司", nil),
    Case("北京", "北京", nil),
  ]

  @Test(arguments: table) func `cores are found for matching`(_ row: Case) {
    let name = CompanyName.parse(row.input)
    #expect(name.core == row.core)
    #expect(name.legalForm == row.form)
    #expect(name.place == row.place)
  }

  static let display = [
    NormalizationCase("云腾科技（北京）有限公司", "云腾科技（北京）有限公司"),
    NormalizationCase("  云腾  科技 ", "云腾 科技"),
    NormalizationCase("ＡＢＣ科技　有限公司", "ABC科技 有限公司"),
    NormalizationCase("㈱トヨタ自動車", "㈱トヨタ自動車"),
    NormalizationCase("Acme\u{200B} Inc.", "Acme Inc."),
    NormalizationCase("暂无", nil),
  ]

  @Test(arguments: display) func `a field keeps the client's own text`(_ row: NormalizationCase) {
    row.check(.companyName)
  }
}

@Suite struct CreditCodeTests {
  /// Source: hutool, CreditCodeUtilTest, with python-stdnum's verdicts (in the corpus), and
  /// GB 32100-2015.
  static let table = [
    NormalizationCase("91310110666007217T", "91310110666007217T"),
    NormalizationCase("91310115591693856A", "91310115591693856A"),
    NormalizationCase("91350211M00013FA1N", nil, "credit-code.check-digit"),
    NormalizationCase("91310110666007217t", "91310110666007217T"),
    NormalizationCase("９１３１０１１０６６６００７２１７Ｔ", "91310110666007217T"),
    NormalizationCase("9131 0110 6660 0721 7T", "91310110666007217T"),
    NormalizationCase("913101106660072I7T", nil, "credit-code.lookalike"),
    NormalizationCase("9131O110666007217T", nil, "credit-code.lookalike"),
    NormalizationCase("91310110666007217", nil, "credit-code.shape"),
    NormalizationCase("110101000000001", nil, "credit-code.old-number"),
    NormalizationCase("913101106660072000", nil, "number.digits-lost", kind: .number),
    NormalizationCase("无", nil),
    NormalizationCase("000000000000000000", nil),
  ]

  @Test(arguments: table) func `codes are held against their check digit`(
    _ row: NormalizationCase
  ) {
    row.check(.creditCode)
  }

  @Test func `a lookalike finding names the code that was meant`() {
    var normalizer = FieldNormalizer(type: .creditCode)
    guard case .invalid(let issue) = normalizer.normalize("9131O11O666007217T").result else {
      Issue.record("the code was taken")
      return
    }
    #expect(issue.arguments.last == "91310110666007217T")
  }

  @Test func `every single wrong sign is found`() {
    let code = Array("91310110666007217T".utf8)
    for index in code.indices {
      for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY".utf8 where sign != code[index] {
        var wrong = code
        wrong[index] = sign
        #expect(!CreditCode.isValid(String(decoding: wrong, as: UTF8.self)))
      }
    }
  }
}
