/// sales.xlsx, service.xlsx and master-data.xlsx: what each department kept for itself.
struct SalesSheets {
  let world: SampleWorld

  func campaigns() -> SampleSheet {
    var sheet = SampleSheet("市场活动")
    sheet.addHeader(["活动名称", "类型", "状态", "开始日期", "结束日期", "预算（元）"])
    for (index, campaign) in SampleWords.campaigns.enumerated() {
      let start = SampleDate(2023, 3, 15).adding(index * 75)
      let end = start.adding(index % 3 + 2)
      sheet.rows.append([
        .text(campaign.name), .text(campaign.kind),
        .text(end < SampleWorld.today ? "已结束" : "进行中"), .date(start), .date(end),
        .yuan(campaign.yuan),
      ])
    }
    return sheet
  }

  func leads(_ dice: inout Dice) -> SampleSheet {
    var sheet = SampleSheet("线索")
    sheet.addHeader([
      "线索编号", "姓名", "公司", "职务", "手机", "邮箱", "来源", "市场活动", "状态", "跟进人", "创建时间", "转化客户编号", "转化商机编号",
      "备注",
    ])
    for lead in world.leads {
      let account = lead.accountIndex.map { world.accounts[$0] }
      let deal = world.deals.first { $0.accountIndex == lead.accountIndex }
      let honorific = dice.chance(15) ? dice.pick(["总", "经理", "先生", "女士"]) : ""
      let name =
        honorific.isEmpty || account != nil
        ? lead.person.name : "\(lead.person.name.prefix(1))\(honorific)"
      sheet.rows.append([
        .text(lead.id), .text(name), .text(lead.company), .text(lead.person.title),
        dice.chance(10) ? .blank : .number(Double(lead.person.mobile) ?? 0, .integer),
        dice.chance(30) ? .blank : .text(lead.person.email), .text(lead.source),
        .words(lead.campaign), .text(SampleFaults.leadStatuses[lead.id] ?? lead.status),
        .text(lead.owner), .date(lead.created, .dateTime), .words(account?.id ?? ""),
        .words(account == nil ? "" : deal?.id ?? ""),
        .words(lead.status == "无效" ? dice.pick(["空号", "学生咨询", "同行打听"]) : ""),
      ])
    }
    return sheet
  }

  /// 报价: one row a line, the paper's own cells merged over its lines.
  func quotes() -> SampleSheet {
    var sheet = SampleSheet("报价")
    sheet.addTitle("报价单明细", columns: 13)
    sheet.addHeader([
      "报价单号", "客户编号", "商机编号", "报价日期", "有效期至", "状态", "报价总额（元）", "负责人", "产品编码", "产品名称", "数量", "单价",
      "小计",
    ])
    for quote in world.quotes {
      let top = sheet.rows.count
      for (index, line) in quote.lines.enumerated() {
        let own: [SampleCell] = [
          .text(quote.number), .text(world.accounts[quote.accountIndex].id), .text(quote.dealID),
          .date(quote.date), .date(quote.date.adding(30)), .text(quote.status),
          .yuan(quote.amountYuan), .text(quote.owner),
        ]
        sheet.rows.append(
          (index == 0 ? own : Array(repeating: .blank, count: own.count)) + cells(of: line))
      }
      guard quote.lines.count > 1 else { continue }
      for column in 0...7 {
        sheet.merges.append(
          SampleMerge(rows: top...sheet.rows.count - 1, columns: column...column))
      }
    }
    return sheet
  }

  private func cells(of line: SampleWorld.Line) -> [SampleCell] {
    let product = SampleWords.products[line.productIndex]
    return [
      .text(product.code), .text(product.name), .whole(line.quantity), .yuan(line.priceYuan),
      .yuan(line.amountYuan),
    ]
  }

  func contracts() -> SampleSheet {
    var sheet = SampleSheet("合同")
    sheet.addHeader([
      "合同编号", "合同名称", "客户编号", "商机编号", "签订日期", "开始日期", "结束日期", "合同金额", "状态", "负责人", "付款方式",
    ])
    for (index, contract) in world.contracts.enumerated() {
      let account = world.accounts[contract.accountIndex]
      let amount = SampleCell.text("¥\(Self.grouped(contract.amountYuan)).00")
      sheet.rows.append([
        .text(contract.number), .text("\(account.name)采购合同"), .text(account.id),
        .text(contract.dealID), .date(contract.date), .date(contract.date.adding(7)),
        .date(contract.date.adding(index % 2 == 0 ? 372 : 190)),
        index % 6 == 5 ? amount : .yuan(contract.amountYuan), .text(contract.status),
        .text(contract.owner), .text(contract.amountYuan > 60_000 ? "3-6-1" : "款到发货"),
      ])
    }
    return sheet
  }

  /// 订单: one row a line, the order's own cells on each of them.
  func orders() -> SampleSheet {
    var sheet = SampleSheet("订单")
    sheet.addHeader([
      "订单编号", "客户编号", "商机编号", "下单日期", "订单金额", "状态", "负责人", "行号", "产品编码", "产品名称", "数量", "单价", "金额",
    ])
    for order in world.orders {
      for (index, line) in order.lines.enumerated() {
        sheet.rows.append(
          [
            .text(order.number), .text(world.accounts[order.accountIndex].id), .words(order.dealID),
            .date(order.date), .yuan(order.amountYuan), .text(order.status), .text(order.owner),
            .whole(index + 1),
          ] + cells(of: line))
      }
    }
    return sheet
  }

  func cases() -> SampleSheet {
    var sheet = SampleSheet("售后工单")
    sheet.addTitle("售后服务登记表", columns: 9)
    sheet.addHeader(["工单编号", "客户编号", "联系人", "问题描述", "紧急程度", "受理时间", "完成时间", "状态", "处理人"])
    for item in world.cases {
      sheet.rows.append([
        .text(item.number), .text(world.accounts[item.accountIndex].id), .text(item.contact),
        .text(item.subject), .text(item.priority), .date(item.opened, .dateTime),
        item.closed.map { .date($0, .dateTime) } ?? .blank, .text(item.status), .text(item.owner),
      ])
    }
    return sheet
  }

  func products() -> SampleSheet {
    var sheet = SampleSheet("产品")
    sheet.addHeader(["产品编码", "产品名称", "类别", "标准价", "单位", "在售"])
    for (index, product) in SampleWords.products.enumerated() {
      sheet.rows.append([
        .text(product.code), .text(product.name), .text(product.category), .yuan(product.yuan),
        .text(product.unit), .text(index == 11 ? "停售" : "是"),
      ])
    }
    return sheet
  }

  func staff() -> SampleSheet {
    var sheet = SampleSheet("员工")
    sheet.addHeader(["工号", "姓名", "部门", "手机", "邮箱", "在职"])
    for person in world.staff {
      sheet.rows.append([
        .text(person.id), .text(person.name), .text(person.department), .text(person.mobile),
        .text(person.email), .text(person.isActive ? "在职" : "离职"),
      ])
    }
    return sheet
  }

  /// A whole number with commas.
  static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }
}
