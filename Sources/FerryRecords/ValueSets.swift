import FerryCore

extension ValueSet {
  /// The stages of a deal, open ones first.
  public static let dealStage = ValueSet(
    name: "deal.stage",
    options: [
      Option(
        value: "lead_in", label: Words(en: "Lead in", zh: "线索转入"),
        synonyms: ["初步接触", "新建", "prospecting", "lead in"]),
      Option(
        value: "qualification", label: Words(en: "Qualification", zh: "初步接洽"),
        synonyms: ["初步接洽", "意向", "验证客户", "qualification", "qualified"]),
      Option(
        value: "needs_analysis", label: Words(en: "Needs analysis", zh: "需求分析"),
        synonyms: ["需求确认", "需求分析", "needs analysis", "value proposition", "discovery"]),
      Option(
        value: "proposal", label: Words(en: "Proposal", zh: "方案报价"),
        synonyms: ["报价", "方案报价", "方案", "proposal", "proposal/price quote", "quote"]),
      Option(
        value: "negotiation", label: Words(en: "Negotiation", zh: "谈判审核"),
        synonyms: ["谈判", "商务谈判", "negotiation", "negotiation/review"]),
      Option(
        value: "won", label: Words(en: "Won", zh: "赢单"),
        synonyms: ["赢单", "成交", "已签约", "closed won", "won"]),
      Option(
        value: "lost", label: Words(en: "Lost", zh: "输单"),
        synonyms: ["输单", "丢单", "流失", "closed lost", "lost"]),
    ])

  /// Where a lead stands.
  public static let leadStatus = ValueSet(
    name: "lead.status",
    options: [
      Option(
        value: "new", label: Words(en: "New", zh: "新线索"),
        synonyms: ["新线索", "未处理", "待跟进", "new", "open - not contacted"]),
      Option(
        value: "contacted", label: Words(en: "Contacted", zh: "已联系"),
        synonyms: ["已联系", "跟进中", "contacted", "working - contacted"]),
      Option(
        value: "qualified", label: Words(en: "Qualified", zh: "已确认"),
        synonyms: ["有意向", "已确认", "qualified"]),
      Option(
        value: "converted", label: Words(en: "Converted", zh: "已转化"),
        synonyms: ["已转化", "已转客户", "closed - converted", "converted"]),
      Option(
        value: "disqualified", label: Words(en: "Disqualified", zh: "无效"),
        synonyms: ["无效", "已关闭", "closed - not converted", "unqualified"]),
    ])

  /// Where an order, a contract or a quote stands.
  public static let documentStatus = ValueSet(
    name: "order.status",
    options: [
      Option(
        value: "draft", label: Words(en: "Draft", zh: "草稿"),
        synonyms: ["草稿", "待审批", "未生效", "draft"]),
      Option(
        value: "active", label: Words(en: "Active", zh: "执行中"),
        synonyms: ["执行中", "生效", "履行中", "已审批", "active", "activated"]),
      Option(
        value: "completed", label: Words(en: "Completed", zh: "已完成"),
        synonyms: ["已完成", "完成", "已发货", "completed"]),
      Option(
        value: "cancelled", label: Words(en: "Cancelled", zh: "已取消"),
        synonyms: ["已取消", "作废", "终止", "cancelled", "canceled"]),
    ])

  /// Where a payment stands.
  public static let paymentStatus = ValueSet(
    name: "payment.status",
    options: [
      Option(
        value: "planned", label: Words(en: "Planned", zh: "计划"),
        synonyms: ["计划", "待回款", "未回", "planned"]),
      Option(
        value: "received", label: Words(en: "Received", zh: "已到账"),
        synonyms: ["已到账", "已回款", "到账", "received", "paid"]),
      Option(
        value: "refunded", label: Words(en: "Refunded", zh: "已退款"),
        synonyms: ["退款", "已退款", "refunded"]),
    ])

  /// What kind of touch an activity was.
  public static let activityKind = ValueSet(
    name: "activity.kind",
    options: [
      Option(
        value: "call", label: Words(en: "Call", zh: "电话"), synonyms: ["电话", "电话沟通", "去电", "call"]),
      Option(
        value: "visit", label: Words(en: "Visit", zh: "拜访"),
        synonyms: ["拜访", "上门", "上门拜访", "visit"]),
      Option(
        value: "meeting", label: Words(en: "Meeting", zh: "会议"), synonyms: ["会议", "meeting"]),
      Option(
        value: "email", label: Words(en: "E-mail", zh: "邮件"), synonyms: ["邮件", "email", "e-mail"]),
      Option(
        value: "message", label: Words(en: "Message", zh: "消息"),
        synonyms: ["微信", "短信", "企业微信", "message"]),
      Option(value: "note", label: Words(en: "Note", zh: "记录"), synonyms: ["备注", "记录", "note"]),
      Option(value: "task", label: Words(en: "Task", zh: "任务"), synonyms: ["任务", "待办", "task"]),
    ])

  /// Where a case stands.
  public static let caseStatus = ValueSet(
    name: "case.status",
    options: [
      Option(
        value: "open", label: Words(en: "Open", zh: "处理中"),
        synonyms: ["处理中", "新建", "未处理", "open", "new"]),
      Option(
        value: "pending", label: Words(en: "Pending", zh: "待反馈"),
        synonyms: ["待反馈", "挂起", "等待客户", "pending", "on hold"]),
      Option(
        value: "closed", label: Words(en: "Closed", zh: "已关闭"),
        synonyms: ["已关闭", "已解决", "关闭", "closed", "solved"]),
    ])
}
