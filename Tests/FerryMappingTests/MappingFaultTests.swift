import FerryCore
import Testing

@testable import FerryMapping

/// One wrong mapping and what is said about it, to the character.
struct MappingFaultCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let mapping: String
  let complaints: [String]

  init(_ testDescription: String, _ mapping: String, _ complaints: String...) {
    self.testDescription = testDescription
    self.mapping = mapping
    self.complaints = complaints
  }

  /// A mapping whose one account block holds `lines`; they start at line 7, column 9.
  init(account testDescription: String, _ lines: String, _ complaints: String...) {
    self.init(
      block: testDescription, "account:\n        key: 客户编号\n        name: 客户名称", lines, complaints)
  }

  /// A mapping whose one deal block holds `lines`; they start at line 7, column 9.
  init(deal testDescription: String, _ lines: String, _ complaints: String...) {
    self.init(
      block: testDescription, "deal:\n        key: 客户编号\n        name: 客户名称", lines, complaints)
  }

  private init(block description: String, _ head: String, _ lines: String, _ complaints: [String]) {
    testDescription = description
    let body = lines.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n")
    mapping = "ferry: 1\nsources:\n  - file: 客户台账.csv\n    records:\n      \(head)\n\(body)\n"
    self.complaints = complaints
  }

  static let header = "客户编号,客户名称,手机,电话,联系人,负责人,金额,阶段,建档日期,备注,备注,省\n"
}

extension MappingFaultCase {
  static let columns = [
    MappingFaultCase(
      account: "a column that is not there", "phone: { from: 手机号 }",
      "mapping.yaml:8:24: error: no column '手机号' in 客户台账; did you mean '手机'?"),
    MappingFaultCase(
      account: "a column that is like none", "phone: mobile",
      "mapping.yaml:8:16: error: no column 'mobile' in 客户台账; it has "
        + "客户编号, 客户名称, 手机, 电话, 联系人, 负责人, 金额, 阶段, 建档日期, 备注, 省"),
    MappingFaultCase(
      account: "a column that stands twice", "description: 备注",
      "mapping.yaml:8:22: error: '备注' stands 2 times in 客户台账 (J, K); "
        + "write '备注#1' for the first"),
    MappingFaultCase(account: "a column that stands twice and is numbered", "description: 备注#2"),
    MappingFaultCase(
      account: "a column in a condition", "when: 客户名称 is present and 联系 is present",
      "mapping.yaml:8:35: error: no column '联系' in 客户台账; did you mean '联系人'?"),
    MappingFaultCase(
      account: "two columns in one list", "address: { from: [省份, 城市], join: '' }",
      "mapping.yaml:8:27: error: no column '省份' in 客户台账; did you mean '省'?",
      "mapping.yaml:8:31: error: no column '城市' in 客户台账; it has "
        + "客户编号, 客户名称, 手机, 电话, 联系人, 负责人, 金额, 阶段, 建档日期, 备注, 省"),
  ]

