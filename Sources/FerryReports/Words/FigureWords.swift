import FerryCore

/// What is said where figures are compared.
enum FigureWords {
  static let converted = Words(en: "converted leads", zh: "已转化线索")
  static let payments = Words(en: "payments", zh: "回款笔数")
  static let cycleInDays = Words(en: "Sales cycle, days", zh: "销售周期（天）")
  static let lostAmount = Words(en: "lost amount", zh: "输单金额")
  static let refunded = Words(en: "Refunded", zh: "已退款")
  static let figure = Words(en: "figure", zh: "指标")
  static let left = Words(en: "first", zh: "前者")
  static let right = Words(en: "second", zh: "后者")
  static let difference = Words(en: "difference", zh: "差异")
  static let sides = Words(en: "first:  {0}\nsecond: {1}", zh: "前者：{0}\n后者：{1}")
  static let equal = Words(en: "All {1} figures are the same.", zh: "全部 {1} 项指标相同。")
  static let different = Words(
    en: "{0} of {1} figures differ; of owners, months, sources and stages only those are shown.",
    zh: "{1} 项指标中有 {0} 项不同；按负责人、月份、来源、阶段的指标只列出不同者。")
}
