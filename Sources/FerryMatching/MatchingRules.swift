import FerryCore

// What matching says to people. Arguments are field names, counts and places, never values.
extension Rule {
  static let conflictingValues = Rule(
    id: "match.conflicting-values", severity: .warning,
    message: Words(
      en:
        "{0} differs from {1}, although both cells belong to one record; the value at {1} is kept",
      zh: "同一条记录的“{0}”在此处与 {1} 不一致，已采用 {1} 的值"),
    suggestion: Words(
      en: "Correct one of the two cells, or say which value wins with match: … keep: {0}: newest, "
        + "frequent or fullest.",
      zh: "请改正其中一个单元格，或在映射的 match: … keep: 里为 {0} 指定 newest、frequent 或 fullest。"))

  static let mergedValuesDiffer = Rule(
    id: "match.merged-values-differ", severity: .info,
    message: Words(
      en: "the record went into the one at {1}, which keeps its own {0}",
      zh: "此记录已并入 {1}，以下字段保留对方的值：{0}"),
    suggestion: Words(
      en: "Nothing needs to be done; to let other values win, say so with match: … keep: in the "
        + "mapping.",
      zh: "无需处理；如要保留其他值，请在映射的 match: … keep: 里指定。"))

  static let namesContradict = Rule(
    id: "match.names-contradict", severity: .info,
    message: Words(
      en: "{0} is the same as at {1}, but the names differ; the two records stay apart",
      zh: "此处的“{0}”与 {1} 相同，但姓名不一致，两条记录未合并"),
    suggestion: Words(
      en:
        "If both are one person, make the names or the key columns agree; otherwise correct the {0}.",
      zh: "如为同一人，请统一姓名或主键列；否则请核对“{0}”。"))

  static let sharedByMany = Rule(
    id: "match.shared-by-many", severity: .info,
    message: Words(
      en: "this {0} stands with {1} different names; only equal names were merged",
      zh: "此“{0}”对应 {1} 个不同的姓名，仅合并了姓名相同的记录"),
    suggestion: Words(
      en: "If it is a hotline or a filler, map the column to phone or leave such values out.",
      zh: "如果是总机或占位号码，请改为映射到 phone，或去掉这类值。"))

  static let ambiguousName = Rule(
    id: "match.ambiguous-name", severity: .info,
    message: Words(
      en:
        "this name could be short for several persons, also for the one at {0}; nothing was merged",
      zh: "此姓名可能是多个人的简称（其一见 {0}），未合并"),
    suggestion: Words(
      en: "Write the full name, so that it is clear who is meant.", zh: "请写出全名，以便确定是谁。"))

  static let codesContradict = Rule(
    id: "match.codes-contradict", severity: .warning,
    message: Words(
      en: "this account would go into one with another credit code, at {0}; the two stay apart",
      zh: "此客户与 {0} 的统一社会信用代码不同，未合并"),
    suggestion: Words(
      en: "Check both credit codes; if one is a mistake, correct it.",
      zh: "请核对两个统一社会信用代码，如有误请改正。"))

  static let likelyAccount = Rule(
    id: "match.likely-account", severity: .info,
    message: Words(
      en: "the same name stands at {0} under another id; likely one account, not merged",
      zh: "{0} 有同名客户但编号不同，可能是同一客户，未合并"),
    suggestion: Words(
      en: "If both are one, say so with `ferry review export`, or give them one id or credit code.",
      zh: "如为同一客户，请用 `ferry review export` 确认，或统一编号、统一社会信用代码。"))

  static let matchReview = Rule(
    id: "match.review", severity: .info,
    message: Words(
      en: "likely the same as the one at {0}, with probability {1}: {2}; not merged",
      zh: "与 {0} 可能为同一对象，概率 {1}：{3}；未合并"),
    suggestion: Words(
      en: "Decide in a workbook: `ferry review export review.xlsx`, then `ferry review import`.",
      zh: "用 `ferry review export review.xlsx` 导出工作簿逐条判断，再用 `ferry review import` 导入。"))

  static let reviewLeftOut = Rule(
    id: "match.review-left-out", severity: .warning,
    message: Words(
      en: "{1} of {2} likely pairs of {0} are counted only: the {3} with the highest probability "
        + "are listed for review",
      zh: "{0}共有 {2} 对疑似重复，仅列出概率最高的 {3} 对供审核，其余 {1} 对只计数"),
    suggestion: Words(
      en: "Decide on those that are listed and plan again, or raise match: … review in the "
        + "mapping.",
      zh: "请先判断已列出的记录对再重新生成计划，或提高映射里 match: … review 的阈值。"))

  static let mergedInto = Rule(
    id: "match.merged", severity: .info,
    message: Words(en: "merged with the one at {0}: {1}", zh: "已与 {0} 合并：{1}"),
    suggestion: Words(
      en: "Choose different if these are two.", zh: "如为两个不同对象，请选“不同”。"))

  static let storeAlike = Rule(
    id: "match.store-alike", severity: .info,
    message: Words(
      en: "this record is in the store, and another one there looks the same: {0}; records of the "
        + "store are never merged",
      zh: "此记录在目标库中已有对应记录，而库中另一条记录与它相同：{0}；库内记录不会自动合并"),
    suggestion: Words(
      en: "Merge the two in the CRM itself, if they are one.", zh: "如为同一对象，请在 CRM 中合并。"))

  static let decisionSame = Rule(
    id: "decision.same", severity: .info,
    message: Words(
      en: "a person decided that this is the same as at {0}; the decision was applied",
      zh: "已按人工判断与 {0} 视为同一对象"),
    suggestion: Words(
      en: "Nothing needs to be done.", zh: "无需处理。"))

  static let decisionDifferent = Rule(
    id: "decision.different", severity: .info,
    message: Words(
      en: "a person decided that this is another one than at {0}; the two stay apart",
      zh: "已按人工判断与 {0} 视为不同对象，两者不合并"),
    suggestion: Words(
      en: "Nothing needs to be done.", zh: "无需处理。"))

  static let decisionStale = Rule(
    id: "decision.stale", severity: .info,
    message: Words(
      en: "a decision about two records of {0} fits none of this input: they are gone or changed",
      zh: "关于两条{0}记录的一项人工判断已不适用：记录已不在输入中或内容有变"),
    suggestion: Words(
      en: "Nothing needs to be done; if the two are there with other values, decide again.",
      zh: "无需处理；如两条记录仍在但内容有变，请重新判断。"))

  static let decisionsContradict = Rule(
    id: "decision.contradictory", severity: .warning,
    message: Words(
      en: "decisions make this the same as at {0} over others, and also another one; "
        + "those that join them were not applied",
      zh: "人工判断相互矛盾：此处与 {0} 经其他记录被判为相同，又被判为不同；相同的判断未予采用"),
    suggestion: Words(
      en: "Export the review again and decide anew on these records.",
      zh: "请重新导出审核工作簿，对这些记录重新判断。"))

  static let likelyDeal = Rule(
    id: "match.likely-deal", severity: .info,
    message: Words(
      en: "the account has a deal of similar name, amount and date at {0}; deals are never merged",
      zh: "同一客户在 {0} 有名称、金额、日期相近的商机；商机不会自动合并"),
    suggestion: Words(
      en: "If both are one deal, say so with `ferry review export`, or give them one id.",
      zh: "如为同一商机，请用 `ferry review export` 确认，或统一编号。"))
}