  static let names = [
    MappingFaultCase(
      account: "an unknown field", "mobil: 手机",
      "mapping.yaml:8:9: error: account has no field 'mobil'; it has name, credit_code, phone, "
        + "email, website, industry, level, source, country, province, city, district, address, "
        + "owner, parent, description, created_at, created_by, updated_at, key …"),
    MappingFaultCase(
      account: "a field by its label", "电话: 电话",
      "mapping.yaml:8:9: error: account has no field '电话'; did you mean 'phone'?"),
    MappingFaultCase(
      account: "an unknown option", "phone: { from: 电话, regoin: CN }",
      "mapping.yaml:8:28: error: unknown key 'regoin' under 'account.phone'; did you mean 'region'?"
    ),
    MappingFaultCase(
      account: "an unknown region", "phone: { from: 电话, region: China }",
      "mapping.yaml:8:36: error: unknown region 'China'; expected an ISO 3166 code such as "
        + "CN, HK, TW, US, DE, AC, AD, AE, AF, AG, AI, AL, AM, AO, AQ, AR, AS, AT, AU, AW …"),
    MappingFaultCase(
      deal: "an unknown currency", "amount: { from: 金额, currency: CNJ }",
      "mapping.yaml:8:39: error: unknown currency 'CNJ'; did you mean 'CNY'?"),
    MappingFaultCase(
      deal: "an unknown unit", "amount: { from: 金额, unit: 万圆 }",
      "mapping.yaml:8:35: error: unknown unit '万圆'; did you mean '万元'?"),
    MappingFaultCase(
      account: "an unknown normalizer", "custom: { 来源手机: { from: 手机, type: fone } }",
      "mapping.yaml:8:43: error: unknown normalizer 'fone'; did you mean 'phone'?"),
    MappingFaultCase(
      account: "an unknown policy", "phone: { from: 电话, blank: clean }",
      "mapping.yaml:8:35: error: 'clean' is no value for 'blank'; did you mean 'clear'?"),
    MappingFaultCase(
      "an unknown entity by its plural",
      "ferry: 1\nsources:\n  - file: 客户台账.csv\n    records:\n      accounts: { key: 客户编号 }\n",
      "mapping.yaml:5:7: error: unknown entity 'accounts'; did you mean 'account'?"),
    MappingFaultCase(
      "unknown keys at the top", "ferry: 1\nsource: []\ntimezon: UTC\n",
      "mapping.yaml:1:1: error: 'sources' is missing under 'mapping'",
      "mapping.yaml:2:1: error: unknown key 'source' under 'mapping'; did you mean 'sources'?",
      "mapping.yaml:3:1: error: unknown key 'timezon' under 'mapping'; did you mean 'timezone'?"),
    MappingFaultCase(
      "an unknown time zone", "ferry: 1\ntimezone: Asia/Shanghi\nsources: []\n",
      "mapping.yaml:2:11: error: unknown time zone 'Asia/Shanghi'; did you mean 'Asia/Shanghai'?",
      "mapping.yaml:3:10: error: 'sources' lists no file"),
    MappingFaultCase(
      "another version", "ferry: 2\nsources: []\n",
      "mapping.yaml:1:8: error: expected 'ferry: 1', found '2'",
      "mapping.yaml:2:10: error: 'sources' lists no file"),
    MappingFaultCase(
      "no YAML", "ferry: 1\nsources:\n  - file: a: b\n",
      "mapping.yaml:3:12: error: a ': ' is not allowed here; put the text before it in quotes, "
        + "or check the indentation"),
    MappingFaultCase(
      "a key that stands twice", "ferry: 1\nferry: 1\n",
      "mapping.yaml:2:1: error: the key 'ferry' stands already on line 1"),
  ]

  static let values = [
    MappingFaultCase(
      deal: "a map to no word of the set", "stage: { from: 阶段, map: { 赢单: win, 输单: lost } }",
      "mapping.yaml:8:39: error: 'win' is no value for 'deal.stage'; did you mean 'won'?"),
    MappingFaultCase(
      deal: "a constant that is no date", "close_date: { value: 明天 }",
      "mapping.yaml:8:30: error: '明天' is no value for deal.close_date: '明天' is no date that "
        + "can be read, such as 2024-03-05 or 2024年3月5日"),
    MappingFaultCase(
      deal: "map keys that fold to one", "stage: { from: 阶段, map: { Ａ: won, a: lost } }",
      "mapping.yaml:8:43: error: 'Ａ' and 'a' are the same value once case and width are folded, "
        + "and stand for different ones"),
    MappingFaultCase(
      deal: "a bad expression", "when: 阶段 is presnt",
      "mapping.yaml:8:21: error: expected \"present\" or \"absent\", found \"presnt\""),
    MappingFaultCase(
      deal: "two contents", "amount: { from: 金额, value: 3 }",
      "mapping.yaml:8:36: error: 'from' and 'value' can't stand together under 'deal.amount'"),
    MappingFaultCase(
      deal: "no content", "amount: { unit: 万元 }",
      "mapping.yaml:8:9: error: 'deal.amount' needs 'from', 'value' or 'link'"),
    MappingFaultCase(
      deal: "an option that means nothing", "source: { from: 备注#1, unit: 万元 }",
      "mapping.yaml:8:31: error: 'unit' means nothing for deal.source, which holds text"),
    MappingFaultCase(
      deal: "a bad split", "source: { from: 备注#1, split: / }",
      "mapping.yaml:8:38: error: expected { by: SEPARATOR, part: NUMBER } under 'split'"),
  ]

  static let references = [
    MappingFaultCase(
      deal: "a bare reference", "owner: 负责人",
      "mapping.yaml:8:16: error: deal.owner is a reference to user: say how '负责人' names it, "
        + "such as { from: 负责人, find: user.name } or find: user.key"),
    MappingFaultCase(
      deal: "a link to a block that is not there", "account: { link: account }",
      "mapping.yaml:8:26: error: 'link: account' needs a block 'account' in the same source; "
        + "it makes deal"),
    MappingFaultCase(
      deal: "a link to a wrong entity", "account: { link: contact }",
      "mapping.yaml:8:26: error: deal.account refers to account, not to 'contact'"),
    MappingFaultCase(
      deal: "a lookup without a field", "owner: { from: 负责人, find: user }",
      "mapping.yaml:8:35: error: 'user' is not of the form entity.field, such as user.key"),
    MappingFaultCase(
      deal: "a lookup by no field", "owner: { from: 负责人, find: user.nam }",
      "mapping.yaml:8:35: error: user has no field 'nam'; did you mean 'name'?"),
    MappingFaultCase(
      deal: "conflicts that contradict",
      "amount: { from: 金额, on_conflict: sorce }",
      "mapping.yaml:8:42: error: 'sorce' is no value for 'on_conflict'; did you mean 'source'?"),
  ]

