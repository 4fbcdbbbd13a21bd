import FerryCore

// After the sale: payments, activities, cases.
extension SalesChain {
  /// Money received or to be received.
  public static let payment = Entity(
    "payment", plural: "payments", en: "Payments", zh: "回款", synonyms: ["回款", "收款", "payments"],
    fields: [
      Field(
        "number", .text, en: "Number", zh: "回款编号",
        synonyms: ["回款编号", "流水号", "收款单号", "凭证号", "number"]),
      account(),
      Field(
        "order", .reference(to: "order"), en: "Order", zh: "订单", synonyms: ["订单", "订单编号", "order"]),
      Field(
        "contract", .reference(to: "contract"), en: "Contract", zh: "合同",
        synonyms: ["合同", "合同编号", "contract"]),
      Field(
        "amount", .amount, required: true, en: "Amount", zh: "金额",
        synonyms: ["金额", "回款金额", "收款金额", "到账金额", "amount"]),
      currency,
      Field(
        "date", .date, en: "Date", zh: "回款日期", synonyms: ["回款日期", "收款日期", "到账日期", "date"]),
      Field("method", .text, en: "Method", zh: "方式", synonyms: ["方式", "回款方式", "支付方式", "method"]),
      Field(
        "status", .choice(.paymentStatus), en: "Status", zh: "状态",
        synonyms: ["状态", "回款状态", "status"]),
      owner,
      description,
    ] + history)

  /// Touches with a customer.
  public static let activity = Entity(
    "activity", plural: "activities", en: "Activities", zh: "跟进记录",
    synonyms: ["跟进记录", "拜访记录", "联系记录", "activities", "tasks"],
    fields: [
      Field("subject", .text, en: "Subject", zh: "主题", synonyms: ["主题", "subject"]),
      Field(
        "kind", .choice(.activityKind), en: "Kind", zh: "方式",
        synonyms: ["跟进方式", "方式", "类型", "kind", "type"]),
      Field(
        "at", .instant, en: "At", zh: "时间", synonyms: ["跟进时间", "时间", "日期", "跟进日期", "at", "date"]),
      Field(
        "body", .longText, en: "Body", zh: "内容",
        synonyms: ["跟进内容", "内容", "沟通内容", "body", "comments"]),
      account(),
      Field(
        "contact", .reference(to: "contact"), en: "Contact", zh: "联系人",
        synonyms: ["联系人", "contact"]),
      Field("deal", .reference(to: "deal"), en: "Deal", zh: "商机", synonyms: ["商机", "deal"]),
      Field("lead", .reference(to: "lead"), en: "Lead", zh: "线索", synonyms: ["线索", "lead"]),
      owner,
    ] + history)

  /// Service requests after the sale.
  public static let serviceCase = Entity(
    "case", plural: "cases", en: "Cases", zh: "工单",
    synonyms: ["售后", "工单", "服务", "cases", "tickets"],
    fields: [
      Field(
        "number", .text, en: "Number", zh: "工单编号", synonyms: ["工单编号", "服务单号", "单号", "number"]),
      Field(
        "subject", .text, required: true, en: "Subject", zh: "主题",
        synonyms: ["主题", "问题", "问题描述", "subject"]),
      Field("status", .choice(.caseStatus), en: "Status", zh: "状态", synonyms: ["状态", "status"]),
      Field("priority", .text, en: "Priority", zh: "优先级", synonyms: ["优先级", "紧急程度", "priority"]),
      account(),
      Field(
        "contact", .reference(to: "contact"), en: "Contact", zh: "联系人",
        synonyms: ["联系人", "contact"]),
      Field(
        "opened_at", .instant, en: "Opened at", zh: "受理时间", synonyms: ["受理时间", "报修时间", "opened"]),
      Field(
        "closed_at", .instant, en: "Closed at", zh: "关闭时间", synonyms: ["关闭时间", "完成时间", "closed"]),
      owner,
      description,
    ] + history)
}
