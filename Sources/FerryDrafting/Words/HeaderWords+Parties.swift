// Headers of people and companies. One line a field, `field: words`; `*` the words for the entity
// itself, which also stand before its fields (客户 + 电话, account + name), `key` its number; `~`
// goes before words that give way to any other.
// SalesChain's own labels and synonyms count besides, and need not be repeated here.
//
// Sources: object references of Salesforce, HubSpot, Zoho CRM, Pipedrive, Dynamics 365 and Odoo for
// the English names; import templates of 纷享销客, 销售易 and 企业微信 for the Chinese ones.
extension HeaderWords {
  static let parties = [
    "user": """
    *: 员工, 人员, 职员, 用户, 同事, 花名册, 通讯录, 业务员, 销售人员, user, users, staff, employee, employees,
      salesperson, sales rep, agent, team member
    key: 工号, 员工编号, 员工号, 人员编号, 用户编号, 用户id, 用户名, 登录名, 账号, employee id, employee no,
      employee number, staff id, user id, username, login, user name, alias
    name: 姓名, 员工姓名, 名字, 真实姓名, 中文名, 人员姓名, 销售姓名, 业务员姓名, name, full name, employee name,
      display name
    email: 邮箱, 电子邮箱, 邮箱地址, 公司邮箱, 企业邮箱, 工作邮箱, email, email address, work email, mail
    mobile: 手机, 手机号, 手机号码, 移动电话, 联系电话, 电话, mobile, mobile phone, cell, phone
    department: 部门, 所属部门, 所在部门, 部门名称, 组织, 团队, 小组, department, dept, team, division
    active: 在职, 在职状态, 是否在职, 是否启用, 启用, 状态, 员工状态, 用户状态, active, is active, status, enabled,
      employment status
    """,
    "account": """
    *: 客户, 公司, 企业, 单位, 机构, 商户, 客商, 往来单位, 客户台账, 客户资料, 客户档案, 客户信息, 客户列表, 客户表,
      客户清单, 客户名录, 客户名单, 客户通讯录, 经销商, 代理商, 渠道商, 合作伙伴, account, accounts, company, companies, customer, customers,
      organization, organisation, organizations, client, clients, business, firm, partner, partners
    key: 客户编号, 客户编码, 客户代码, 客户号, 客户id, 公司编号, 企业编号, 单位编号, 单位编码, 客商编码, 往来单位编码,
      会员号, 档案号, 户号, account id, account number, account no, account code, accountid, accountnumber,
      customer id, customer no, customer number, customer code, company id, record id company, organization id,
      client id, client code, client number, bp number, debtor number, oracle id, external id, sap id
    name: 客户名称, 客户名, 客户全称, 客户简称, 客户姓名, 公司名称, 公司名, 公司全称, 企业名称, 企业全称, 单位名称,
      单位全称, 单位, 机构名称, 商户名称, 公司抬头, 抬头, 开票名称, 发票抬头, 名称, 全称, 付款单位, 购货单位, 需方, 甲方,
      甲方名称, 客户公司, 所属公司, 所属客户, 所属企业, 工作单位, account name, company name, customer name, customer,
      organization name, client name, client, business name, legal name, trading name, name, company,
      organization, account, organization name, person organization, associated company, employer, firm name,
      bill to, bill to name, sold to, 客户/公司
    credit_code: 统一社会信用代码, 社会信用代码, 信用代码, 税号, 纳税人识别号, 纳税识别号, 税务登记号, 组织机构代码,
      营业执照号, 营业执照号码, 工商注册号, 注册号, 企业信用代码, 统一信用代码, credit code, tax id, tax no,
      tax number, taxid, uscc, unified social credit code, business registration number, registration number
    phone: 电话, 公司电话, 座机, 固话, 固定电话, 总机, 电话号码, 办公电话, 联系电话, 联系方式, 单位电话, 企业电话,
      前台电话, phone, telephone, phone number, tel, main phone, company phone, business phone, office phone,
      work phone, switchboard
    email: 邮箱, 公司邮箱, 电子邮箱, 电子邮件, 邮箱地址, 邮件, email, e mail, email address, mail, company email
    website: 网址, 官网, 网站, 公司网址, 公司网站, 公司官网, 企业网址, 主页, 域名, website, url, web, web site,
      homepage, company domain name, domain, domain name, website url, company website, site url
    industry: 行业, 所属行业, 行业类型, 行业分类, 行业类别, 细分行业, 一级行业, 经营范围, industry, sector, vertical,
      industry group, line of business
    level: 客户级别, 级别, 等级, 客户等级, 客户分级, 客户分类, 重要程度, 重要性, 星级, 客户星级, 价值等级, abc分类, level,
      rating, tier, grade, account tier, segment, classification
    source: 来源, 客户来源, 信息来源, 获客渠道, 来源渠道, 渠道, 推广渠道, 客源, source, lead source, account source,
      original source, referral source, how did you hear about us, original traffic source
    country: 国家, 国别, 国家地区, 国家/地区, 所在国家, country, country region, billing country, nation,
      mailing country, country code
    province: 省, 省份, 所在省, 所在省份, 省市, 省/直辖市, 州, state, province, region state, billing state,
      state region, billing province, mailing state, state province, county, 省级
    city: 市, 城市, 所在城市, 所在市, 地级市, 所属城市, city, billing city, town, mailing city, 市级
    district: 区, 区县, 县, 县区, 区/县, 所在区, 所在区县, 行政区, district, county district, suburb
    address: 地址, 公司地址, 详细地址, 联系地址, 通讯地址, 办公地址, 注册地址, 经营地址, 单位地址, 企业地址, 收货地址,
      街道地址, 街道, 送货地址, 所在地, address, street, billing street, street address, billing address,
      address line 1, street 1, mailing street, address 1, company address, billing address line 1,
      postal address
    parent: 上级客户, 母公司, 上级公司, 上级单位, 总公司, 集团, 所属集团, 集团公司, 隶属集团, parent, parent account,
      parent company, parent organization, holding, group company, parent id
    created_by: 创建人, 录入人, 建档人, 登记人
    """,
    "contact": """
    *: 联系人, 联络人, 客户联系人, 主要联系人, 对接人, 人脉, 名片, contact, contacts, person, people, contact person,
      primary contact, main contact
    key: 联系人编号, 联系人id, 联系人编码, 联络人编号, 名片编号, contact id, contactid, contact number, contact no,
      record id contact, person id, vid, contact code, external id
    name: 联系人, 姓名, 联系人姓名, 联系人名称, 客户联系人, 主要联系人, 联络人, 联络人姓名, 对接人, 对接人姓名, 负责人姓名,
      收件人, 名字, 关键人, 决策人, 首要联系人, 客户方联系人, 称呼, name, contact, full name, contact name,
      contact person, person name, primary contact, attn, attention, main contact, key contact
    family_name: 姓, 姓氏, last name, surname, family name, contact last name, nachname
    given_name: 名, first name, given name, forename, contact first name, vorname
    title: 职务, 职位, 岗位, 头衔, 职称, 联系人职务, 联系人职位, title, job title, position, role, designation,
      function, job
    department: 部门, 所在部门, 所属部门, 科室, 处室, department, dept, division
    mobile: 手机, 手机号, 手机号码, 移动电话, 联系手机, 联系人手机, 手机1, 联系电话, 手机电话, 联系方式, 移动号码, 本机号码,
      mobile, mobile phone, cell, cell phone, mobile number, cellphone, mobile phone number, mobile no, handy
    phone: 电话, 座机, 办公电话, 固话, 固定电话, 电话号码, 联系人电话, 单位电话, 工作电话, phone, telephone,
      phone number, work phone, business phone, office phone, tel, direct phone, direct line, phone work,
      landline, direct dial, ~phone home, ~phone other, ~home phone, ~other phone
    email: 邮箱, 电子邮件, 电子邮箱, 邮箱地址, 邮件, 联系邮箱, 工作邮箱, email, e mail, email address, mail,
      work email, email work, business email, primary email, e mail address, mail address, ~email home, ~email other
    wechat: 微信, 微信号, 微信id, 个人微信, 企业微信, 微信/qq, 微信账号, wechat, wechat id, weixin, wx, wechat no
    description: background, bio
    created_at: first seen
    """,
    "lead": """
    *: 线索, 销售线索, 潜在客户, 潜客, 商机线索, 意向客户, 咨询, 报名, lead, leads, prospect, prospects,
      enquiry, inquiry, enquiries, suspects
    key: 线索编号, 线索id, 线索编码, 线索号, 潜客编号, lead id, leadid, lead number, lead no, prospect id
    name: 姓名, 线索名称, 联系人, 联系人姓名, 客户姓名, 线索联系人, 称呼, 名字, 线索姓名, name, full name, lead name,
      contact name, contact, person name, 潜客姓名
    company: 公司, 公司名称, 企业, 企业名称, 单位, 单位名称, 客户名称, 所属公司, 客户公司, 公司全称, 工作单位, company,
      company name, organization, account name, business name, employer, account
    title: 职务, 职位, 岗位, title, job title, position
    mobile: 手机, 手机号, 手机号码, 移动电话, 联系方式, 联系电话, mobile, mobile phone, cell, mobile number, cell phone
    phone: 电话, 座机, 固话, 电话号码, phone, telephone, phone number, tel, work phone
    email: 邮箱, 电子邮件, 电子邮箱, email, e mail, email address, mail
    source: 来源, 线索来源, 渠道, 来源渠道, 获客渠道, 推广渠道, 信息来源, 客户来源, source, lead source, channel,
      original source, utm source, how did you hear about us
    status: 状态, 线索状态, 跟进状态, 处理状态, 线索阶段, 跟进阶段, status, lead status, stage, lead stage
    campaign: 市场活动, 活动, 活动名称, 来源活动, 推广活动, 营销活动, 展会, campaign, campaign name, campaign id,
      most recent campaign, utm campaign
    converted_account: 转化客户, 转换客户, 转成客户, 已转客户, 对应客户, converted account, converted company
    converted_contact: 转化联系人, 转换联系人, 转成联系人, converted contact
    converted_deal: 转化商机, 转换商机, 转成商机, converted deal, converted opportunity
    """,
  ]
}
