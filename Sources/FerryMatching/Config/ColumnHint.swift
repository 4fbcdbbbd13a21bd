import Foundation

// What a column's name says of it. Words are looked for from the surest to the vaguest, so that
// `Contact Owner` is an owner, `Company phone` a phone and `Company name` a company. English names
// are taken apart into words first, Chinese ones are searched for parts. When adding a word, put
// it into the first rule that should win.

/// What a column's name says of what it holds.
enum ColumnHint: Hashable {
  case kind(ColumnKind)
  /// A name of something; the values tell of whom or what.
  case name
  /// The name of a product, a deal or another thing.
  case thing
  /// Who works on it, since when, how far: it changes, whoever the row is about.
  case history
  /// What several have in common, such as a category; of use where nothing better is there.
  case trait
  /// Notes of any length.
  case notes
  /// The row's own number in its system.
  case rowNumber
  /// The answer of a test.
  case truth

  /// Reads a header; `nil` where it says nothing.
  init?(header: String) {
    let name = MatchHeader.lastPart(of: header) ?? header
    let isLatin = name.unicodeScalars.allSatisfy { $0.value < 0x2E80 }
    guard let hint = isLatin ? Self.latin(Self.words(of: name)) : Self.chinese(name) else {
      return nil
    }
    self = hint
  }

  /// The words of `customerName_2` or `E-Mail (work)`, in small letters.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var last: Character = " "
    for character in name {
      let isEnd = !character.isLetter || (character.isUppercase && last.isLowercase)
      if isEnd, !word.isEmpty {
        words.append(word)
        word = ""
      }
      if character.isLetter { word.append(character.lowercased()) }
      last = character
    }
    return word.isEmpty ? words : words + [word]
  }
}

// MARK: - English

extension ColumnHint {
  private static func latin(_ words: [String]) -> ColumnHint? {
    let set = Set(words)
    func has(_ list: Set<String>) -> Bool { !set.isDisjoint(with: list) }
    if has(["truth", "cluster", "gold"]) { return .truth }
    if has(historyWords) { return .history }
    if has(["type", "kind", "flag", "status", "count", "score"]) { return .trait }
    if has(["email", "mail"]) || set.isSuperset(of: ["e", "mail"]), !has(["mailing"]) {
      return .kind(.email)
    }
    if has(phones) { return .kind(.phone) }
    if let hint = document(set) { return hint }
    if let hint = date(set) { return hint }
    if has(["website", "url", "homepage", "web", "domain"]) { return .trait }
    if has(["name"]), has(things) { return .thing }
    if has(addresses) { return .kind(.address) }
    return latinName(words, set)
  }

  private static func document(_ words: Set<String>) -> ColumnHint? {
    let isNumbered = !words.isDisjoint(with: ["id", "no", "number", "code", "nr", "num"])
    let isIssued = !words.isDisjoint(with: [
      "tax", "credit", "registration", "national", "identity", "social", "soc", "company",
      "business", "fiscal", "identification",
    ])
    guard !words.isDisjoint(with: documents) || isNumbered && isIssued else { return nil }
    // The state that issued a licence is no licence.
    return words.isDisjoint(with: ["country", "state"]) ? .kind(.id) : .trait
  }

  private static func date(_ words: Set<String>) -> ColumnHint? {
    if !words.isDisjoint(with: ["dob", "birth", "birthday", "birthdate", "born"]) {
      return words.isDisjoint(with: ["place", "country", "city"]) ? .kind(.date) : .trait
    }
    let founded: Set<String> = ["founded", "established", "incorporated", "incorporation"]
    return words.isDisjoint(with: founded) ? nil : .kind(.date)
  }

  private static func latinName(_ words: [String], _ set: Set<String>) -> ColumnHint? {
    func has(_ list: Set<String>) -> Bool { !set.isDisjoint(with: list) }
    let isNumber = has(["id", "no", "number", "code", "key", "ref"])
    if has(people), !isNumber { return .kind(.personName) }
    if has(["name"]) {
      if has(companies) { return .kind(.companyName) }
      if has(parts) { return .kind(.personName) }
      return .name
    }
    if has(noteWords) { return .notes }
    if has(traits) { return .trait }
    if has(companies), !isNumber { return .kind(.companyName) }
    if has(numbers) { return .rowNumber }
    if words.count == 1, ["customer", "client", "person", "contact"].contains(words[0]) {
      return .name
    }
    return nil
  }

