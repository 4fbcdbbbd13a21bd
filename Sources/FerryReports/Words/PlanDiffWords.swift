import FerryCore

/// The words of a comparison of two plans.
enum PlanDiffWords {
  static let equal = Words(
    en: "The plans are equal: {0} {0:record|records}, the same in both.",
    zh: "两份计划相同：共 {0} 条记录，完全一致。")
  static let different = Words(
    en:
      "The plans differ: {0} {0:record|records} changed, {1} only in the first, {2} only in the second, {3} the same.",
    zh: "两份计划不同：{0} 条记录有变化，{1} 条仅在第一份中，{2} 条仅在第二份中，{3} 条相同。")
  static let entity = Words(en: "entity", zh: "类别")
  static let record = Words(en: "record", zh: "记录")
  static let first = Words(en: "first plan", zh: "第一份")
  static let second = Words(en: "second plan", zh: "第二份")
  static let parts = Words(en: "what differs", zh: "差异")
  static let notes = Words(
    en: "Beside the records, lines of one plan only:", zh: "记录之外，仅见于其中一份的内容：")
  static let showValues = Words(
    en: "--show-values adds what they hold; --json lists up to {0} {0:record|records}.",
    zh: "加 --show-values 可显示具体内容；--json 最多列出 {0} 条记录。")

  static func part(_ name: String) -> Words {
    switch name {
    case "store": Words(en: "store", zh: "目标库")
    case "input": Words(en: "source files", zh: "源文件")
    case "table": Words(en: "tables", zh: "表格")
    case "link": Words(en: "links", zh: "关联")
    case "event": Words(en: "merges and splits", zh: "合并与拆分")
    case "finding": Words(en: "findings", zh: "问题")
    case "review": Words(en: "pairs for review", zh: "待判断的疑似重复")
    case "control": Words(en: "control totals", zh: "控制总数")
    case "policy": Words(en: "how it is applied", zh: "执行方式")
    default: Words(en: "gates", zh: "闸门")
    }
  }
}
