import FerryNormalization

/// Parts of company names in Chinese signs that are not the name itself.
enum ChineseCompany {
  /// How many signs at the end of `text` are a legal form, and its kind.
  static func form(atEndOf text: Span<UInt32>) -> (count: Int, form: CompanyWords.Form) {
    let count = tables.forms.longest(atEndOf: text)
    return (count, count == 0 ? .none : form(text.extracting(text.count - count..<text.count)))
  }

  /// How many signs at the beginning of `text` are a legal form: 株式会社.
  static func form(atStartOf text: Span<UInt32>) -> (count: Int, form: CompanyWords.Form) {
    let count = tables.firstForms.longest(atStartOf: text)
    return (count, count == 0 ? .none : form(text.extracting(0..<count)))
  }

  private static func form(_ text: Span<UInt32>) -> CompanyWords.Form {
    CompanyWords.form(of: LetterHash.hash(text)) ?? .open
  }

  /// How many signs at the end say what the company does.
  static func trade(atEndOf text: Span<UInt32>) -> Int { tables.trades.longest(atEndOf: text) }
  /// How many signs at the end are 集团 and its like.
  static func group(atEndOf text: Span<UInt32>) -> Int { tables.groups.longest(atEndOf: text) }
  /// How many signs at the start are a place.
  static func place(atStartOf text: Span<UInt32>) -> Int { tables.places.longest(atStartOf: text) }
  /// How many signs at the end are a place.
  static func place(atEndOf text: Span<UInt32>) -> Int { tables.places.longest(atEndOf: text) }

  /// Whether the signs are a number, as in 第一机械厂.
  static func isNumber(_ text: Span<UInt32>) -> Bool {
    let start = text.count > 1 && text[0] == 0x7B2C ? 1 : 0
    for index in start..<text.count where !numerals.contains(text[index]) { return false }
    return text.count > start
  }

  /// The signs 一二三四五六七八九十百〇.
  private static let numerals: Set<UInt32> = [
    0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E,
    0x3007,
  ]

  /// The hash that all spellings of a place share.
  static func placeHash(_ text: Span<UInt32>) -> UInt64 {
    let hash = LetterHash.hash(text)
    return tables.shortPlaces[hash] ?? hash
  }

  private static let tables = ChineseCompanyTables()
}

private struct ChineseCompanyTables: Sendable {
  private(set) var forms = SignRows()
  private(set) var firstForms = SignRows()
  private(set) var trades = SignRows()
  private(set) var groups = SignRows()
  private(set) var places = SignRows()
  private(set) var shortPlaces = HashedTable<UInt64>()

  init() {
    // 子公司 ends 电子公司 far more often than it stands for itself.
    for form in LegalForms.cjkSuffixes where form != "子公司" && !Self.groupWords.contains(form) {
      forms.add(form)
    }
    for form in ["株式会社", "有限会社", "合同会社", "合资会社", "合名会社", "주식회사", "유한회사", "株", "有"] {
      firstForms.add(form)
      forms.add(form)
    }
    for word in Self.groupWords { groups.add(word) }
    for word in Self.tradeWords.split(separator: " ") { trades.add(String(word)) }
    for (name, short) in Divisions.companyPlaces { addPlace(name, short) }
    for name in [
      "中国", "香港", "澳门", "台湾", "亚洲", "亚太", "大中华", "日本", "美国", "德国", "英国", "法国", "印度", "新加坡", "韩国",
      "全球",
    ] {
      addPlace(name, name)
    }
  }

  private mutating func addPlace(_ name: String, _ short: String) {
    places.add(name)
    shortPlaces[LetterHash.hash(TextFold.folded(name))] =
      LetterHash.hash(TextFold.folded(short))
  }

  private static let groupWords = ["集团", "控股", "集团控股", "控股集团"]

  /// What companies say they do, behind their own name: words met in registers of companies.
  private static let tradeWords = """
    科技 技术 信息 信息技术 信息科技 网络 网络科技 网络技术 软件 软件技术 电子 电子科技 电子商务 电器 电气 机械 \
    机械设备 机电 机电设备 设备 贸易 商贸 工贸 经贸 国际贸易 进出口 进出口贸易 物流 货运 货运代理 运输 快递 速递 仓储 \
    医疗 医疗器械 医疗科技 器械 医药 药业 制药 生物 生物科技 生物技术 生物医药 新能源 能源 建筑 建筑工程 工程 工程技术 \
    建设 建设工程 建材 装饰 装饰工程 装修 设计 文化 文化传播 文化传媒 传媒 传播 广告 咨询 管理 管理咨询 商务咨询 \
    信息咨询 企业管理 企业管理咨询 教育 教育科技 教育咨询 培训 食品 餐饮 餐饮管理 酒店 酒店管理 旅游 旅行社 国际旅行社 \
    农业 农业科技 农牧 化工 化学 材料 新材料 材料科技 金属 金属制品 钢铁 五金 塑料 塑胶 橡胶 玻璃 陶瓷 纺织 纺织品 \
    服装 服饰 鞋业 皮革 家具 家居 家电 环保 环保科技 环境 环境科技 汽车 汽车销售 汽车服务 汽车零部件 汽配 投资 \
    投资管理 投资咨询 资产管理 创业投资 基金 基金管理 证券 期货 信托 保险 银行 金融 融资租赁 租赁 担保 小额贷款 置业 \
    房地产 房地产开发 地产 物业 物业管理 物业服务 实业 发展 开发 产业 工业 制造 制品 电力 电力设备 通信 通信技术 通讯 \
    智能 智能科技 自动化 仪器 仪器仪表 仪表 光电 半导体 微电子 印刷 包装 包装材料 纸业 矿业 石油 石化 天然气 燃气 \
    航空 航天 航运 海运 船舶 港口 铁路 安防 消防 体育 健康 健康管理 健康科技 美容 化妆品 日化 珠宝 零售 超市 百货 商业 \
    供应链 供应链管理 服务 技术服务 商务服务 商务 人力资源 劳务派遣 劳务 检测 检测技术 认证 水务 水利 园林 园林绿化 绿化 \
    种业 饲料 水产 茶业 酒业 酒类 乳业 饮料 粮油 影视 影视文化 游戏 娱乐 动漫 出版 国际 数据 数据科技 大数据 数字科技 \
    互联网 云计算 系统 系统集成 集成 机器人 模具 轴承 阀门 泵业 电机 电缆 照明 灯饰 眼镜 玩具 礼品 工艺品 文具 图书 \
    律师事务所 会计师事务所 事务所 诊所 门诊部 医院 药房 药店 学校 大学 学院 幼儿园 研究院 研究所 设计院 研究中心 中心 \
    厂 工厂 店 商店 商行 门市部 经营部 批发部 合作社 协会 联合会 基金会
    """
}
