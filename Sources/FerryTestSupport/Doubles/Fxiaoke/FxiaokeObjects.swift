/// An object of 纷享销客.
struct FxiaokeObject: Hashable, Sendable {
  let name: String
  let label: String
  /// By name; the system's fields included.
  let fields: [String: FxiaokeField]

  /// Whether its records lie in a pool (公海, 线索池) as long as nobody owns them.
  var hasPool: Bool { name == "AccountObj" || name == "LeadsObj" }
  /// Whether it is the tenant's own.
  var isCustom: Bool { name.hasSuffix("__c") }
  /// The lookup to the master, where its records are details.
  var master: FxiaokeField? { fields.values.first { $0.kind == .masterDetail } }

  /// The objects of the double's tenant, by name.
  static let all: [String: FxiaokeObject] = {
    var all: [String: FxiaokeObject] = [:]
    for block in (tables + "\n" + sales).split(separator: "\n\n") {
      let lines = block.split(separator: "\n")
      guard let head = lines.first?.split(separator: " "), head.count >= 2 else { continue }
      let fields = (lines.dropFirst() + system.split(separator: "\n")).compactMap {
        FxiaokeField(line: $0)
      }
      let name = String(head[0])
      all[name] = FxiaokeObject(
        name: name, label: String(head[1]),
        fields: Dictionary(fields.map { ($0.name, $0) }) { own, _ in own })
    }
    return all
  }()

  /// What every object has.
  private static let system = """
    owner employee 负责人
    create_time date_time 创建时间
    created_by employee 创建人
    last_modified_time# date_time 最后修改时间
    last_modified_by# employee 最后修改人
    record_type select_one:default__c/预设业务类型 业务类型
    life_status# select_one:normal/正常,invalid/作废,under_review/审核中 生命状态
    lock_status# select_one:0/未锁定,1/锁定 锁定状态
    is_deleted# true_or_false 是否删除
    out_owner employee 外部负责人
    data_own_department department 归属部门
    migration_ext_id__c= text 迁移外部编号
    """

  private static let tables = """
    AccountObj 客户
    name! text 客户名称
    account_no text 客户编号
    account_type select_one:1/最终客户,2/渠道客户,3/合作伙伴 客户类型
    account_level select_one:1/重要客户,2/普通客户 客户级别
    account_source select_one:1/广告,2/展会,3/转介绍,4/网站,other/其他 来源
    industry_level1 select_one:1/制造业,2/信息技术,3/批发零售,4/金融,other/其他 1级行业
    industry_level2 text 2级行业
    tel phone_number 电话
    fax text 传真
    email email 邮件
    url url 网址
    address text 详细地址
    area_location text 定位
    remark long_text 备注
    high_seas_id text 所属公海
    back_reason text 退回原因
    deal_status select_one:1/未成交,2/已成交 成交状态
    last_followed_time date_time 最后跟进时间
    parent_account_id object_reference:AccountObj 上级客户
    credit_code__c text 统一社会信用代码

    ContactObj 联系人
    name! text 姓名
    owner! employee 负责人
    account_id object_reference:AccountObj 客户名称
    company text 公司
    department text 部门
    job_title text 职务
    mobile phone_number 手机
    mobile1 phone_number 手机1
    mobile2 phone_number 手机2
    tel phone_number 电话
    tel1 phone_number 电话1
    email email 邮件
    add text 地址
    remark long_text 备注
    primary_contact true_or_false 主联系人

    LeadsObj 销售线索
    name! text 姓名
    company text 公司
    department text 部门
    job_title text 职务
    mobile phone_number 手机
    tel phone_number 电话
    email email 邮件
    url url 网址
    address text 地址
    source select_one:1/广告,2/展会,3/转介绍,4/网站,other/其他 来源
    remark long_text 备注
    leads_stage select_one:1/新线索,2/已联系,3/已确认,4/已转化,5/无效 线索阶段
    leads_status select_one:1/未处理,2/跟进中,3/已转换,4/无效 状态
    leads_pool_id text 线索池
    marketing_event_id text 市场活动
    back_reason text 退回原因
    close_reason text 无效原因
    transform_time date_time 转换时间
    next_followed_time date_time 下次跟进时间

    ActiveRecordObj 销售记录
    name text 编号
    active_record_content! long_text 销售记录内容
    active_record_type select_one:1/电话,2/拜访,3/微信,4/邮件,5/会议,6/任务,7/备注 销售记录类型
    interactive_types select_one:1/电话,2/拜访,3/微信,4/邮件,5/会议 互动类型
    interactive_scenario text 互动场景
    related_object_data what_list 关联业务
    account_id object_reference:AccountObj 客户
    new_opportunity_id object_reference:NewOpportunityObj 商机

    PersonnelObj 人员
    name! text 姓名
    user_id# text 员工编号
    email email 邮件
    phone phone_number 手机
    status select_one:0/启用,1/停用 状态
    """

