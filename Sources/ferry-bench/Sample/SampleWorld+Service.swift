// Money that came in, talks with customers, and what broke afterwards.
extension SampleWorld {
  mutating func makePayments(_ dice: inout Dice) {
    let methods = ["银行转账", "银行转账", "承兑汇票", "支票"]
    for order in orders where order.status != "已取消" {
      let contract = contracts.first { $0.dealID == order.dealID && !order.dealID.isEmpty }
      let isSplit = order.amountYuan > 60_000
      let shares = isSplit ? [30, 60, 10] : [100]
      var left = order.amountYuan * 100
      for (part, share) in shares.enumerated() {
        let fen = part == shares.count - 1 ? left : order.amountYuan * share
        left -= fen
        let date = order.date.adding(5 + part * 45 + dice.below(10))
        payments.append(
          Payment(
            number: "LS\(date.compact)\(Self.padded(payments.count + 1, 3))",
            accountIndex: order.accountIndex, order: order.number,
            contract: contract?.number ?? "", fen: fen, date: date, method: dice.pick(methods),
            status: date > Self.today ? "待回款" : "已到账", owner: order.owner))
      }
    }
  }

  mutating func makeActivities(_ dice: inout Dice) {
    let topics = [
      "介绍了新款流量计，客户要求发一份选型资料。", "客户反馈现有泵振动大，约下周现场查看。", "讨论付款方式，对方希望 3-6-1 分期。",
      "已发报价单，等采购比价结果。", "现场勘查完成，需要增加两台调节阀。", "客户预算推迟到下季度，保持联系。", "技术交流会，生产和设备部门都参加了。",
      "催收尾款，财务说本月底安排。", "回访设备运行情况，一切正常。", "寄送样品和合同，快递已签收。",
    ]
    for index in 0..<300 {
      let account = dice.below(accounts.count)
      let contact = dice.pick(accounts[account].contacts).name
      let deal = deals.first { $0.accountIndex == account }
      let at = SampleDate(2023, 1, 10).adding(index * 539 / 300, minute: dice.number(540...1060))
      var body = dice.pick(topics)
      if dice.chance(12) { body += "\n下一步：\(at.adding(7).chinese)前回复。" }
      activities.append(
        Activity(
          at: at, accountIndex: account, contact: contact,
          dealID: dice.chance(60) ? deal?.id ?? "" : "",
          kind: dice.pick(["电话", "电话", "拜访", "微信", "邮件", "会议"]), body: body,
          owner: accounts[account].owner))
    }
  }

  mutating func makeCases(_ dice: inout Dice) {
    let subjects = ["泵体漏水", "流量计读数漂移", "控制柜报警", "阀门卡滞", "触摸屏不亮", "要求补发合格证", "备件发错型号"]
    for index in 0..<40 {
      let account = dice.below(accounts.count)
      let opened = SampleDate(2023, 3, 6).adding(index * 12, minute: dice.number(500...1080))
      let isClosed = opened.adding(20) < Self.today
      cases.append(
        Case(
          number: "FW\(Self.padded(index + 1, 4))", accountIndex: account,
          contact: accounts[account].contacts[0].name, subject: dice.pick(subjects),
          opened: opened,
          closed: isClosed
            ? opened.adding(dice.number(1...15), minute: dice.number(540...1050)) : nil,
          status: isClosed ? "已关闭" : dice.pick(["处理中", "待反馈"]),
          priority: dice.pick(["高", "中", "中", "低"]), owner: dice.pick(["孙丽华", "周文涛"])))
    }
  }
}
