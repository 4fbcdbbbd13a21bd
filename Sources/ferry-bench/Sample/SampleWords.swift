/// The words that the sample's names are made of; no company or person is meant.
enum SampleWords {
  static let familyNames =
    Array("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧").map(String.init)
    + ["欧阳", "司马", "诸葛"]
  static let givenNames = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超", "秀英", "建华",
    "志强",
    "晓东", "海燕", "文博", "雨桐", "子涵", "俊杰", "思远", "佳怡", "国庆", "春梅", "立新", "雪峰", "婷婷", "浩然", "一鸣",
  ]
  static let titles = ["采购经理", "设备部长", "总经理", "生产总监", "采购员", "工程师", "技术总监", "财务经理", "厂长", "项目经理"]
  static let cores = [
    "蓝岭", "宏泽", "瑞禾", "天枢", "锐捷恒", "华淼", "嘉衡", "凌峰", "东曜", "汇川达", "鼎沃", "安驰", "博澜", "晟元", "启润",
    "百沐", "中岩", "德昭", "恒砺", "云沛", "金澜", "信博远", "泰禾", "新翼", "凯森", "江拓", "正阳谷", "联创达", "同辉", "远桥",
  ]
  static let trades = ["精密机械", "自动化设备", "食品", "新材料", "电子科技", "环保工程", "包装", "汽车零部件", "医疗器械", "化工"]
  static let industries = ["机械制造", "装备制造", "食品饮料", "新材料", "电子", "环保", "包装印刷", "汽车", "医疗", "化工"]
  static let places: [Place] = [
    Place("苏州", "江苏省苏州市", "工业园区星湖街", "320594", "0512"),
    Place("上海", "上海市", "浦东新区张江路", "310115", "021"),
    Place("深圳", "广东省深圳市", "南山区科苑路", "440305", "0755"),
    Place("杭州", "浙江省杭州市", "滨江区江南大道", "330108", "0571"),
    Place("北京", "北京市", "大兴区荣华中路", "110115", "010"),
    Place("成都", "四川省成都市", "武侯区天府大道", "510107", "028"),
    Place("武汉", "湖北省武汉市", "江夏区光谷大道", "420115", "027"),
    Place("青岛", "山东省青岛市", "黄岛区长江中路", "370211", "0532"),
    Place("佛山", "广东省佛山市", "顺德区大良街道", "440606", "0757"),
    Place("西安", "陕西省西安市", "雁塔区丈八一路", "610113", "029"),
  ]

  /// Where a company sits.
  struct Place {
    let name: String
    let city: String
    let street: String
    let code: String
    let dialling: String

    init(_ name: String, _ city: String, _ street: String, _ code: String, _ dialling: String) {
      self.name = name
      self.city = city
      self.street = street
      self.code = code
      self.dialling = dialling
    }
  }

  static let products: [(code: String, name: String, category: String, yuan: Int, unit: String)] = [
    ("0101", "离心泵 CP-50", "泵", 6800, "台"), ("0102", "离心泵 CP-80", "泵", 9600, "台"),
    ("0103", "磁力泵 MP-25", "泵", 12_500, "台"), ("0104", "计量泵 DP-10", "泵", 8800, "台"),
    ("0201", "电磁流量计 DN50", "仪表", 4200, "台"), ("0202", "电磁流量计 DN100", "仪表", 5600, "台"),
    ("0203", "涡街流量计 DN80", "仪表", 7300, "台"), ("0204", "压力变送器 3051", "仪表", 2100, "只"),
    ("0205", "雷达液位计 RL-30", "仪表", 11_800, "台"), ("0301", "气动调节阀 DN50", "阀门", 5400, "台"),
    ("0302", "电动球阀 DN80", "阀门", 3900, "台"), ("0303", "安全阀 A48", "阀门", 1600, "只"),
    ("0401", "PLC 控制柜 标准型", "控制", 38_000, "套"), ("0402", "PLC 控制柜 防爆型", "控制", 62_000, "套"),
    ("0403", "DCS 系统 小型", "控制", 186_000, "套"), ("0404", "触摸屏 10 寸", "控制", 2900, "块"),
    ("0501", "安装调试", "服务", 8000, "次"), ("0502", "年度维保", "服务", 15_000, "年"),
    ("0503", "操作培训", "服务", 3000, "天"), ("0504", "备件包", "服务", 4500, "套"),
  ]
  static let campaigns: [(name: String, kind: String, yuan: Int)] = [
    ("2023 上海工博会", "展会", 180_000), ("2023 秋季技术沙龙", "会议", 35_000),
    ("官网改版推广", "网络推广", 60_000), ("2024 环保展", "展会", 150_000),
    ("老客户转介绍", "转介绍", 12_000), ("2024 春季直播", "线上直播", 28_000),
  ]
  static let sources = ["展会", "官网", "转介绍", "电话营销", "老客户", "百度推广"]
  static let foreignCompanies = [
    ("Northbeck Foods Inc.", "US", "Portland", "OR"),
    ("Alder & Pine Packaging LLC", "US", "Austin", "TX"),
    ("Sunfield Water Systems Inc.", "US", "Fresno", "CA"),
    ("Brightmoor Chemicals Corp.", "US", "Newark", "NJ"),
    ("Kestrel Automation Ltd.", "GB", "Leeds", ""), ("Havelock Dairy Ltd.", "GB", "Bristol", ""),
    ("Rheintal Pumpen GmbH", "DE", "Köln", ""), ("Nordlicht Verpackung GmbH", "DE", "Kiel", ""),
    ("Bergmann & Söhne KG", "DE", "Ulm", ""), ("Merlion Process Pte Ltd", "SG", "Singapore", ""),
    ("Straits Valve Pte Ltd", "SG", "Singapore", ""), ("Penang Flow Sdn Bhd", "MY", "Penang", ""),
    ("Selatan Minyak Sdn Bhd", "MY", "Johor Bahru", ""),
    ("Harbour Isle Instruments Ltd", "HK", "Hong Kong", ""),
    ("Aotea Dairy Systems Ltd", "NZ", "Hamilton", ""),
    ("Wattle Creek Mining Pty Ltd", "AU", "Perth", ""),
    ("Yarra Bottlers Pty Ltd", "AU", "Melbourne", ""),
    ("Maple Ridge Paper Inc.", "CA", "Hamilton", "ON"),
  ]
  static let foreignPeople = [
    ("Emma", "Caldwell"), ("Liam", "O'Neill"), ("Sofia", "Marchetti"), ("Noah", "Whitfield"),
    ("Jürgen", "Köhler"), ("Anna-Lena", "Vogt"), ("Wei Ling", "Tan"), ("Arjun", "Menon"),
    ("Grace", "Okafor"), ("Tom", "van Dijk"), ("Isabel", "Ferreira"), ("Hugh", "Pemberton"),
  ]
}