  private static let sales = """

    NewOpportunityObj 商机2.0
    name! text 商机名称
    owner! employee 负责人
    account_id! object_reference:AccountObj 客户名称
    amount currency 商机金额
    sales_process_id text 销售流程
    sales_stage! select_one:s1/线索转入,s2/初步接洽,s3/需求分析,s4/方案报价,s5/谈判审核,s6/赢单,s7/输单 商机阶段
    probability percentile 赢率
    sales_status select_one:1/进行中,2/赢单,3/输单,4/无效 阶段状态
    close_date date 预计成交日期
    stg_changed_time date_time 阶段变更时间
    cost_time number 停留时间
    partner_id text 合作伙伴
    source select_one:1/广告,2/展会,3/转介绍,4/网站,other/其他 来源
    remark long_text 备注

    ProductObj 产品
    name! text 产品名称
    product_code text 产品编码
    price currency 价格
    category text 分类
    unit select_one:1/个,2/套,3/台,4/件 单位
    product_status select_one:1/已上架,2/已下架 上下架

    QuoteObj 报价单
    name text 报价单编号
    account_id! object_reference:AccountObj 客户名称
    new_opportunity_id object_reference:NewOpportunityObj 商机
    quote_time date 报价日期
    quote_amount currency 报价单金额
    discount percentile 整单折扣
    remark long_text 备注

    QuoteLinesObj 报价单明细
    name text 明细编号
    quote_id! master_detail:QuoteObj 报价单编号
    product_id! object_reference:ProductObj 产品名称
    quantity number 数量
    price currency 价格
    sales_price currency 报价
    subtotal currency 小计
    remark long_text 备注

    SalesOrderObj 销售订单
    name text 销售订单编号
    account_id! object_reference:AccountObj 客户名称
    order_time date 下单日期
    order_amount currency 销售订单金额
    discount percentile 整单折扣
    settle_type select_one:1/预付,2/现付,3/赊销 结算方式
    delivery_date date 交货日期
    ship_to_id object_reference:ContactObj 收货人
    ship_to_add text 收货地址
    ship_to_tel phone_number 收货人电话
    quote_id object_reference:QuoteObj 报价单
    price_book_id text 价目表
    new_opportunity_id object_reference:NewOpportunityObj 商机
    partner_id text 合作伙伴
    remark long_text 备注

    SalesOrderProductObj 订单产品
    name text 明细编号
    order_id! master_detail:SalesOrderObj 销售订单编号
    product_id! object_reference:ProductObj 产品名称
    price_book_product_id text 价目表产品
    quantity number 数量
    product_price currency 价格
    sales_price currency 销售单价
    discount percentile 折扣
    subtotal currency 小计
    unit text 单位
    remark long_text 备注

    PaymentObj 回款
    name text 回款编号
    account_id! object_reference:AccountObj 客户名称
    payment_time date 回款日期
    payment_term select_one:1/支票,2/现金,3/电汇,4/支付宝,5/微信,other/其他 回款方式
    amount currency 本次回款金额
    notification_time date_time 提醒时间
    remark long_text 备注

    OrderPaymentObj 回款明细
    name text 明细编号
    payment_id! master_detail:PaymentObj 回款编号
    order_id object_reference:SalesOrderObj 销售订单编号
    amount currency 本次回款金额

    contract__c 合同
    name! text 合同名称
    account__c object_reference:AccountObj 客户
    number__c text 合同编号
    amount__c currency 合同金额
    status__c select_one:draft/草稿,active/执行中,completed/已完成,cancelled/已取消 状态
    start_date__c date 开始日期
    end_date__c date 结束日期
    """
}
