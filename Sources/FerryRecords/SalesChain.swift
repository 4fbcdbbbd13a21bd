import FerryCore

/// The canonical sales chain: every entity that Ferry carries, as data.
///
/// A new entity or field is a few lines in `SalesChain+….swift` and nothing else.
public enum SalesChain {
  /// All entities in load order: whatever a record refers to comes before it, where it can.
  public static let entities: [Entity] = [
    user, campaign, product, account, contact, lead, deal, quote, quoteLine, contract,
    contractLine, order, orderLine, payment, activity, serviceCase,
  ]

  /// The entity of that name; `nil` where there is none.
  public static func entity(_ name: String) -> Entity? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: entities.map { ($0.name, $0) })

  // Every entity ends in these; `custom` holds what has no field of its own.
  static let history = [
    Field(
      "created_at", .instant, en: "Created at", zh: "创建时间",
      synonyms: ["创建时间", "建档日期", "创建日期", "录入时间", "created", "created date", "createddate"]),
    Field(
      "created_by", .reference(to: "user"), en: "Created by", zh: "创建人",
      synonyms: ["创建人", "录入人", "created by", "createdbyid"]),
    Field(
      "updated_at", .instant, en: "Updated at", zh: "更新时间",
      synonyms: ["更新时间", "修改时间", "最后修改时间", "last modified date", "lastmodifieddate"]),
    Field("custom", .json, en: "Custom fields", zh: "自定义字段"),
  ]

  static let owner = Field(
    "owner", .reference(to: "user"), en: "Owner", zh: "负责人",
    synonyms: ["负责人", "销售", "业务员", "跟进人", "所有人", "客户经理", "owner", "ownerid", "sales rep"])

  static let description = Field(
    "description", .longText, en: "Description", zh: "备注",
    synonyms: ["备注", "说明", "描述", "description", "notes", "remark"])

  static let currency = Field(
    "currency", .currency, en: "Currency", zh: "币种",
    synonyms: ["币种", "货币", "currency", "currencyisocode"])

  static func account(required: Bool = false) -> Field {
    Field(
      "account", .reference(to: "account"), required: required, en: "Account", zh: "客户",
      synonyms: ["客户", "客户名称", "客户编号", "公司", "account", "account name", "accountid", "company"])
  }
}
