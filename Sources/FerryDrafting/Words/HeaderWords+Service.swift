// Headers of what follows the sale, and of what every table may have; written as in
// `HeaderWords+Parties.swift`. `-` are columns that a CRM makes itself and nobody moves.
extension HeaderWords {
  static let service = [
    "payment": """
    *: 回款, 收款, 付款, 到账, 收款记录, 回款记录, 收款单, 流水, 收款流水, 银行流水, 回款台账, 收款明细, payment, payments,
      receipt, receipts, collection, transaction
    key: 流水号, 回款编号, 收款编号, 收款单号, 回款单号, 凭证号, 交易号, 交易流水号, 单据编号, 回款id, 银行流水号, payment id,
      payment number, payment no, receipt no, receipt number, transaction id, reference, transaction number,
      payment reference
    number: 流水号, 回款编号, 收款编号, 收款单号, 回款单号, 凭证号, 交易号, 交易流水号, 单据编号, 银行流水号, number,
      payment number, receipt no, receipt number, transaction id, reference, payment reference
    amount: 回款金额, 收款金额, 到账金额, 实收金额, 付款金额, 本次回款, 回款额, 已收金额, 金额, 收入金额, 入账金额, 实收, amount,
      payment amount, amount paid, amount received, received amount, paid amount, paid, total
    date: 回款日期, 收款日期, 到账日期, 收款时间, 到账时间, 付款日期, 回款时间, 实际回款日期, 入账日期, 交易日期, 日期, date,
      payment date, paid on, received date, receipt date, paid date, transaction date, date received
    method: 方式, 回款方式, 收款方式, 支付方式, 付款方式, 结算方式, 付款类型, method, payment method, payment type, mode,
      pay method, payment mode, paid by
    status: 状态, 回款状态, 收款状态, 到账状态, 支付状态, status, payment status, state
    account: 付款单位, 付款方, 汇款单位, 付款人, 付款客户, 对方户名, 对方单位, 客户, 缴款单位, payer, customer, paid by customer,
      client, company
    order: 订单, 订单编号, 订单号, 对应订单, 关联订单, 销售订单号, order, order number, order no, order id, sales order
    contract: 合同, 合同编号, 合同号, 对应合同, 关联合同, contract, contract number, contract no, contract id
    owner: 经办人, 收款人, 经手人, 业务员, 认领人
    description: 摘要, 用途, 附言, 备注
    """,
    "activity": """
    *: 跟进记录, 跟进, 拜访记录, 联系记录, 沟通记录, 拜访, 外勤, 日报, 工作日志, 通话记录, 服务记录, 回访, 回访记录, 销售日志,
      跟进明细, activity, activities, task, tasks, call log, calls, visit, visits, interaction, engagement,
      timeline, follow up, followups, touchpoint
    key: 记录编号, 跟进编号, 跟进id, 活动id, 任务编号, activity id, task id, engagement id, event id, call id
    subject: 主题, 标题, 跟进主题, 任务名称, 拜访主题, subject, title, activity subject, task name, topic, summary
    kind: 跟进方式, 方式, 类型, 跟进类型, 沟通方式, 联系方式, 拜访方式, 活动类型, 任务类型, 联系类型, 跟进形式, kind, type,
      activity type, task type, task subtype, channel, engagement type, contact method, communication type
    at: 跟进时间, 时间, 日期, 跟进日期, 联系时间, 联系日期, 拜访时间, 拜访日期, 沟通时间, 沟通日期, 发生时间, 记录时间, 活动时间,
      回访时间, 回访日期, at, date, activity date, due date, call date, start date time, timestamp, date time,
      time, activity time, contact date, visit date
    body: 跟进内容, 内容, 沟通内容, 拜访内容, 跟进情况, 详细内容, 描述, 备注, 沟通情况, 拜访情况, 跟进描述, 记录内容, 回访内容,
      谈话内容, body, comments, description, notes, content, details, call notes, remark, note, minutes
    contact: 联系人, 客户联系人, 拜访对象, 被访人, 联系人姓名, 对接人, contact, contact id, contact name, person, who,
      who id, name id
    deal: 商机, 商机编号, 商机名称, 项目, 项目名称, 关联商机, 项目编号, deal, opportunity, deal id, opportunity id, deal name,
      related to, what id
    lead: 线索, 线索编号, 线索名称, 关联线索, lead, lead id, lead name
    owner: 跟进人, 拜访人, 记录人, 销售, 执行人, 联系人员, assigned to, assignee, logged by
    """,
    "case": """
    *: 工单, 售后, 服务, 售后工单, 服务单, 报修, 客诉, 投诉, 售后记录, 维修, 维修记录, 服务请求, 问题, case, cases, ticket,
      tickets, incident, incidents, service request, issue, issues, complaint
    key: 工单编号, 工单号, 服务单号, 单号, 报修单号, 投诉编号, 售后单号, 维修单号, 案例编号, case number, case id, ticket id,
      ticket number, case no, ticket no, incident number, request id, incident id
    number: 工单编号, 工单号, 服务单号, 单号, 报修单号, 投诉编号, 售后单号, 维修单号, number, case number, ticket number,
      ticket id, case no, ticket no, incident number
    subject: 主题, 问题, 问题描述, 标题, 故障现象, 故障描述, 报修内容, 投诉内容, 问题类型, 服务内容, 工单标题, 问题简述, 现象,
      subject, title, ticket name, summary, issue, case subject, problem, topic, problem description
    status: 状态, 工单状态, 处理状态, 服务状态, 进度, status, case status, ticket status, state, stage
    priority: 优先级, 紧急程度, 严重程度, 紧急度, 级别, 优先程度, priority, severity, urgency
    opened_at: 受理时间, 报修时间, 受理日期, 提交时间, 创建时间, 报修日期, 投诉时间, 登记时间, 服务日期, 开始时间, 提单时间, opened,
      opened at, date opened, open date, created, opened date, reported on, date time opened, submitted
    closed_at: 关闭时间, 完成时间, 解决时间, 完成日期, 结束时间, 处理时间, 关闭日期, 结案时间, 维修完成时间, closed, closed at,
      date closed, closed date, resolved at, resolved on, solved at, date time closed, close date
    contact: 联系人, 报修人, 反馈人, 投诉人, 联系人姓名, 客户联系人, contact, contact name, requester, reporter, caller,
      contact id
    owner: 处理人, 受理人, 工程师, 服务工程师, 维修人员, 客服, 责任人, assignee, agent, assigned to, technician
    description: 处理结果, 处理情况, 解决方案, 处理过程, 描述, 详细描述, resolution, solution
    """,
    "any": """
    owner: 负责人, 销售, 业务员, 跟进人, 所有人, 客户经理, 销售代表, 销售员, 归属人, 归属销售, 所属销售, 销售负责人, 客户负责人,
      跟进销售, 责任人, 业务负责人, 大客户经理, 服务人员, 销售经理, 负责销售, 归属, 经办人, 责任销售, 拥有者, 客户所有人, 主管,
      owner, owner id, owner name, owner email, sales rep, account owner, contact owner, deal owner, lead owner,
      opportunity owner, record owner, assigned to, salesperson, account manager, sales, rep, company owner,
      assigned user, responsible, representative, owned by, sales representative, sales owner, sales id
    created_at: 创建时间, 创建日期, 录入时间, 建档日期, 建档时间, 录入日期, 登记日期, 登记时间, 添加时间, 新建时间, 入库时间, 注册时间,
      首次联系时间, 首次接触时间, 建立日期, created, created date, created at, create date, creation date, date created,
      created time, created on, date added, add time, createdate, added on, record created, entry date
    created_by: 创建人, 录入人, 建档人, 登记人, 添加人, 创建者, 制单人, created by, created by id, creator, author,
      entered by, added by
    updated_at: 更新时间, 修改时间, 最后修改时间, 最近更新时间, 最后更新时间, 修改日期, 更新日期, 最近修改时间, updated,
      updated at, last modified, last modified date, modified, modified date, last updated, update time,
      modified time, modified on, date modified, last modified time, last modified on
    description: 备注, 说明, 描述, 备注信息, 附注, 其他, 其它, 其他说明, 备考, 注释, 备注说明, 补充说明, 客户描述, 需求描述,
      description, notes, remark, remarks, note, comments, comment, memo, additional information, details
    currency: 币种, 货币, 币别, 结算币种, 交易币种, 货币类型, currency, currency iso code, currency code, curr
    account: 客户, 客户名称, 客户编号, 公司, 公司名称, 单位, 单位名称, 企业名称, 所属客户, 所属公司, 关联客户, 甲方, 客户单位,
      最终用户, 最终客户, 使用单位, account, account name, account id, company, company id, company name, customer,
      customer id, customer name, organization, organization name, organization id, client, client name,
      associated company, who account, end user
    deal: 商机, 商机编号, 商机名称, 关联商机, 对应商机, 项目, 项目名称, 项目编号, 商机号, 来源商机, deal, deal id, deal name,
      opportunity, opportunity id, opportunity name, project, related deal
    -: 序号, 行号, 编号序号, 操作, 选择, no, index, row, row number, is deleted, master record id, system modstamp,
      last viewed date, last referenced date, last activity date, last modified by id, last modified by, photo url,
      jigsaw, jigsaw company id, jigsaw contact id, clean status, individual id, dandb company id,
      operating hours id, is customer portal, last cu request date, last cu update date, email bounced reason,
      email bounced date, is email bounced, can allow portal self reg, has opportunity line item, pricebook2id,
      forecast category, forecast category name, is closed, is won, fiscal, fiscal quarter, fiscal year,
      has open activity, has overdue task, expected revenue, is private, billing latitude, billing longitude,
      billing geocode accuracy, shipping latitude, shipping longitude, shipping geocode accuracy, other latitude,
      other longitude, other geocode accuracy, mailing latitude, mailing longitude, mailing geocode accuracy,
      campaign member record type id, record type id, modified by, updated by, 最后修改人, 修改人, 更新人,
      number of leads, number of converted leads, number of contacts, number of responses,
      number of opportunities, number of won opportunities, amount all opportunities, amount won opportunities
    """,
  ]
}
