import FerryCore
import FerryRecords

/// Words of sheets for the values of closed sets, beside those that the sets have themselves.
///
/// Sources: default pipelines and statuses of Salesforce, HubSpot, Zoho CRM, Pipedrive, 纷享销客 and
/// 销售易. `known` are whole values; `hints` are parts of values, which only make a guess.
enum ValueWords {
  /// What a value means, and whether that is only a guess; `nil` where nothing fits.
  static func meaning(of value: String, in set: ValueSet) -> (value: String, isGuess: Bool)? {
    let folded = HeaderText.fold(value)
    guard !folded.isEmpty else { return nil }
    for option in set.options {
      let names = [option.value, option.label.english, option.label.chinese] + option.synonyms
      if names.contains(where: { HeaderText.fold($0) == folded }) { return (option.value, false) }
    }
    for (option, words) in known[set.name] ?? [] where words.contains(folded) {
      return (option, false)
    }
    for (option, parts) in hints[set.name] ?? [] where parts.contains(where: folded.contains) {
      return (option, true)
    }
    return nil
  }

  private static let known: [String: [(String, Set<String>)]] = [
    "deal.stage": [
      ("lead_in", ["新建商机", "新商机", "线索", "立项", "发现商机", "appointmentscheduled", "leadin", "new"]),
      (
        "qualification",
        [
          "意向客户", "有意向", "初步沟通", "接洽", "初访", "验证", "qualifiedtobuy", "contactmade", "qualified",
          "perceptionanalysis", "iddecisionmakers",
        ]
      ),
      (
        "needs_analysis",
        [
          "需求沟通", "需求调研", "方案演示", "产品演示", "presentationscheduled", "demoscheduled", "needsdefined",
          "needsanalysis", "valueproposition", "demo",
        ]
      ),
      ("proposal", ["报价阶段", "投标", "方案提交", "已报价", "decisionmakerboughtin", "proposalmade"]),
      (
        "negotiation",
        [
          "商务谈判", "合同谈判", "合同审批", "合同阶段", "谈判中", "contractsent", "negotiationsstarted",
          "negotiationreview",
        ]
      ),
      ("won", ["成交", "已成交", "签约", "已签约", "赢", "中标", "closedwon", "won", "成单"]),
      ("lost", ["丢单", "失单", "未成交", "流标", "未中标", "已关闭", "closedlost", "lost", "失败", "关闭"]),
    ],
    "lead.status": [
      ("new", ["新增", "未联系", "待分配", "未跟进", "待处理", "opennotcontacted", "open", "raw", "cold"]),
      (
        "contacted",
        ["已跟进", "跟进", "联系中", "attemptedtocontact", "inprogress", "working", "connected"]
      ),
      (
        "qualified",
        ["意向", "高意向", "意向客户", "opendeal", "nurturing", "warm", "hot", "marketingqualified"]
      ),
      ("converted", ["已转换", "转化", "已成交", "转商机", "customer", "incontract"]),
      (
        "disqualified",
        ["无意向", "放弃", "关闭", "空号", "junklead", "lostlead", "badtiming", "unqualified"]
      ),
    ],
    "order.status": [
      (
        "draft",
        ["新建", "待审核", "审批中", "待确认", "未审核", "inapproval", "indraft", "pending", "quotation"]
      ),
      (
        "active",
        [
          "进行中", "已生效", "已确认", "已审核", "待发货", "履约中", "processing", "approved", "accepted", "sent",
          "confirmed", "open", "presented",
        ]
      ),
      (
        "completed",
        ["结束", "已结束", "已交付", "已签收", "完结", "delivered", "closed", "shipped", "done", "fulfilled"]
      ),
      ("cancelled", ["取消", "已作废", "已终止", "失效", "已拒绝", "denied", "rejected", "voided", "expired"]),
    ],
    "payment.status": [
      (
        "planned", ["未到账", "待收款", "未收款", "未付", "应收", "pending", "unpaid", "open", "due", "overdue"]
      ),
      (
        "received",
        ["已收款", "收讫", "已付", "已付款", "已收", "成功", "completed", "succeeded", "cleared", "settled"]
      ),
      ("refunded", ["退回", "冲销", "refund", "reversed"]),
    ],
    "activity.kind": [
      ("call", ["来电", "打电话", "电联", "电话跟进", "电话回访", "phone", "phonecall", "calls"]),
      ("visit", ["上门", "走访", "实地拜访", "外勤", "面谈", "当面", "现场拜访", "onsite", "facetoface"]),
      ("meeting", ["线上会议", "视频会议", "腾讯会议", "会谈", "demo", "event", "lunch", "meetings"]),
      ("email", ["邮件沟通", "电子邮件", "发邮件", "mail", "emails"]),
      ("message", ["微信沟通", "qq", "钉钉", "whatsapp", "sms", "chat", "linkedinmessage"]),
      ("note", ["其他", "其它", "跟进", "notes", "other", "comment"]),
      ("task", ["待办事项", "计划", "todo", "tasks", "deadline", "followup"]),
    ],
    "case.status": [
      ("open", ["待处理", "进行中", "已受理", "维修中", "working", "inprogress", "escalated", "reopened"]),
      ("pending", ["等待", "暂停", "待配件", "待客户确认", "waiting", "waitingforcustomer", "awaitingreply"]),
      ("closed", ["完成", "已完成", "已结案", "处理完成", "resolved", "done", "completed", "finished"]),
    ],
  ]

