import FerryCore

/// The words that only the page has.
enum PageWords {
  static let run = Words(en: "Run", zh: "运行编号")
  static let mapping = Words(en: "Mapping", zh: "映射文件")
  static let store = Words(en: "Store", zh: "目标库")
  static let started = Words(en: "Started", zh: "开始时间")
  static let finished = Words(en: "Finished", zh: "结束时间")

  static let approved = Words(en: "Approved", zh: "批准人")

  // MARK: - Headlines

  static let rowsRead = Words(en: "rows read", zh: "读取行数")
  static let errors = Words(en: "errors", zh: "错误")
  static let warnings = Words(en: "warnings", zh: "警告")
  static let contents = Words(en: "Contents", zh: "目录")

  // MARK: - Checks

  static let checks = Words(en: "Checks", zh: "核对结论")
  static let rowsBalance = Words(
    en: "Every row is accounted for", zh: "每一行都有去向")
  static let rowsUnbalanced = Words(
    en: "Tables that do not add up: {0}", zh: "{0} 个表的行数对不上")
  static let recordsBalance = Words(
    en: "Every record is accounted for", zh: "每一条记录都有去向")
  static let recordsUnbalanced = Words(
    en: "Entities that do not add up: {0}", zh: "{0} 类记录的数量对不上")
  static let controlsEqual = Words(
    en: "Control totals that agree: all {0}", zh: "{0} 项控制总数全部一致")
  static let controlsUnread = Words(
    en: "Control totals not yet held against the store: {0}", zh: "{0} 项控制总数待与目标库核对")
  static let controlsDifferent = Words(
    en: "Control totals that differ: {0} of {1}", zh: "{1} 项控制总数中有 {0} 项不一致")
  static let gatesMet = Words(en: "Gates met: all {0}", zh: "{0} 道门槛全部通过")
  static let gatesNotMet = Words(
    en: "Gates not met: {0} of {1}", zh: "{1} 道门槛中有 {0} 道未通过")
  static let noErrors = Words(en: "No errors in the data", zh: "数据中没有错误")
  static let someErrors = Words(
    en: "Errors in the data: {0}", zh: "数据中有 {0} 处错误")
  static let verified = Words(
    en: "The store holds what was planned", zh: "目标库与计划一致")
  static let differs = Words(
    en: "Records that differ in the store: {0}", zh: "目标库中有 {0} 条记录不一致")
  static let keptRecords = Words(
    en: "Records kept as people changed them: {0}", zh: "{0} 条记录保留了人工修改")

  // MARK: - What was read

  static let read = Words(en: "What was read", zh: "读取了什么")
  static let readNote = Words(
    en: "Each row below a table's header is in exactly one count.",
    zh: "表头以下的每一行都只计入一类。")
  static let finder = Words(en: "What the table finder did", zh: "表格识别说明")
  static let columns = Words(en: "Columns: {0}, unmapped: {1}", zh: "{0} 列，其中 {1} 列未映射")
  static let column = Words(en: "column", zh: "列")
  static let header = Words(en: "header", zh: "表头")
  static let uses = Words(en: "goes to", zh: "映射到")
  static let filled = Words(en: "filled", zh: "填充率")
  static let unmapped = Words(en: "not mapped", zh: "未映射")
  static let keyField = Words(en: "key", zh: "主键")

  // MARK: - What changes

  static let willChange = Words(en: "What will change", zh: "将要更改什么")
  static let changed = Words(en: "What changed", zh: "更改了什么")
  static let changesNote = Words(
    en:
      "Each record is in exactly one count. The plan file holds every change; these are the first of each kind.",
    zh: "每条记录只计入一类。计划文件包含全部更改，以下为各类的前几条。")
  static let examples = Words(en: "{0}, {1}: examples", zh: "{0} · {1}：示例")
  static let record = Words(en: "record", zh: "记录")
  static let field = Words(en: "field", zh: "字段")
  static let old = Words(en: "old", zh: "原值")
  static let new = Words(en: "new", zh: "新值")
  static let place = Words(en: "source cell", zh: "来源单元格")
  static let reason = Words(en: "why", zh: "原因")
  static let merges = Words(en: "Records that were merged", zh: "合并的记录")
  static let mergesNote = Words(
    en: "These were told to be the same thing, so one of them survives. Undo takes a merge back.",
    zh: "以下记录被判定为同一对象，仅保留其中一条；合并可以撤销。")
  static let into = Words(en: "went into", zh: "并入")

