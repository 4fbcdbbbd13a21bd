import Testing

@testable import FerryMatching

@Suite struct NamesLevelTests {
  @Test(arguments: [
    ("王小明", "王 小明", "same"), ("王小明", "王小明先生", "same"), ("王小明", "王曉明", "homophone"),
    ("陳偉", "陈伟", "same"), ("王薇", "王维", "homophone"), ("王小明", "Wang Xiaoming", "same-sound"),
    ("王小明", "XIAOMING WANG", "same-sound"), ("王小明", "Xiao Ming Wang", "same-sound"),
    ("吕丽", "Lv Li", "same-sound"), ("吕丽", "Lu Li", "same-sound"),
    ("单雄", "Shan Xiong", "same-sound"),
    ("曾国", "Zeng Guo", "same-sound"), ("欧阳娜", "欧阳娜娜", "alike"), ("王总", "王伟", "compatible"),
    ("王经理", "王小明", "compatible"), ("王总", "李伟", "different"), ("金潇总", "金潇", "same"),
    ("E. Smith", "Emma Smith", "short-form"), ("SamanthamLopez", "Samantha Lopez", "near"),
    ("王小明", "王明小", "near"),
    ("王小明", "王明", "alike"), ("王小明", "王小红", "same-family"), ("王小明", "李小明", "partly"),
    ("王小明", "李红", "different"), ("王伟", "王强", "same-family"),
    ("张三 (Zhang San)", "Zhang San", "same"),
    ("司马懿", "司马光", "same-family"), ("阿依努尔·买买提", "买买提·阿依努尔", "same"), ("김정은", "김 정은", "same"),
    ("John Smith", "Smith, John", "same"), ("John Smith", "JOHN SMITH", "same"),
    ("Dr. John Smith, PhD", "John Smith", "same"),
    ("José García-López", "Jose Garcia Lopez", "same"),
    ("Bob Smith", "Robert Smith", "short-form"), ("J. Smith", "John Smith", "short-form"),
    ("John Q. Smith", "John Smith", "short-form"), ("John Smith", "Jon Smith", "same-sound"),
    ("Stephen Miller", "Steven Miller", "short-form"), ("Johm Smith", "John Smith", "near"),
    ("John Smith Jr.", "John Smith Sr.", "same-family"),
    ("John Smith Jr.", "John Smith", "short-form"),
    ("John Smith", "Mary Smith", "same-family"), ("John Smith", "John Brown", "partly"),
    ("John Smith", "Mary Brown", "different"), ("Müller", "Mueller", "same-sound"),
    ("O'Brien", "OBrien", "same"), ("Sergei Lavrov", "Сергей Лавров", "same"),
    ("田中 太郎", "田中太郎", "same"), ("北京华鼎科技有限公司", "北京华鼎科技", "same"),
  ])
  func `says how two names of persons stand to each other`(
    left: String, right: String, level: String
  ) {
    #expect(levelID(PersonNames(parts: [.full]), left, right) == level, "\(left) \(right)")
  }

