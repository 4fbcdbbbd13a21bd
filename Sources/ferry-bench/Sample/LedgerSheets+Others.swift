// The other sheets of the ledger.
extension LedgerSheets {
  /// 跟进记录: dates in several forms, the header printed again half-way.
  func activities(_ dice: inout Dice) -> SampleSheet {
    var sheet = SampleSheet("跟进记录")
    let header = ["跟进时间", "客户编号", "客户名称", "联系人", "商机编号", "跟进方式", "跟进内容", "跟进人"]
    sheet.addHeader(header)
    for (index, activity) in world.activities.enumerated() {
      if index == 150 { sheet.rows.append(header.map { .text($0) }) }
      let account = world.accounts[activity.accountIndex]
      sheet.rows.append([
        moment(activity.at, index, &dice), .text(index == 77 ? "KH0999" : account.id),
        .text(account.name), .text(activity.contact), .words(activity.dealID),
        .text(index == 120 ? "登门" : activity.kind), .text(activity.body), .text(activity.owner),
      ])
    }
    sheet.widths = [18, 10, 28, 9, 12, 9, 50, 9]
    return sheet
  }

  private func moment(_ at: SampleDate, _ index: Int, _ dice: inout Dice) -> SampleCell {
    if index == 33 { return .text("2024-02-30") }
    switch dice.below(7) {
    case 0: return .text("\(at.iso) \(at.clock)")
    case 1: return .text("\(at.slashes) \(at.chineseClock)")
    case 2: return .text(at.chinese)
    default: return .date(at, .dateTime)
    }
  }

  /// 商机跟踪: amounts in 万元, stages in the users' own words, a total.
  func deals(_ dice: inout Dice) -> SampleSheet {
    var sheet = SampleSheet("商机跟踪")
    let header = [
      "商机编号", "客户编号", "商机名称", "联系人", "金额（万元）", "阶段", "赢率", "预计成交日期", "关闭日期", "来源", "负责人", "输单原因",
      "创建日期",
      "竞争对手",
    ]
    sheet.addTitle("2023—2024 年商机跟踪表", columns: header.count)
    sheet.addHeader(header)
    var total = 0
    for deal in world.deals {
      if SampleFaults.dealAmounts[deal.id.suffix(4).description] == nil { total += deal.amountYuan }
      sheet.rows.append(row(of: deal, &dice))
    }
    var last = Array(repeating: SampleCell.blank, count: header.count)
    last[0] = .text("合计")
    last[4] = .formula("=SUM(E3:E\(sheet.rows.count))", Double(total) / 10_000, .general)
    sheet.rows.append(last)
    return sheet
  }

  private func row(of deal: SampleWorld.Deal, _ dice: inout Dice) -> [SampleCell] {
    let account = world.accounts[deal.accountIndex]
    let number = String(deal.id.suffix(4))
    let isClosed = deal.stage == .won || deal.stage == .lost
    let amount = SampleFaults.dealAmounts[number].map { SampleCell.text($0) }
    let chance = Double(deal.stage.probability) / 100
    return [
      .text(deal.id), .text(SampleFaults.dealAccounts[number] ?? account.id), .text(deal.name),
      .text(account.contacts[0].name),
      amount ?? .number(Double(deal.amountYuan) / 10_000, .general),
      .text(SampleFaults.dealStages[number] ?? deal.stage.chinese), .number(chance, .percent),
      dice.chance(20) ? .text(deal.close.slashes) : .date(deal.close),
      isClosed ? .date(deal.close) : .blank, .text(deal.source), .text(deal.owner),
      deal.stage == .lost ? .text(dice.pick(["价格偏高", "选择竞品", "项目取消"])) : .blank,
      .date(deal.created), dice.chance(25) ? .text(dice.pick(["甲厂", "乙公司", "进口品牌"])) : .blank,
    ]
  }

  /// 历史客户: an older list; some of its ids stand in the ledger too, with other values.
  func formerCustomers(_ dice: inout Dice) -> SampleSheet {
    var sheet = SampleSheet("历史客户")
    sheet.addHeader(["客户编号", "客户名称", "统一社会信用代码", "电话", "地址", "建档日期"])
    for index in 0..<15 {
      let known = index % 3 == 0 ? world.accounts[index * 2] : nil
      let place = SampleWords.places[index % SampleWords.places.count]
      let core = SampleWords.cores[(index * 11 + 3) % SampleWords.cores.count]
      let code = SampleWorld.creditCode(place.code, organization: "MA9\(dice.digits(6))")
      sheet.rows.append([
        .text(known?.id ?? "KH0\(110 + index)"), .text(known?.name ?? "\(place.name)\(core)商贸有限公司"),
        .words(dice.chance(30) ? "" : known?.creditCode ?? code),
        .text("\(place.dialling)-8866\(dice.digits(4))"),
        .text("\(place.city)\(dice.number(1...99))号"),
        .text(SampleDate(2016, 3, 1).adding(index * 61).dots),
      ])
    }
    return sheet
  }
}
