import FerryCore
import FerryMigration
import FerryRecords

/// The words of reports, in every language.
enum ReportWords {
  // MARK: - Rows and records

  static let tables = Words(en: "Tables read", zh: "已读取的表")
  static let table = Words(en: "Table", zh: "表")
  static let rows = Words(en: "rows", zh: "行数")
  static let mapped = Words(en: "mapped", zh: "已映射")
  static let blank = Words(en: "blank", zh: "空行")
  static let filtered = Words(en: "filtered", zh: "已过滤")
  static let rejected = Words(en: "rejected", zh: "拒绝")
  static let recordsHead = Words(en: "Records", zh: "记录")
  static let entity = Words(en: "Entity", zh: "对象")
  static let records = Words(en: "records", zh: "记录数")
  static let created = Words(en: "created", zh: "新建")
  static let updated = Words(en: "updated", zh: "更新")
  static let same = Words(en: "same", zh: "不变")
  static let merged = Words(en: "merged", zh: "合并")
  static let skipped = Words(en: "skipped", zh: "跳过")
  static let conflicted = Words(en: "conflicted", zh: "冲突")
  static let removed = Words(en: "removed", zh: "移除")
  static let marked = Words(en: "marked", zh: "标记")
  static let madeAgain = Words(en: "made again", zh: "重建")
  static let restored = Words(en: "restored", zh: "恢复")
  static let keptCount = Words(en: "kept", zh: "保留")
  static let gone = Words(en: "nothing to undo", zh: "无需撤销")

  static let notInSources = Words(
    en: "Beside the sources' records: {0} {1} (removed {2}, changed {3}, kept {4})",
    zh: "来源记录之外：{0} {1} 条（移除 {2}，更改 {3}，保留 {4}）")

  static func notInSources(_ counts: EntityCounts, in language: Language) -> String {
    notInSources.filled(
      with: [
        entityName(counts.entity, in: language), String(counts.gone), String(counts.goneRemoved),
        String(counts.goneMarked), String(counts.goneKept),
      ], in: language)
  }

  private static let moved = Words(
    en: "Changed in the store since the plan was made: {0} {1} (the source's value written {2}, "
      + "the store's kept {3}, left for a person {4})",
    zh: "计划生成之后目标库中有变动：{0} {1} 条（写入来源的值 {2}，保留目标库的值 {3}，留待人工处理 {4}）")

  static func moved(_ counts: EntityCounts, in language: Language) -> String {
    let moved = counts.moved
    let numbers = [moved.records, moved.overruled, moved.kept, moved.left]
    return Self.moved.filled(
      with: [entityName(counts.entity, in: language)] + numbers.map(String.init), in: language)
  }

  /// What the table of counts can't say: a line for each entity where there is something to say.
  static func besideCounts(_ summary: RunSummary, in language: Language) -> [String] {
    summary.entities.filter { $0.gone > 0 }.map { notInSources($0, in: language) }
      + summary.entities.filter { $0.moved.records > 0 }.map { moved($0, in: language) }
  }

  // MARK: - Findings, gates, controls

  /// A control's name, with the figure that is expected of it.
  static func controlName(_ control: ControlTotal) -> String {
    control.expected.map { "\(control.name) = \(NumberText.grouped($0))" } ?? control.name
  }

  static let findings = Words(en: "Findings", zh: "问题与提示")
  static let noFindings = Words(en: "No findings.", zh: "没有发现问题。")
  static let fix = Words(en: "fix", zh: "处理")
  static let more = Words(en: "and {0} more", zh: "另有 {0} 处")
  static let moreRules = Words(
    en: "and {0} more {0:rule|rules}; the report has all of them", zh: "另有 {0} 条规则，详见报告")
  static let gates = Words(en: "Gates", zh: "门槛")
  static let gate = Words(en: "Gate", zh: "门槛")
  static let limit = Words(en: "limit", zh: "上限")
  static let actual = Words(en: "actual", zh: "实际")
  static let met = Words(en: "met", zh: "通过")
  static let notMet = Words(en: "not met", zh: "未通过")
  static let controls = Words(en: "Control totals", zh: "控制总数")
  static let control = Words(en: "Control total", zh: "控制总数")
  static let source = Words(en: "source", zh: "来源")
  static let store = Words(en: "store", zh: "目标库")
  static let equal = Words(en: "equal", zh: "一致")
  static let different = Words(en: "different", zh: "不一致")
  static let differentControls = Words(
    en: "Control totals that differ", zh: "不一致的控制总数")
  static let notRead = Words(en: "not read yet", zh: "尚未读取")
  static let allControlsEqual = Words(
    en: "Control totals that agree with the store: all {0}.", zh: "全部 {0} 项控制总数与目标库一致。")
  static let controlsUnread = Words(
    en: "Control totals taken from the sources: {0}; verify holds them against the store.",
    zh: "已从来源取得 {0} 项控制总数，执行 verify 时与目标库核对。")
  static let ownersOfRun = Words(en: "Owners", zh: "负责人")
  static let ownerName = Words(en: "owner in the source", zh: "来源中的负责人")
  static let ownerUser = Words(en: "user", zh: "用户")
  static let ownerState = Words(en: "state", zh: "状态")