  private static let hints: [String: [(String, [String])]] = [
    "deal.stage": [
      ("lost", ["输", "丢", "流失", "失败", "放弃", "未成", "lost", "abandon", "dead"]),
      ("won", ["赢", "成交", "签约", "中标", "已签", "won", "signed"]),
      ("negotiation", ["谈判", "商务", "合同", "议价", "negotiat", "contract", "legal"]),
      ("proposal", ["报价", "方案", "投标", "招标", "proposal", "quote", "bid"]),
      ("needs_analysis", ["需求", "调研", "演示", "试用", "测试", "demo", "trial", "analysis", "discover"]),
      ("qualification", ["意向", "接洽", "接触", "沟通", "跟进", "qualif", "contact", "meet"]),
      ("lead_in", ["新", "线索", "立项", "lead", "prospect", "inbound"]),
    ],
    "lead.status": [
      ("disqualified", ["无效", "无意", "放弃", "关闭", "拒绝", "空号", "junk", "lost", "dead", "reject"]),
      ("converted", ["转化", "转换", "转客户", "成交", "convert", "won"]),
      ("qualified", ["意向", "确认", "qualif", "interest"]),
      ("contacted", ["跟进", "联系", "沟通", "contact", "progress", "attempt"]),
      ("new", ["新", "未", "待", "new", "open"]),
    ],
    "order.status": [
      ("cancelled", ["取消", "作废", "终止", "关闭", "退", "cancel", "void", "reject"]),
      ("completed", ["完成", "结束", "交付", "签收", "complet", "deliver", "closed", "ship"]),
      ("draft", ["草稿", "待审", "审批", "未审", "draft", "pending"]),
      ("active", ["执行", "生效", "进行", "履行", "确认", "发货", "activ", "approv", "confirm"]),
    ],
    "payment.status": [
      ("refunded", ["退", "refund", "revers"]),
      ("planned", ["待", "未", "计划", "应收", "逾期", "plan", "pending", "due", "unpaid"]),
      ("received", ["到账", "回款", "收", "付", "paid", "receiv", "clear"]),
    ],
    "activity.kind": [
      ("visit", ["拜访", "上门", "走访", "面谈", "现场", "visit"]),
      ("call", ["电话", "来电", "去电", "call", "phone"]),
      ("meeting", ["会", "meeting", "demo"]),
      ("email", ["邮件", "邮箱", "mail"]),
      ("message", ["微信", "短信", "消息", "钉钉", "chat", "message"]),
      ("task", ["待办", "任务", "计划", "task", "todo"]),
    ],
    "case.status": [
      ("closed", ["完成", "关闭", "解决", "结案", "close", "resolv", "done"]),
      ("pending", ["等", "挂起", "暂停", "待客户", "pending", "wait", "hold"]),
      ("open", ["处理", "受理", "新", "进行", "open", "new", "progress"]),
    ],
  ]

  /// What a value says of yes and no; `nil` where it says neither.
  static func boolean(_ value: String) -> Bool? {
    let folded = HeaderText.fold(value)
    if no.contains(folded) { return false }
    return yes.contains(folded) ? true : nil
  }

  private static let yes: Set<String> = [
    "1", "true", "yes", "y", "t", "是", "在职", "在岗", "启用", "有效", "正常", "上架", "在售", "active", "试用期",
    "转正", "正式", "enabled", "available", "可用", "开启", "onsale",
  ]
  private static let no: Set<String> = [
    "0", "false", "no", "n", "f", "否", "离职", "已离职", "停用", "禁用", "无效", "下架", "停售", "停产", "inactive",
    "disabled", "left", "terminated", "冻结", "注销", "关闭", "archived", "discontinued", "待离职",
  ]

  /// What sheets write for records that nobody owns.
  static let pool: Set<String> = [
    "公海", "公共", "公海池", "公共池", "待分配", "未分配", "pool", "public", "unassigned", "公共客户", "无人负责",
    "queue", "house", "houseaccount",
  ]
}
