public import FerryCore
import FerryRecords

/// What a product's import screen wants, as data: format, limits, headers, how links are named.
///
/// Limits are set below what the screens state, and can be set by `rows`: they change with editions.
public struct ImportTemplate: Sendable {
  /// How the files are written.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    case workbook = "xlsx"
    case csv
  }

  /// Such as `fxiaoke`.
  public let name: String
  /// What people call it.
  let title: Words
  /// Of headers and values.
  public var language: Language
  /// How the files are written.
  public var format: Format
  /// Data rows of a file.
  public var rowsPerFile: Int
  /// The column of Ferry's ids.
  let keyHeader: String
  /// Whether a link is the other record's name; else its external id.
  var linksAreNames = false
  /// Whether people are named by e-mail; else by name.
  var peopleAreEmails = false
  /// The zone that times stand in, without saying so; `nil` for UTC as `2024-03-05T01:30:00Z`.
  var zone: String?
  /// Whether mobile numbers of mainland China stand without +86.
  var hasDomesticMobiles = false
  /// Whether a person's name stands in two columns; their headers, given name first.
  var nameHeaders: [String] = []
  /// By `entity.field`, or by `.field` for every entity: the header where it is not the field's label.
  var headers: [String: String] = [:]
  /// By entity: what the screen calls the object.
  var objects: [String: String] = [:]
  /// How the screen is used, in order.
  let steps: [Words]

  /// All of them, by name.
  public static let all = [generic, fxiaoke, hubSpot, salesforce]

  /// The template of that name; `nil` where there is none.
  public static func named(_ name: String) -> ImportTemplate? { all.first { $0.name == name } }

  private static let generic = ImportTemplate(
    name: "generic", title: Words(en: "any product", zh: "任意产品"), language: .chinese,
    format: .workbook, rowsPerFile: 50_000, keyHeader: "ferry_id", zone: "Asia/Shanghai",
    steps: [
      Words(
        en:
          "Import the files in the order of their numbers; what a file links to stands in one before.",
        zh: "按文件编号顺序导入；被引用的记录都在前面的文件里。"),
      Words(
        en:
          "Keep the column ferry_id in a field of its own: it tells later imports which record is meant.",
        zh: "把 ferry_id 列保存到一个独立字段：以后的导入靠它识别记录。"),
    ])

  private static let fxiaoke = ImportTemplate(
    name: "fxiaoke", title: Words(en: "纷享销客 (ShareCRM)", zh: "纷享销客"), language: .chinese,
    format: .workbook, rowsPerFile: 5_000, keyHeader: "Ferry 编号", linksAreNames: true,
    zone: "Asia/Shanghai", hasDomesticMobiles: true,
    headers: [
      "account.name": "客户名称", "account.phone": "电话", "account.level": "客户级别",
      "contact.account": "客户名称", "deal.account": "客户名称", "order.account": "客户名称",
      "payment.account": "客户名称", "activity.account": "客户名称", "deal.amount": "商机金额",
      "deal.stage": "商机阶段", "order.number": "销售订单编号", "order.amount": "销售订单金额(元)",
      "order.date": "下单日期", "payment.amount": "本次回款金额(元)",
    ],
    objects: [
      "account": "客户", "contact": "联系人", "lead": "销售线索", "deal": "商机2.0", "product": "产品",
      "quote": "报价单", "order": "销售订单", "order_line": "订单产品", "payment": "回款",
      "activity": "销售记录", "campaign": "市场活动",
    ],
    steps: [
      Words(
        en: "On each object add a text field \"Ferry 编号\", unique, and put it on the layout.",
        zh: "在各对象上新增单行文本字段“Ferry 编号”（值唯一），并放入布局。"),
      Words(
        en: "Open the object's list, choose 导入, then 新增导入; upload the files in the order of their"
          + " numbers. Switch workflow and approval off for the import.",
        zh: "打开对象列表，选择“导入”→“新增导入”，按文件编号顺序上传；导入时不触发工作流和审批流。"),
      Words(
        en: "For changes choose 更新导入 and match by \"Ferry 编号\".",
        zh: "修改已有数据时选择“更新导入”，以“Ferry 编号”匹配。"),
      Words(
        en: "Links and owners are named by name: two records of one name must be told apart first.",
        zh: "关联对象和负责人按名称匹配：重名记录须先区分。"),
    ])

  private static let hubSpot = ImportTemplate(
    name: "hubspot", title: Words(en: "HubSpot", zh: "HubSpot"), language: .english,
    format: .workbook, rowsPerFile: 100_000, keyHeader: "ferry_id", peopleAreEmails: true,
    nameHeaders: ["First Name", "Last Name"],
    headers: [
      "account.name": "Company name", "account.phone": "Phone Number",
      "account.website": "Website URL",
      "account.province": "State/Region", "account.country": "Country/Region",
      "account.address": "Street Address", "contact.title": "Job Title",
      "contact.mobile": "Mobile Phone Number", "contact.phone": "Phone Number",
      "contact.email": "Email", "lead.company": "Company Name", "lead.email": "Email",
      "deal.name": "Deal Name", "deal.stage": "Deal Stage", "deal.amount": "Amount",
      "deal.close_date": "Close Date", "deal.currency": "Currency",
      ".created_at": "ferry_created_at",
    ],
    objects: [
      "account": "Companies", "contact": "Contacts", "lead": "Contacts", "deal": "Deals",
      "product": "Products", "activity": "Notes", "case": "Tickets", "order": "Orders",
    ],
    steps: [
      Words(
        en: "On each object add a property ferry_id: single-line text, unique values.",
        zh: "在各对象上新增属性 ferry_id：单行文本、值唯一。"),
      Words(
        en:
          "Import, Start an import, File from computer: first the companies, then two files at once"
          + " with an association, joined by the ferry_id of the file before.",
        zh: "选择“导入”→“从电脑导入文件”：先导入公司，再把两个文件一起导入并按前一文件的 ferry_id 建立关联。"),
      Words(
        en: "Choose \"Create and update\" and ferry_id as the unique identifier.",
        zh: "选择“创建并更新”，以 ferry_id 作为唯一标识。"),
    ])

  private static let salesforce = ImportTemplate(
    name: "salesforce", title: Words(en: "Salesforce", zh: "Salesforce"), language: .english,
    format: .csv, rowsPerFile: 50_000, keyHeader: "Ferry_Id__c",
    nameHeaders: ["First Name", "Last Name"],
    headers: [
      "account.name": "Account Name", "account.province": "Billing State/Province",
      "account.city": "Billing City", "account.country": "Billing Country",
      "account.address": "Billing Street", "account.parent": "Parent Account: Ferry_Id__c",
      "contact.account": "Account: Ferry_Id__c", "lead.status": "Lead Status",
      "lead.source": "Lead Source", "deal.name": "Opportunity Name",
      "deal.close_date": "Close Date",
      "deal.account": "Account: Ferry_Id__c", ".owner": "Owner", ".created_at": "Created Date",
    ],
    objects: [
      "account": "Accounts", "contact": "Contacts", "lead": "Leads", "campaign": "Campaigns",
      "deal": "Opportunities (Data Loader)", "product": "Products (Data Loader)",
      "order": "Orders (Data Loader)", "activity": "Tasks (Data Loader)",
    ],
    steps: [
      Words(
        en: "On each object add a field Ferry_Id__c: text of 255, external id, unique.",
        zh: "在各对象上新增字段 Ferry_Id__c：文本 255、外部 ID、唯一。"),
      Words(
        en: "Setup, Data Import Wizard, Launch: choose the object, \"Add new and update existing\","
          + " match by Ferry_Id__c, code UTF-8. What the wizard does not offer goes through Data Loader"
          + " (Upsert).",
        zh: "设置 → 数据导入向导 → 启动：选择对象与“添加新记录并更新现有记录”，按 Ferry_Id__c 匹配，编码 UTF-8。"
          + "向导不支持的对象用 Data Loader（Upsert）。"),
      Words(
        en: "Switch assignment rules and workflow off on the wizard's first page.",
        zh: "在向导首页关闭分配规则和工作流。"),
    ])

  /// What stands above a field's column.
  func header(of field: Field, in entity: Entity) -> String {
    if let header = headers["\(entity.name).\(field.name)"] ?? headers[".\(field.name)"] {
      return header
    }
    // A line names what it is a line of.
    let parent = field.name == entity.parent ? SalesChain.entity(field.name) : nil
    return (parent?.label ?? field.label)[language]
  }

  /// What the screen calls the entity.
  func object(of entity: Entity) -> String { objects[entity.name] ?? entity.label[language] }
}
