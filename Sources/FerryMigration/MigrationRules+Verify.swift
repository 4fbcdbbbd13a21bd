import FerryCore

// What this room has to say: about a store that is held against what runs wrote.
extension Rule {
  static let verifyDiffers = Rule(
    id: "verify.differs", severity: .error,
    message: Words(
      en: "{0} {1}: {2} in the store is not what the run wrote",
      zh: "{0} {1}：目标库中的 {2} 与本次运行写入的不一致"),
    suggestion: Words(
      en: "See whether a person changed it, or make a new plan.", zh: "请确认是否有人修改过，或重新生成计划。"))

  static let verifyMoved = Rule(
    id: "verify.moved", severity: .error,
    message: Words(
      en: "{0} {1}: {2} in the store is not what it was when the plan was made",
      zh: "{0} {1}：目标库中的 {2} 与制定计划时不一致"),
    suggestion: Words(
      en: "See who changed it, or make a new plan.", zh: "请确认由谁修改，或重新生成计划。"))

  static let verifyMissing = Rule(
    id: "verify.missing", severity: .error,
    message: Words(
      en: "{0} {1} is not in the store, though the run wrote or found it",
      zh: "{0} {1} 在本次运行中已写入或已存在，但目标库中找不到"),
    suggestion: Words(
      en: "See whether a person removed it, or make a new plan.", zh: "请确认是否有人删除过，或重新生成计划。"))

  static let verifyNotLoaded = Rule(
    id: "verify.not-loaded", severity: .info,
    message: Words(
      en: "not compared: {1} {1:record|records} of {0} that {1:was|were} rejected or left out",
      zh: "未核对：{0} 有 {1} 条被拒绝或跳过的记录"),
    suggestion: Words(
      en: "See the plan's report for why.", zh: "原因见计划的报告。"))

  static let verifyMerged = Rule(
    id: "verify.merged", severity: .info,
    message: Words(
      en: "not compared: {1} {1:record|records} of {0} that went into others",
      zh: "未核对：{0} 有 {1} 条已并入其他记录"),
    suggestion: Words(
      en: "The records that they went into are compared.", zh: "它们并入的记录已核对。"))

  static let verifyKept = Rule(
    id: "verify.kept", severity: .info,
    message: Words(
      en: "not compared: what the sources say of {1} {1:record|records} of {0} that the run left "
        + "as {1:it was|they were}",
      zh: "未核对：{0} 有 {1} 条由本次运行保持原样的记录"),
    suggestion: Words(
      en: "The run's own report names each of them.", zh: "该次运行的报告中已逐条列出。"))

  static let verifyGone = Rule(
    id: "verify.gone", severity: .info,
    message: Words(
      en: "not compared: {1} {1:record|records} of {0} no longer in the sources that "
        + "{1:stays|stay}",
      zh: "未核对：{0} 有 {1} 条已不在来源中而保留的记录"),
    suggestion: Words(
      en: "Nothing needs to be done.", zh: "无需处理。"))

  static let verifyMovedKept = Rule(
    id: "verify.moved-kept", severity: .info,
    message: Words(
      en: "not compared: {1} {1:field|fields} of {0} that people changed between plan and apply, "
        + "where `on_conflict: store` keeps the store's value",
      zh: "未核对：{0} 有 {1} 个字段在计划与执行之间被人修改，并按 `on_conflict: store` 保留目标库的值"),
    suggestion: Words(
      en: "The run's own report names each of them.", zh: "该次运行的报告中已逐条列出。"))

  static let verifyOpenLinks = Rule(
    id: "verify.open-links", severity: .info,
    message: Words(
      en: "not compared: {1} {1:reference|references} of {0} to records that were not loaded",
      zh: "未核对：{0} 有 {1} 个指向未导入记录的关联"),
    suggestion: Words(
      en: "See why those records were kept out.", zh: "请查明这些记录未导入的原因。"))

  static let verifyNotRead = Rule(
    id: "verify.not-read", severity: .info,
    message: Words(
      en: "not read again, since the run wrote nothing there: {0}",
      zh: "本次运行未写入，因此没有再次读取：{0}"),
    suggestion: Words(
      en: "`ferry verify` reads all of them again.", zh: "`ferry verify` 会重新读取全部记录。"))

  static let verifyStillThere = Rule(
    id: "verify.still-there", severity: .error,
    message: Words(
      en: "{0} {1} is in the store, though the run removed it", zh: "{0} {1} 已由本次运行移除，但目标库中仍有"),
    suggestion: Words(
      en: "See whether a person or another run made it again.", zh: "请确认是否有人或其他运行重新建立了它。"))

  static let controlUnexpected = Rule(
    id: "control.unexpected", severity: .error,
    message: Words(
      en: "control total '{0}': {1} is expected, found {2}",
      zh: "控制总数“{0}”：应为 {1}，实际为 {2}"),
    suggestion: Words(
      en: "Find what is missing or too much in the sources, or correct the figure under "
        + "`controls:`; amounts of several currencies take a figure each.",
      zh: "请查明来源中缺少或多出的内容，或更正 `controls:` 中的数值；有多种货币时请分别填写。"))

  static let controlExceeded = Rule(
    id: "control.exceeded", severity: .warning,
    message: Words(
      en: "{0} {1}: its records of {2} come to {3}, more than its {4} of {5}",
      zh: "{0} {1}：其 {2} 合计为 {3}，超过它的 {4} {5}"),
    suggestion: Words(
      en: "Look for a payment that was booked twice or belongs to another record.",
      zh: "请检查是否重复登记，或属于其他记录。"))

  static let controlDiffers = Rule(
    id: "control.differs", severity: .error,
    message: Words(
      en: "control total '{0}': {1} in the plan, {2} in the store",
      zh: "控制总数“{0}”：计划为 {1}，目标库为 {2}"),
    suggestion: Words(
      en: "Look at the records that `ferry verify` names.", zh: "请查看 `ferry verify` 列出的记录。"))
}