  static let blocks = [
    MappingFaultCase(
      "a block without a key",
      "ferry: 1\nsources:\n  - file: 客户台账.csv\n    records:\n      account:\n        name: 客户名称\n",
      "mapping.yaml:5:7: error: 'account' has no 'key': each record needs an id that stays the same "
        + "in every run"),
    MappingFaultCase(
      "a required field that nobody maps",
      "ferry: 1\nsources:\n  - file: 客户台账.csv\n    records:\n      account: { key: 客户编号 }\n",
      "mapping.yaml:5:7: error: account.name is required, and no source maps it"),
    MappingFaultCase(
      "lines as a block of their own",
      "ferry: 1\nsources:\n  - file: 客户台账.csv\n    records:\n      order_line: { key: 客户编号 }\n",
      "mapping.yaml:5:7: error: 'order_line' is written as 'lines:' under 'order'"),
    MappingFaultCase(
      account: "lines where there are none", "lines: { product: 备注 }",
      "mapping.yaml:8:9: error: 'account' has no lines; quote, contract and order have"),
    MappingFaultCase(
      "a glob that fits nothing",
      "ferry: 1\nsources:\n  - file: '*.xlsx'\n    records:\n"
        + "      account: { key: 客户编号, name: 客户名称 }\n",
      "mapping.yaml:3:11: error: no file matches '*.xlsx'"),
    MappingFaultCase(
      "a sheet that is not there",
      "ferry: 1\nsources:\n  - file: 客户台账.csv\n    sheet: 客户\n    records:\n"
        + "      account: { key: 客户编号, name: 客户名称 }\n",
      "mapping.yaml:4:12: error: no sheet '客户' in 客户台账.csv; did you mean '客户台账'?"),
    MappingFaultCase(
      "several faults at once, in the order of the file",
      "ferry: 1\nregion: XX\nsources:\n  - file: 客户台账.csv\n    records:\n"
        + "      account: { key: 编号, name: 客户名称, fone: 电话 }\nrules:\n  - account: nam is present\n"
        + "gates:\n  reject: 1%\ncontrols:\n  - sum account by owner\n",
      "mapping.yaml:2:9: error: unknown region 'XX'; expected an ISO 3166 code such as "
        + "CN, HK, TW, US, DE, AC, AD, AE, AF, AG, AI, AL, AM, AO, AQ, AR, AS, AT, AU, AW …",
      "mapping.yaml:6:23: error: no column '编号' in 客户台账; did you mean '客户编号'?",
      "mapping.yaml:6:39: error: account has no field 'fone'; did you mean 'phone'?",
      "mapping.yaml:8:14: error: account has no field 'nam'; did you mean 'name'?",
      "mapping.yaml:10:3: error: unknown key 'reject' under 'gates'; did you mean 'rejected'?",
      "mapping.yaml:12:5: error: expected 'count ENTITY', 'sum ENTITY.FIELD' and maybe 'by FIELD' or "
        + "'= FIGURE', "
        + "found 'sum account by owner'"),
  ]

