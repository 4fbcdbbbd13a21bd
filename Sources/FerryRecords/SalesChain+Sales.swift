import FerryCore

// What: campaigns, products, deals, and the papers that follow a deal.
extension SalesChain {
  /// What brings leads.
  public static let campaign = Entity(
    "campaign", plural: "campaigns", en: "Campaigns", zh: "市场活动",
    synonyms: ["市场活动", "活动", "campaigns"],
    fields: [
      Field(
        "name", .text, required: true, en: "Name", zh: "活动名称", synonyms: ["活动名称", "名称", "name"]),
      Field("kind", .text, en: "Kind", zh: "类型", synonyms: ["类型", "活动类型", "type"]),
      Field("status", .text, en: "Status", zh: "状态", synonyms: ["状态", "status"]),
      Field("start_date", .date, en: "Start", zh: "开始日期", synonyms: ["开始日期", "start date"]),
      Field("end_date", .date, en: "End", zh: "结束日期", synonyms: ["结束日期", "end date"]),
      Field("budget", .amount, en: "Budget", zh: "预算", synonyms: ["预算", "budget", "budgetedcost"]),
      currency,
    ] + history)

  /// What is sold.
  public static let product = Entity(
    "product", plural: "products", en: "Products", zh: "产品", synonyms: ["产品", "商品", "products"],
    fields: [
      Field(
        "name", .text, required: true, en: "Name", zh: "产品名称",
        synonyms: ["产品名称", "品名", "名称", "product name", "name"]),
      Field("code", .text, en: "Code", zh: "产品编码", synonyms: ["产品编码", "编码", "货号", "sku", "code"]),
      Field("category", .text, en: "Category", zh: "类别", synonyms: ["类别", "分类", "category"]),
      Field("price", .amount, en: "Price", zh: "单价", synonyms: ["单价", "价格", "标准价", "price"]),
      currency,
      Field("unit", .text, en: "Unit", zh: "单位", synonyms: ["单位", "计量单位", "unit"]),
      Field("active", .boolean, en: "Active", zh: "在售", synonyms: ["在售", "上架", "状态", "active"]),
    ] + history)

  /// Chances to sell.
  public static let deal = Entity(
    "deal", plural: "deals", en: "Deals", zh: "商机",
    synonyms: ["商机", "销售机会", "deals", "opportunities"],
    fields: [
      Field(
        "name", .text, required: true, en: "Name", zh: "商机名称",
        synonyms: ["商机名称", "项目名称", "机会名称", "name", "deal name", "opportunity name"]),
      account(),
      Field(
        "contact", .reference(to: "contact"), en: "Contact", zh: "联系人",
        synonyms: ["联系人", "contact"]),
      Field(
        "amount", .amount, en: "Amount", zh: "金额", synonyms: ["金额", "预计金额", "商机金额", "amount"]),
      currency,
      Field(
        "stage", .choice(.dealStage), en: "Stage", zh: "阶段",
        synonyms: ["阶段", "销售阶段", "商机阶段", "stage", "stagename"]),
      Field(
        "probability", .percent, en: "Probability", zh: "赢率", synonyms: ["赢率", "概率", "probability"]),
      Field(
        "close_date", .date, en: "Close date", zh: "预计成交日期",
        synonyms: ["预计成交日期", "预计签约日期", "成交日期", "close date", "closedate"]),
      Field(
        "closed_at", .instant, en: "Closed at", zh: "关闭时间", synonyms: ["关闭时间", "结束时间", "closed at"]),
      Field(
        "source", .text, en: "Source", zh: "来源", synonyms: ["来源", "商机来源", "source", "leadsource"]),
      Field(
        "lost_reason", .text, en: "Lost reason", zh: "输单原因", synonyms: ["输单原因", "lost reason"]),
      owner,
      description,
    ] + history)

  /// Offers made for deals.
  public static let quote = document("quote", plural: "quotes", en: "Quotes", zh: "报价")
  /// What the offers hold.
  public static let quoteLine = lines(of: "quote", en: "Quote lines", zh: "报价明细")
  /// Contracts signed.
  public static let contract = document("contract", plural: "contracts", en: "Contracts", zh: "合同")
  /// What the contracts hold.
  public static let contractLine = lines(of: "contract", en: "Contract lines", zh: "合同明细")
  /// Orders placed.
  public static let order = document("order", plural: "orders", en: "Orders", zh: "订单")
  /// What the orders hold.
  public static let orderLine = lines(of: "order", en: "Order lines", zh: "订单明细")

  private static func document(
    _ name: String, plural: String, en: String, zh: String
  ) -> Entity {
    Entity(
      name, plural: plural, en: en, zh: zh, synonyms: [zh, plural],
      fields: [
        Field(
          "name", .text, en: "Name", zh: "\(zh)名称", synonyms: ["\(zh)名称", "\(zh)主题", "name"]),
        Field(
          "number", .text, en: "Number", zh: "\(zh)编号",
          synonyms: ["\(zh)编号", "\(zh)号", "单号", "number", "\(name) number"]),
        account(),
        Field("deal", .reference(to: "deal"), en: "Deal", zh: "商机", synonyms: ["商机", "deal"]),
        Field(
          "amount", .amount, en: "Amount", zh: "金额",
          synonyms: ["金额", "\(zh)金额", "总金额", "amount", "total"]),
        currency,
        Field(
          "status", .choice(.documentStatus), en: "Status", zh: "状态",
          synonyms: ["状态", "\(zh)状态", "status"]),
        Field(
          "date", .date, en: "Date", zh: "日期",
          synonyms: ["日期", "\(zh)日期", "签订日期", "下单日期", "date"]),
        Field(
          "start_date", .date, en: "Start", zh: "开始日期", synonyms: ["开始日期", "生效日期", "start date"]),
        Field("end_date", .date, en: "End", zh: "结束日期", synonyms: ["结束日期", "到期日期", "end date"]),
        owner,
        description,
      ] + history)
  }

  private static func lines(of parent: String, en: String, zh: String) -> Entity {
    Entity(
      "\(parent)_line", plural: "\(parent)_lines", en: en, zh: zh, synonyms: [zh], parent: parent,
      fields: [
        Field(parent, .reference(to: parent), required: true, en: parent, zh: zh),
        Field("position", .integer, en: "Position", zh: "行号", synonyms: ["行号", "序号", "line"]),
        Field(
          "product", .reference(to: "product"), en: "Product", zh: "产品",
          synonyms: ["产品", "产品编码", "产品名称", "product", "sku"]),
        Field("quantity", .decimal, en: "Quantity", zh: "数量", synonyms: ["数量", "quantity", "qty"]),
        Field("price", .amount, en: "Price", zh: "单价", synonyms: ["单价", "price", "unit price"]),
        Field("amount", .amount, en: "Amount", zh: "金额", synonyms: ["金额", "小计", "amount"]),
      ])
  }
}