  /// Who an owner of the sources is in the store.
  static func owner(_ state: OwnerTotal.State) -> Words {
    switch state {
    case .user: Words(en: "active", zh: "在职")
    case .pool: Words(en: "公海", zh: "公海")
    case .inactive: Words(en: "left", zh: "已离职")
    case .unmapped: Words(en: "unknown", zh: "未知")
    }
  }

  static let unmappedColumns = Words(en: "Unmapped columns", zh: "未映射的列")
  static let unmappedValues = Words(en: "Unmapped values", zh: "未映射的取值")
  static let differences = Words(en: "Differences", zh: "差异")
  static let kept = Words(en: "Kept as people changed it", zh: "保留的人工修改")

  // MARK: - Figures

  static let figures = Words(en: "Sales figures", zh: "销售指标")
  static let conversion = Words(en: "Lead conversion", zh: "线索转化率")
  static let conversionNote = Words(
    en: "{0} of {1} converted", zh: "{1} 条线索中转化 {0} 条")
  static let winRate = Words(en: "Win rate", zh: "赢单率")
  static let winRateNote = Words(
    en: "{0} of {1} closed {1:one|ones}", zh: "{1} 个已结束商机中赢单 {0} 个")
  static let winRateByAmount = Words(en: "Win rate by amount", zh: "赢单率（按金额）")
  static let average = Words(en: "Average deal", zh: "平均成交额")
  static let averageNote = Words(en: "mean of won deals: {0}", zh: "{0} 个赢单商机的平均值")
  static let cycle = Words(en: "Sales cycle", zh: "销售周期")
  static let cycleDays = Words(en: "{0} {0:day|days}", zh: "{0} 天")
  static let cycleNote = Words(
    en: "median of won deals: {0}", zh: "{0} 个赢单商机的中位数")
  static let open = Words(en: "Open pipeline", zh: "在谈金额")
  static let forecastTotal = Words(en: "Forecast", zh: "预测成交额")
  static let forecastNote = Words(
    en: "amount × probability of open deals", zh: "在谈商机的金额 × 赢率")
  static let withoutProbability = Words(
    en: "Open deals without a probability, which add nothing to the forecast: {0}.",
    zh: "{0} 个在谈商机没有赢率，未计入预测。")
  static let received = Words(en: "Received", zh: "已回款")
  static let refunded = Words(en: "Refunded", zh: "已退款")
  static let payments = Words(en: "payments: {0}", zh: "{0} 笔回款")
  static let funnel = Words(en: "Funnel by stage", zh: "商机漏斗")
  static let byMonth = Words(en: "Won and lost by month", zh: "每月赢单与输单")
  static let byOwner = Words(en: "Won amount by owner", zh: "各负责人成交额")
  static let bySource = Words(en: "By source", zh: "按来源")
  static let byCurrency = Words(en: "By currency", zh: "按币种")
  static let ownersHead = Words(en: "By owner", zh: "按负责人")
  static let monthsHead = Words(en: "By month", zh: "按月")
  static let forecast = Words(en: "Forecast by month of close date", zh: "按预计成交月的预测")
  static let stage = Words(en: "Stage", zh: "阶段")
  static let owner = Words(en: "Owner", zh: "负责人")
  static let month = Words(en: "Month", zh: "月份")
  static let sourceOf = Words(en: "Source", zh: "来源")
  static let currency = Words(en: "Currency", zh: "币种")
  static let deals = Words(en: "deals", zh: "商机数")
  static let leads = Words(en: "leads", zh: "线索数")
  static let won = Words(en: "won", zh: "赢单")
  static let lost = Words(en: "lost", zh: "输单")
  static let openDeals = Words(en: "open", zh: "在谈")
  static let amount = Words(en: "amount", zh: "金额")
  static let wonAmount = Words(en: "won amount", zh: "赢单金额")
  static let weighted = Words(en: "weighted", zh: "加权金额")
  static let nobody = Words(en: "(no owner)", zh: "（无负责人）")
  static let noDate = Words(en: "(no date)", zh: "（无日期）")
  static let noSource = Words(en: "(no source)", zh: "（无来源）")
  static let noCurrency = Words(en: "(no currency)", zh: "（无币种）")
  static let noStage = Words(en: "(no stage)", zh: "（无阶段）")
  static let noFigures = Words(
    en: "No leads, deals or payments to count.", zh: "没有可统计的线索、商机或回款。")

