// Leads, deals, and the papers that follow them.
extension SampleWorld {
  mutating func makeLeads(_ dice: inout Dice) {
    let statuses = ["新线索", "已联系", "已联系", "已确认", "无效"]
    for index in 0..<90 {
      let converted = index % 4 == 1 ? index : nil
      let campaign = dice.chance(60) ? dice.pick(SampleWords.campaigns).name : ""
      let created = SampleDate(2023, 1, 9, minute: 540).adding(
        index * 6, minute: dice.number(510...1050))
      let place = dice.pick(SampleWords.places).name
      let company = "\(place)\(dice.pick(SampleWords.cores))\(dice.pick(SampleWords.trades))有限公司"
      let person = person(400 + index, domain: "xs\(index).example", &dice)
      let known = converted.map { accounts[$0] }
      leads.append(
        Lead(
          id: "XS\(Self.padded(index + 1, 4))", person: known?.contacts[0] ?? person,
          company: known?.name ?? company, source: dice.pick(SampleWords.sources),
          campaign: campaign, status: converted == nil ? dice.pick(statuses) : "已转化",
          owner: dice.pick(sellers), created: created, accountIndex: converted))
    }
  }

  private func lines(_ dice: inout Dice) -> [Line] {
    (0..<dice.number(1...3)).map { _ in
      let product = dice.below(SampleWords.products.count)
      let isDear = SampleWords.products[product].yuan > 30_000
      return Line(productIndex: product, quantity: isDear ? 1 : dice.number(1...12))
    }
  }

  mutating func makeDeals(_ dice: inout Dice) {
    for index in 0..<80 {
      let account = index * 5 % accounts.count
      let created = SampleDate(2023, 1, 12).adding(index * 6)
      let close = created.adding(dice.number(25...160))
      let open: [Stage] = [.qualification, .needsAnalysis, .proposal, .negotiation]
      let stage: Stage =
        close < Self.today ? (dice.chance(58) ? .won : .lost) : dice.pick(open)
      let project = dice.pick(["产线改造", "泵站更新", "仪表升级", "控制柜采购", "年度备件", "新厂配套"])
      deals.append(
        Deal(
          id: "SJ\(created.parts.year)\(Self.padded(index + 1, 4))", accountIndex: account,
          name: "\(accounts[account].name.prefix(4))\(project)", lines: lines(&dice), stage: stage,
          owner: accounts[account].owner, source: dice.pick(SampleWords.sources),
          created: created, close: close))
    }
  }

  mutating func makePapers(_ dice: inout Dice) {
    for deal in deals where deal.stage.rawValue >= Stage.proposal.rawValue {
      let date = min(deal.created.adding(dice.number(7...20)), Self.today)
      let status = deal.stage == .won ? "已完成" : deal.stage == .lost ? "已取消" : "执行中"
      quotes.append(document("BJ", quotes.count, deal, date, status))
      guard deal.stage == .won else { continue }
      let signed = deal.close
      let isDone = signed.adding(120) < Self.today
      contracts.append(
        document("HT", contracts.count, deal, signed, isDone ? "已完成" : "执行中"))
      orders.append(
        document("DD", orders.count, deal, signed.adding(3), isDone ? "已完成" : "执行中"))
    }
    // Repeat orders that no deal stands behind.
    for index in 0..<62 {
      let account = dice.below(accounts.count)
      let date = SampleDate(2023, 2, 6).adding(index * 8)
      orders.append(
        Document(
          number: "DD\(date.parts.year)\(Self.padded(orders.count + 1, 4))", accountIndex: account,
          dealID: "", lines: lines(&dice), date: date,
          status: index % 17 == 9 ? "已取消" : date.adding(60) < Self.today ? "已完成" : "执行中",
          owner: accounts[account].owner))
    }
  }

  private func document(
    _ prefix: String, _ index: Int, _ deal: Deal, _ date: SampleDate, _ status: String
  ) -> Document {
    Document(
      number: "\(prefix)\(date.parts.year)\(Self.padded(index + 1, 4))",
      accountIndex: deal.accountIndex, dealID: deal.id, lines: deal.lines, date: date,
      status: status, owner: deal.owner)
  }
}