  private static let historyWords: Set<String> = [
    "owner", "rep", "assignee", "assigned", "creator", "created", "updated", "modified",
    "modification", "creation", "stage", "salesperson", "salesrep", "amount", "revenue", "balance",
    "probability", "imported", "exported", "activity", "timestamp",
  ]
  private static let phones: Set<String> = [
    "phone", "phones", "mobile", "tel", "telephone", "cell", "cellphone", "fax", "landline",
    "msisdn", "whatsapp", "handphone", "telefon", "handy",
  ]
  private static let documents: Set<String> = [
    "ssn", "passport", "licence", "license", "vat", "tin", "ein", "lei", "duns", "isbn", "issn",
    "doi", "ean", "upc", "gtin", "asin", "vin", "iban", "nric", "cnpj", "cpf", "siren", "siret",
    "wechat", "weixin", "qq", "orcid", "imo", "taxid", "creditcode",
  ]
  private static let things: Set<String> = [
    "product", "opportunity", "deal", "campaign", "item", "project", "event", "file", "sheet",
  ]
  private static let addresses: Set<String> = [
    "address", "addr", "street", "suburb", "city", "town", "state", "province", "county",
    "postcode", "postal", "zip", "zipcode", "country", "district", "region", "location",
    "locality", "village",
  ]
  private static let people: Set<String> = [
    "surname", "lastname", "firstname", "givenname", "forename", "fullname", "middlename",
    "familyname", "nickname", "maiden", "spouse",
  ]
  private static let parts: Set<String> = [
    "first", "last", "given", "middle", "family", "full", "native", "person", "contact", "father",
    "mother", "preferred", "legal",
  ]
  private static let companies: Set<String> = [
    "company", "employer", "organization", "organisation", "firm", "business", "account",
    "corporation", "vendor", "supplier", "institution", "manufacturer", "restaurant", "hotel",
    "org", "shop", "store",
  ]
  private static let noteWords: Set<String> = [
    "note", "notes", "comment", "comments", "remark", "remarks", "memo", "description", "desc",
    "summary", "body", "content", "message", "details",
  ]
  private static let traits: Set<String> = [
    "source", "industry", "rating", "level", "priority", "category", "currency", "department",
    "dept", "role", "position", "title", "gender", "sex", "age", "tag", "tags", "quantity", "qty",
    "discount", "tax", "total", "value", "reason", "step", "date", "time", "salutation", "language",
    "price", "cost", "year", "month", "venue", "brand", "class", "size", "color", "colour",
    "model", "call", "group", "channel",
  ]
  private static let numbers: Set<String> = [
    "id", "no", "number", "code", "key", "ref", "uid", "guid", "uuid", "index", "num", "nr", "rec",
    "row", "record", "serial",
  ]
}

// MARK: - Chinese

extension ColumnHint {
  private static func chinese(_ name: String) -> ColumnHint? {
    let name = name.lowercased()
    for (parts, hint) in chineseParts where parts.contains(where: name.contains) { return hint }
    return chineseWhole[name]
  }

  private static let chineseParts: [(parts: [String], hint: ColumnHint)] = [
    (
      [
        "负责人", "業務員", "业务员", "跟进", "创建", "录入", "更新", "修改", "建档", "登记", "经办", "处理人", "制表", "归属",
        "所有人", "客户经理", "阶段", "状态", "金额", "余额", "概率", "最近", "下次", "销售员", "销售人员", "负责", "收款", "付款日",
      ], .history
    ),
    (["邮箱", "邮件", "email", "e-mail", "郵箱"], .kind(.email)),
    (["邮编", "邮政编码"], .kind(.address)),
    (["手机", "电话", "座机", "联系方式", "固话", "传真", "電話", "手機"], .kind(.phone)),
    (
      [
        "身份证", "信用代码", "税号", "纳税人", "证件号", "护照", "营业执照", "注册号", "机构代码", "微信号", "qq", "车牌", "社保",
        "银行账号", "银行卡", "证件号码", "統一編號",
      ], .kind(.id)
    ),
    (["出生", "生日", "成立", "注册日期"], .kind(.date)),
    (
      [
        "类型", "类别", "级别", "等级", "行业", "部门", "职务", "职位", "职称", "性别", "年龄", "规模", "币种", "数量", "单价",
        "价格", "型号", "品牌", "规格", "日期", "时间", "方式", "原因", "来源", "网址", "网站", "官网", "称谓", "标签", "年份",
        "月份", "采购额", "计量", "问题",
      ], .trait
    ),
    (["备注", "说明", "描述", "摘要", "内容", "備註", "简介"], .notes),
    (["地址", "住址", "所在地", "所在省", "所在市", "城市", "省份", "街道", "区县", "乡镇", "国家"], .kind(.address)),
    (["编号", "编码", "序号", "流水号", "工号", "单号", "編號", "主键"], .rowNumber),
    (["产品", "商品", "商机", "活动", "项目", "物料", "合同", "订单"], .thing),
    (["姓名", "联系人", "联络人", "聯絡人", "法人", "法定代表", "称呼", "名字"], .kind(.personName)),
    (["公司", "企业", "单位", "店名", "门店", "商户", "厂商", "供应商", "机构", "客户名", "集团"], .kind(.companyName)),
    (["名称", "名稱", "客户", "顾客", "会员"], .name),
  ]
  private static let chineseWhole: [String: ColumnHint] = [
    "省": .kind(.address), "市": .kind(.address), "区": .kind(.address), "县": .kind(.address),
    "地区": .kind(.address), "区域": .kind(.address), "姓": .kind(.personName),
    "名": .kind(.personName), "销售": .history, "微信": .kind(.id),
  ]
}