  // MARK: - Findings and what is not mapped

  static let rule = Words(en: "rule", zh: "规则")
  static let places = Words(en: "places", zh: "位置")
  static let value = Words(en: "value", zh: "值")
  static let todo = Words(en: "What to do", zh: "处理方法")
  static let notMapped = Words(en: "What is not mapped", zh: "未映射的内容")
  static let notMappedNote = Words(
    en: "Nothing here was loaded. Add it to the mapping, or leave it behind knowingly.",
    zh: "以下内容未导入。请补充映射，或确认无需保留。")
  static let count = Words(en: "cells", zh: "单元格数")
  static let firstPlace = Words(en: "first cell", zh: "首个单元格")
  static let table = Words(en: "table", zh: "表")
  static let allMapped = Words(
    en: "Every column with values is mapped.", zh: "所有有值的列均已映射。")

  // MARK: - Proof

  static let proof = Words(en: "Gates and control totals", zh: "门槛与控制总数")
  static let noControls = Words(
    en: "The mapping asks for no gates or control totals.", zh: "映射文件未设置门槛或控制总数。")
  static let result = Words(en: "result", zh: "结果")

  // MARK: - Figures

  static let figuresNote = Words(
    en:
      "Leads, deals and payments as they stand with this run. Amounts are never added across currencies.",
    zh: "按本次运行时的线索、商机与回款统计；不同币种的金额不相加。")
  static let charted = Words(
    en: "Charts show amounts in {0}; the other currencies stand in the tables.",
    zh: "图表仅显示 {0} 金额，其他币种见表格。")
  static let funnelNote = Words(
    en: "Deals in each stage and their amount", zh: "各阶段的商机数与金额")
  static let ownersNote = Words(
    en: "Won and open amount, most won first", zh: "赢单与在谈金额，按赢单金额排列")
  static let monthsNote = Words(
    en: "By the month in which deals were closed", zh: "按商机结束的月份统计")
  static let forecastNote = Words(
    en: "Open amount, and amount × probability", zh: "在谈金额，以及金额 × 赢率")
  static let before = Words(en: "before", zh: "之前")
  static let after = Words(en: "after", zh: "之后")
  static let beforeAndAfter = Words(en: "Before and after", zh: "导入前后对比")
  static let beforeAndAfterNote = Words(
    en: "Each figure on its own scale", zh: "各项指标按各自的尺度绘制")
  static let wonAmount = Words(en: "Won amount", zh: "赢单金额")
  static let points = Words(en: "{0} points", zh: "{0} 个百分点")
  static let marks = Words(
    en: "Bars show the figures after this run, marks those of the store before it.",
    zh: "条形为本次运行之后的数值，短线标出运行之前目标库中的数值。")
  static let nothingBefore = Words(
    en: "Before this run, the store held no leads, deals or payments.",
    zh: "运行之前，目标库中没有线索、商机与回款。")
  static let sameAsBefore = Words(
    en: "This run changes none of these figures.", zh: "本次运行不改变以下各项指标。")
  static let numbers = Words(en: "The numbers of this chart", zh: "图中数据")
  static let others = Words(en: "{0} {0:other|others}", zh: "其他 {0} 人")
  static let formulas = Words(en: "How the figures are computed", zh: "指标的计算方法")
  static let formulaList: [Words] = [
    Words(
      en: "Lead conversion = converted ÷ created leads.", zh: "线索转化率 = 已转化线索 ÷ 创建的线索。"),
    Words(
      en: "Win rate = won ÷ (won + lost), by count and by amount of one currency.",
      zh: "赢单率 = 赢单 ÷（赢单 + 输单），分别按数量和同一币种的金额计算。"),
    Words(
      en: "Average deal = mean amount of won deals that have an amount.",
      zh: "平均成交额 = 有金额的赢单商机的平均金额。"),
    Words(
      en: "Sales cycle = median of the days from created to closed of won deals.",
      zh: "销售周期 = 赢单商机从创建到结束的天数的中位数。"),
    Words(
      en: "Forecast = Σ amount × probability of open deals, by month of close date.",
      zh: "预测成交额 = Σ 在谈商机的金额 × 赢率，按预计成交月汇总。"),
  ]

  // MARK: - Foot

  static let foot = Words(
    en:
      "Written by ferry. The page holds all it shows and asks no network. It contains customer data: keep it where the journal is.",
    zh: "由 ferry 生成。页面自带全部内容，不访问网络；含客户数据，请妥善保管。")
}
