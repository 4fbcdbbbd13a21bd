import FerryCore

// Who: users, accounts, contacts, leads.
extension SalesChain {
  /// Staff of the company that moves.
  public static let user = Entity(
    "user", plural: "users", en: "Users", zh: "员工",
    synonyms: ["员工", "人员", "花名册", "users", "staff"],
    fields: [
      Field(
        "name", .personName, required: true, en: "Name", zh: "姓名",
        synonyms: ["姓名", "员工姓名", "name", "full name"]),
      Field(
        "email", .email, en: "E-mail", zh: "邮箱", synonyms: ["邮箱", "电子邮件", "email", "e-mail"]),
      Field("mobile", .phone, en: "Mobile", zh: "手机", synonyms: ["手机", "手机号", "mobile"]),
      Field("department", .text, en: "Department", zh: "部门", synonyms: ["部门", "department"]),
      Field(
        "active", .boolean, en: "Active", zh: "在职", synonyms: ["在职", "状态", "是否在职", "active"]),
    ] + history)

  /// Companies that buy.
  public static let account = Entity(
    "account", plural: "accounts", en: "Accounts", zh: "客户",
    synonyms: ["客户", "客户台账", "公司", "accounts", "companies"],
    fields: [
      Field(
        "name", .companyName, required: true, en: "Name", zh: "客户名称",
        synonyms: ["客户名称", "公司名称", "公司", "单位名称", "account name", "company", "name"]),
      Field(
        "credit_code", .creditCode, en: "Credit code", zh: "统一社会信用代码",
        synonyms: ["统一社会信用代码", "信用代码", "税号", "纳税人识别号", "credit code", "tax id"]),
      Field(
        "phone", .phone, en: "Phone", zh: "电话",
        synonyms: ["电话", "公司电话", "座机", "phone", "telephone"]),
      Field("email", .email, en: "E-mail", zh: "邮箱", synonyms: ["邮箱", "公司邮箱", "email"]),
      Field(
        "website", .url, en: "Website", zh: "网址", synonyms: ["网址", "官网", "网站", "website", "url"]),
      Field("industry", .text, en: "Industry", zh: "行业", synonyms: ["行业", "所属行业", "industry"]),
      Field(
        "level", .text, en: "Level", zh: "客户级别", synonyms: ["客户级别", "级别", "等级", "level", "rating"]),
      Field(
        "source", .text, en: "Source", zh: "来源", synonyms: ["来源", "客户来源", "source", "leadsource"]),
      Field(
        "country", .text, en: "Country", zh: "国家", synonyms: ["国家", "country", "billingcountry"]),
      Field(
        "province", .province, en: "Province", zh: "省份", synonyms: ["省", "省份", "state", "province"]),
      Field("city", .city, en: "City", zh: "城市", synonyms: ["市", "城市", "city", "billingcity"]),
      Field("district", .district, en: "District", zh: "区县", synonyms: ["区", "区县", "district"]),
      Field(
        "address", .text, en: "Address", zh: "地址",
        synonyms: ["地址", "公司地址", "详细地址", "address", "street", "billingstreet"]),
      owner,
      Field(
        "parent", .reference(to: "account"), en: "Parent account", zh: "上级客户",
        synonyms: ["上级客户", "母公司", "parent", "parentid"]),
      description,
    ] + history)

  /// People at accounts.
  public static let contact = Entity(
    "contact", plural: "contacts", en: "Contacts", zh: "联系人",
    synonyms: ["联系人", "contacts", "people"],
    fields: [
      Field(
        "name", .personName, required: true, en: "Name", zh: "姓名",
        synonyms: ["联系人", "姓名", "联系人姓名", "name", "contact", "full name"]),
      Field(
        "family_name", .text, en: "Family name", zh: "姓", synonyms: ["姓", "last name", "lastname"]),
      Field(
        "given_name", .text, en: "Given name", zh: "名", synonyms: ["名", "first name", "firstname"]),
      Field("title", .text, en: "Title", zh: "职务", synonyms: ["职务", "职位", "title", "job title"]),
      Field("department", .text, en: "Department", zh: "部门", synonyms: ["部门", "department"]),
      Field(
        "mobile", .phone, en: "Mobile", zh: "手机",
        synonyms: ["手机", "手机号", "手机号码", "移动电话", "mobile", "mobilephone", "cell"]),
      Field("phone", .phone, en: "Phone", zh: "电话", synonyms: ["电话", "座机", "办公电话", "phone"]),
      Field("email", .email, en: "E-mail", zh: "邮箱", synonyms: ["邮箱", "电子邮件", "email", "e-mail"]),
      Field("wechat", .text, en: "WeChat", zh: "微信", synonyms: ["微信", "微信号", "wechat"]),
      account(),
      owner,
      description,
    ] + history)

  /// People and companies that may buy.
  public static let lead = Entity(
    "lead", plural: "leads", en: "Leads", zh: "线索", synonyms: ["线索", "销售线索", "leads"],
    fields: [
      Field(
        "name", .personName, required: true, en: "Name", zh: "姓名",
        synonyms: ["姓名", "联系人", "线索名称", "name"]),
      Field(
        "company", .companyName, en: "Company", zh: "公司", synonyms: ["公司", "公司名称", "企业", "company"]),
      Field("title", .text, en: "Title", zh: "职务", synonyms: ["职务", "职位", "title"]),
      Field("mobile", .phone, en: "Mobile", zh: "手机", synonyms: ["手机", "手机号", "mobile"]),
      Field("phone", .phone, en: "Phone", zh: "电话", synonyms: ["电话", "座机", "phone"]),
      Field("email", .email, en: "E-mail", zh: "邮箱", synonyms: ["邮箱", "email"]),
      Field("source", .text, en: "Source", zh: "来源", synonyms: ["来源", "线索来源", "渠道", "source"]),
      Field(
        "status", .choice(.leadStatus), en: "Status", zh: "状态", synonyms: ["状态", "线索状态", "status"]),
      Field(
        "campaign", .reference(to: "campaign"), en: "Campaign", zh: "市场活动",
        synonyms: ["市场活动", "活动", "campaign"]),
      owner,
      Field(
        "converted_account", .reference(to: "account"), en: "Converted account", zh: "转化客户",
        synonyms: ["转化客户", "converted account"]),
      Field(
        "converted_contact", .reference(to: "contact"), en: "Converted contact", zh: "转化联系人",
        synonyms: ["转化联系人", "converted contact"]),
      Field(
        "converted_deal", .reference(to: "deal"), en: "Converted deal", zh: "转化商机",
        synonyms: ["转化商机", "converted opportunity"]),
      description,
    ] + history)
}