  // MARK: - How a run stands

  static let nothingChanges = Words(
    en: "Nothing to change: the store already holds all of it.",
    zh: "无需更改：目标库中已是最新。")
  static let nothingElseChanges = Words(
    en: "Nothing to change, but not all is in the store: {0} {0:record was|records were} rejected.",
    zh: "无需更改，但并非全部都在目标库中：{0} 条记录被拒绝。")
  static let applyHint = Words(en: "Apply it with: ferry apply {0}", zh: "执行此计划：ferry apply {0}")
  static let gatesHint = Words(
    en: "Nothing was written: {0} {0:gate is|gates are} not met.", zh: "没有写入任何内容：{0} 道门槛未通过。")
  static let applyAnywayHint = Words(
    en: "To apply it all the same: ferry apply {0}", zh: "仍要执行：ferry apply {0}")
  static let resumeHint = Words(en: "Go on with: ferry resume {0}", zh: "继续执行：ferry resume {0}")
  static let plan = Words(en: "Plan", zh: "计划")
  static let report = Words(en: "Report", zh: "报告")
  static let handedBack = Words(en: "For the client to mend", zh: "交客户修正")

  static func outcome(_ word: String) -> Words {
    switch word {
    case "planned": Words(en: "planned, nothing written yet", zh: "已生成计划，尚未写入")
    case "applied": Words(en: "applied", zh: "已写入")
    case "partial": Words(en: "partly applied", zh: "部分写入")
    case "stopped": Words(en: "stopped at a checkpoint", zh: "已在检查点停止")
    case "failed": Words(en: "failed", zh: "失败")
    default: Words(en: word, zh: word)
    }
  }

  static func command(_ word: String) -> Words {
    switch word {
    case "plan": Words(en: "Plan", zh: "计划")
    case "apply": Words(en: "Apply", zh: "执行")
    case "import": Words(en: "Import", zh: "导入")
    case "verify": Words(en: "Verify", zh: "核对")
    case "handover": Words(en: "Hand-over", zh: "移交")
    case "rehearse": Words(en: "Rehearsal", zh: "演练")
    case "undo": Words(en: "Undo", zh: "撤销")
    case "resume": Words(en: "Resume", zh: "继续")
    default: Words(en: word, zh: word)
    }
  }

  static func severity(_ severity: Severity) -> Words {
    switch severity {
    case .error: Words(en: "error", zh: "错误")
    case .warning: Words(en: "warning", zh: "警告")
    case .info: Words(en: "note", zh: "提示")
    }
  }

  /// What became of a record, such as `create`.
  static func change(_ kind: String) -> Words {
    switch kind {
    case "create": created
    case "update": updated
    case "delete": removed
    case "mark": marked
    case "same": same
    case "merge": merged
    case "skip": skipped
    case "reject": rejected
    case "conflict": conflicted
    default: Words(en: kind, zh: kind)
    }
  }

  // MARK: - Names of the sales chain

  static func entityName(_ name: String, in language: Language) -> String {
    SalesChain.entity(name)?.label[language] ?? name
  }

  static func fieldName(_ field: String, of entity: String, in language: Language) -> String {
    SalesChain.entity(entity)?.field(field)?.label[language] ?? field
  }

  static func stageName(_ stage: String?, in language: Language) -> String {
    guard let stage else { return noStage[language] }
    return ValueSet.dealStage.options.first { $0.value == stage }?.label[language] ?? stage
  }
}