  @Test(arguments: [
    ("北京华鼎科技有限公司", "北京华鼎科技有限公司", "same"), ("北京华鼎科技有限公司", "北京華鼎科技有限公司", "same"),
    ("北京华鼎科技有限公司", "北京华鼎科技", "same-core"), ("北京华鼎科技有限公司", "北京华鼎科技公司", "same-core"),
    ("北京华鼎科技有限公司", "北京华鼎科技股份有限公司", "same-core"),
    ("北京华鼎科技有限公司", "华鼎科技（北京）有限公司", "same-core"), ("北京华鼎科技有限公司", "华鼎科技(北京)", "same-core"),
    ("北京华鼎科技有限公司", "北京市华鼎科技有限公司", "same-core"), ("北京华鼎科技有限公司", "华鼎科技", "short-form"),
    ("北京华鼎科技有限公司", "华鼎", "short-form"),
    ("深圳凯明电子公司", "深圳凯明电子有限公司", "same-core"),
    ("Falcon BrightfSystems", "Falcon Bright Systems Ltd.", "near"),
    ("Sigma Zenith Foods zo., Ltd.", "Sigma Zenith Foods Co., Ltd.", "near"),
    ("北京华鼎科技有限公司", "上海华鼎科技有限公司", "sister"),
    ("北京华鼎科技有限公司", "北京华鼎贸易有限公司", "same-brand"), ("北京华鼎科技有限公司", "北京华鼎科技（集团）", "same-core"),
    ("阿里巴巴集团控股有限公司", "阿里巴巴", "same-core"), ("阿里巴巴集团控股有限公司", "阿里巴巴（中国）有限公司", "short-form"),
    ("北京华鼎科技有限公司", "北京华鼎科技有限公司上海分公司", "sister"), ("北京华鼎科技有限公司", "北京华顶科技有限公司", "near"),
    ("中国石油化工股份有限公司", "中石化", "short-form"), ("华为技术有限公司", "Huawei Technologies Co., Ltd.", "near"),
    ("大连天鼎医疗器械集团有限公司", "Dalian Tianding Medical Equipment Co., Ltd.", "short-form"),
    ("大连天鼎食品有限公司", "Dalian Tianding Foods Co., Ltd.", "short-form"),
    ("天鼎医疗器械有限公司", "Dalian Tianding Medical Equipment Co., Ltd.", "short-form"),
    ("大连天鼎医疗器械集团有限公司", "Ningbo Tianding Medical Equipment Co., Ltd.", "same-brand"),
    ("大连天鼎医疗器械集团有限公司", "Dalian Tianming Medical Equipment Co., Ltd.", "partly"),
    ("ソニー株式会社", "ソニー㈱", "same"), ("株式会社日立製作所", "日立製作所", "same-core"),
    ("深圳第一机械厂", "深圳第二机械厂", "sister"),
    ("Acme Inc.", "Acme, Inc", "same"), ("Acme Inc.", "ACME Incorporated", "same"),
    ("Acme Inc.", "Acme", "same-core"), ("Acme AG", "Acme GmbH", "sister"),
    ("Plant 1 Ltd", "Plant 2 Ltd", "sister"), ("The Acme Group", "Acme", "same-core"),
    ("IBM", "International Business Machines", "short-form"),
    ("Good Will Company", "Goodwill Co.", "same-core"),
    ("Acme Systems LLC", "Acme Trading LLC", "same-brand"),
    ("Apex Summit Logistics", "Apex Sumit Logistics", "near"),
    ("Procter & Gamble", "Procter and Gamble Co.", "same-core"),
    ("Smith, John", "John Smith", "same-core"),
    ("Bank of China (Hong Kong) Limited", "Bank of China (Singapore) Limited", "sister"),
  ])
  func `says how two names of companies stand to each other`(
    left: String, right: String, level: String
  ) {
    #expect(levelID(CompanyNames(), left, right) == level, "\(left) \(right)")
  }

  @Test(arguments: [
    ("杭州凯恒食品有限公司", "凯恒食品", true), ("杭州凯恒食品有限公司", "Hangzhou Kaiheng Foods Co., Ltd.", true),
    ("杭州凯恒食品有限公司", "上海凯恒贸易有限公司", false),
  ])
  func `companies of a common brand meet by place or trade`(
    left: String, right: String, meet: Bool
  ) {
    for areSubject in [true, false] {
      var names = CompanyNames(areSubject: areSubject)
      let (one, other) = (names.add([left]), names.add([right]))
      let shared = names.keys(of: one).intersection(names.keys(of: other))
      #expect(shared.contains { $0.slot > 5 } == (meet && areSubject))
    }
  }

  @Test func `reads a name in columns like the whole name`() {
    var names = PersonNames(parts: [.family, .given])
    let split = names.add(["王", "小明"])
    let other = names.add(["", "王小明"])
    #expect(split != 0 && other != 0)
    #expect(PersonNames.levels[names.level(split, other)].id == "same")
    let swapped = names.add(["Smith", "John"])
    let crossed = names.add(["John", "Smith"])
    #expect(PersonNames.levels[names.level(swapped, crossed)].id == "alike")
  }

  @Test(arguments: [
    ("given_name", PersonNamePart.given), ("first name", .given), ("surname", .family),
    ("LAST_NAME", .family), ("PRIMARY_NAME_LAST", .family), ("PRIMARY_NAME_FIRST", .given),
    ("PRIMARY_NAME_MIDDLE", .middle), ("姓", .family), ("名", .given), ("姓名", .full), ("客户姓名", .full),
    ("name", .full), ("fatherName", .middle), ("Title", .title), ("suffix", .suffix),
    ("英文名", .native), ("联系人", .full),
  ])
  func `guesses the part from a header`(header: String, part: PersonNamePart) {
    #expect(PersonNamePart.guess(from: header) == part)
  }

  @Test func `levels add up and speak less and less for a match`() {
    for levels in [PersonNames.levels, CompanyNames.levels] {
      #expect(abs(levels.reduce(0) { $0 + $1.m } - 1) < 1e-9)
      #expect(abs(levels.reduce(0) { $0 + $1.u } - 1) < 1e-9)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $0.m / $0.u > $1.m / $1.u })
    }
  }

  private func levelID<Store: ValueStore>(_ store: Store, _ left: String, _ right: String)
    -> String
  {
    var store = store
    let one = store.add([left])
    let other = store.add([right])
    guard one != 0, other != 0 else { return "none" }
    if one == other { return "same" }
    let level = store.level(one, other)
    let mirrored = store.level(other, one)
    return level == mirrored ? Store.levels[level].id : "not symmetric"
  }
}