  static let sections = [
    section(
      "a gate that is no number", "gates: { rejected: few }",
      "mapping.yaml:7:20: error: expected 20, 1% under 'rejected', found 'few'"),
    section(
      "thresholds that cross", "match: { account: { review: 0.9, merge: 0.5 } }",
      "mapping.yaml:7:10: error: 'review' (0.9) lies above 'merge' (0.5)"),
    section(
      "a keep rule that is none", "match: { contact: { keep: { mobile: newst } } }",
      "mapping.yaml:7:37: error: 'newst' is no value for 'mobile'; did you mean 'newest'?"),
    section(
      "a rule without an entity", "rules: [ { severity: warning } ]",
      "mapping.yaml:7:10: error: a rule is 'entity: condition', such as 'deal: amount >= 0'"),
    section(
      "a bad rule", "rules:\n  - deal: amount => 0",
      "mapping.yaml:8:19: error: expected a value; one that is no plain word or number stands in "
        + "quotes, found \">\""),
    section(
      "a control of an unknown field", "controls:\n  - sum deal.amonut by stage",
      "mapping.yaml:8:9: error: deal has no field 'amonut'; did you mean 'amount'?"),
    section(
      "controls with figures that can't be",
      "controls:\n  - sum deal.amount by stage = 3\n  - count deal = many\n"
        + "  - sum payment.amount by account against order.amount\n"
        + "  - sum deal.amount by stage: { won: much }\n  - sum account.level = 3",
      "mapping.yaml:8:5: error: 'sum deal.amount by stage' has a total for each group, so one "
        + "figure can't be expected",
      "mapping.yaml:9:18: error: expected 1,234,567.80 under 'controls', found 'many'",
      "mapping.yaml:10:43: error: 'order.amount' is no field of the record that 'account' names",
      "mapping.yaml:11:38: error: expected 1,234,567.80 under 'controls', found 'much'",
      "mapping.yaml:12:9: error: 'account.level' holds no numbers, so there is no sum of it"),
    section(
      "a word that is none for loaded duplicates", "match: { account: { loaded: marge } }",
      "mapping.yaml:7:29: error: 'marge' is no value for 'loaded'; did you mean 'merge'?"),
    section(
      "what becomes of rows that are gone, with every mistake",
      "gone:\n  account: { then: mark }\n  deal: keep\n  order_line: drop",
      "mapping.yaml:8:20: error: 'set' is missing under 'gone.account'",
      "mapping.yaml:9:3: error: 'gone' names deal, which no source makes",
      "mapping.yaml:10:3: error: 'gone' names order_line, which no source makes",
      "mapping.yaml:10:15: error: 'drop' is no value for 'order_line'; "
        + "expected one of keep, mark, delete"),
    section(
      "a mark of a field that is not mapped, a limit that is none, a gate of one entity",
      "gone: { account: { then: mark, set: { level: VIP }, limit: few } }\n"
        + "gates: { deal.shrunk: 5% }",
      "mapping.yaml:7:39: error: 'set' can only name a mapped field that is no reference; "
        + "account.level is none",
      "mapping.yaml:7:60: error: expected 20, 1% under 'limit', found 'few'",
      "mapping.yaml:8:10: error: unknown key 'deal.shrunk' under 'gates'; "
        + "did you mean 'shrunk'?"),
    section(
      "sound sections",
      """
      match:
        account:
        contact: { keep: { mobile: newest, email: fullest } }
      rules:
        - contact: mobile or email is present
          severity: warning
        - deal: amount >= 0
      gates: { rejected: 1%, deal.updated: 20, removed: 0, owners: 5%, unmapped_values: 0,
        shrunk: 20%, columns: 0, controls: 30% }
      gone: { account: { then: mark, set: { name: 已停用 }, limit: 3 } }
      controls:
        - sum deal.amount by month of close_date
        - count contact by owner
        - sum deal.amount = 1,234,567.80
        - sum payment.amount by order against order.amount
        - count deal = 12
        - sum deal.amount by stage: { won: "1,200.00", lost: 0 }
      """),
  ]

  private static func section(
    _ description: String, _ text: String, _ complaints: String...
  ) -> MappingFaultCase {
    let mapping =
      "ferry: 1\nsources:\n  - file: 客户台账.csv\n    records:\n      account:\n"
      + "        { key: 客户编号, name: 客户名称 }\n\(text)\n"
    return MappingFaultCase(mapping: mapping, description: description, complaints: complaints)
  }

  private init(mapping: String, description: String, complaints: [String]) {
    testDescription = description
    self.mapping = mapping
    self.complaints = complaints
  }
}

@Suite struct MappingFaultTests {
  @Test(
    arguments: MappingFaultCase.columns + MappingFaultCase.names + MappingFaultCase.values
      + MappingFaultCase.references + MappingFaultCase.blocks + MappingFaultCase.sections)
  func `says where and what is wrong`(_ fault: MappingFaultCase) throws {
    let place = try Workplace(["客户台账.csv": MappingFaultCase.header + "A1,甲公司,,,,,,,,,,\n"])
    let complaints = try place.complaints(fault.mapping)
    #expect(complaints == fault.complaints)
  }

  @Test func `speaks Chinese`() throws {
    let place = try Workplace(["客户台账.csv": MappingFaultCase.header])
    let mapping = MappingFaultCase(account: "", "phone: 手机号").mapping
    let complaints = try place.complaints(mapping, in: .chinese)
    #expect(complaints == ["mapping.yaml:8:16: 错误：客户台账 中没有列“手机号”，是否指“手机”？"])
  }

  @Test func `a source that can't be read is no fault of the mapping`() throws {
    let place = try Workplace()
    let mapping = MappingFaultCase(account: "", "phone: 手机").mapping
    let error = #expect(throws: MappingError.self) { try place.load(mapping) }
    #expect(error?.exitStatus == .unreadableSource)
  }

  @Test func `a mapping that is not there ends with its own exit code`() {
    let error = #expect(throws: MappingError.self) { try Mapping.load(path: "/nowhere/m.yaml") }
    #expect(error?.exitStatus == .wrongUsage)
  }
}
