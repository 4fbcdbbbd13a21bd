/// legacy-customers.xlsx: the ledger that the sales assistants kept.
struct LedgerSheets {
  let world: SampleWorld

  /// 客户台账: a title, a header of two rows, one row a contact, the customer's cells merged.
  func customers(_ dice: inout Dice) -> SampleSheet {
    var sheet = SampleSheet("客户台账")
    let columns = 16
    sheet.addTitle("启明自动化设备有限公司客户台账", columns: columns)
    sheet.addTitle("制表：销售内勤    单位：万元    更新日期：2024年6月30日", columns: columns)
    addHeader(to: &sheet)
    for index in world.accounts.indices { add(index, to: &sheet, &dice) }
    addTwins(to: &sheet, &dice)
    addTotal(to: &sheet, columns: columns)
    sheet.widths = [5, 10, 30, 22, 8, 10, 34, 18, 9, 11, 16, 24, 9, 14, 12, 24]
    return sheet
  }

  private func addHeader(to sheet: inout SampleSheet) {
    let top = sheet.rows.count
    sheet.addHeader([
      "序号", "客户编号", "客户名称", "统一社会信用代码", "客户级别", "行业", "地址", "公司电话", "联系人", "", "", "", "负责人",
      "建档日期",
      "年采购额（万元）", "备注",
    ])
    sheet.addHeader(["", "", "", "", "", "", "", "", "姓名", "职务", "手机", "邮箱"])
    sheet.merges.append(SampleMerge(rows: top...top, columns: 8...11))
    for column in [0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15] {
      sheet.merges.append(SampleMerge(rows: top...top + 1, columns: column...column))
    }
  }

  private func add(_ index: Int, to sheet: inout SampleSheet, _ dice: inout Dice) {
    let account = world.accounts[index]
    let top = sheet.rows.count
    let note = SampleFaults.customerNotes[account.id] ?? ""
    for (number, person) in account.contacts.enumerated() {
      let phone = mobile(person, of: account.id, number, &dice)
      let email = SampleFaults.emails[account.id] ?? person.email
      let contact: [SampleCell] = [
        .words(person.name), .words(person.title), phone,
        .words(number == 0 ? email : dice.chance(40) ? "" : person.email),
      ]
      guard number == 0 else {
        sheet.rows.append(Array(repeating: .blank, count: 8) + contact)
        continue
      }
      sheet.rows.append(
        [
          .whole(index + 1), .text(account.id),
          .text(SampleFaults.names[account.id] ?? account.name),
          .words(creditCode(of: account)), .text(account.level),
          .text(account.industry), .text(account.address), .text(phoneText(account, &dice)),
        ] + contact + [
          .words(SampleFaults.owners[account.id] ?? account.owner),
          typed(account.since, account.id, &dice), yearly(account), .words(note),
        ])
    }
    let bottom = sheet.rows.count - 1
    guard bottom > top else { return }
    for column in Array(0...7) + Array(12...15) {
      sheet.merges.append(SampleMerge(rows: top...bottom, columns: column...column))
    }
  }

  private func creditCode(of account: SampleWorld.Account) -> String {
    if SampleFaults.codesWithLetter.contains(account.id) {
      return account.creditCode.replacing("0", with: "O", maxReplacements: 1)
    }
    return SampleFaults.creditCodes[account.id] ?? account.creditCode
  }

  private func yearly(_ account: SampleWorld.Account) -> SampleCell {
    if account.id == "KH0041" { return .text("面议") }
    if account.id == "KH0042" { return .text("约35万") }
    return .number(Double(account.yearlyYuan) / 10_000, .general)
  }

  /// Half of the mobiles are numbers, as spreadsheets make them; the others as people type them.
  private func mobile(
    _ person: SampleWorld.Person, of id: String, _ number: Int, _ dice: inout Dice
  ) -> SampleCell {
    if number == 0, let fault = SampleFaults.mobiles[id] { return .text(fault) }
    let digits = person.mobile
    let (head, middle, tail) = (digits.prefix(3), digits.dropFirst(3).prefix(4), digits.suffix(4))
    switch dice.below(6) {
    case 0, 1, 2: return .number(Double(digits) ?? 0, .integer)
    case 3: return .text(digits)
    case 4: return .text("\(head)-\(middle)-\(tail)")
    default: return .text("+86 \(head) \(middle) \(tail)")
    }
  }

  private func phoneText(_ account: SampleWorld.Account, _ dice: inout Dice) -> String {
    switch dice.below(6) {
    case 0: "\(account.phone)转\(dice.number(801...899))"
    case 1: account.phone.replacing("-", with: "－")
    case 2: "(\(account.place.dialling))\(account.phone.suffix(8))"
    default: account.phone
    }
  }

  /// Most dates are true ones, the others what people typed over the years.
  private func typed(_ date: SampleDate, _ id: String, _ dice: inout Dice) -> SampleCell {
    if let fault = SampleFaults.dates[id] { return .words(fault) }
    switch dice.below(8) {
    case 0: return .text(date.dots)
    case 1: return .text(date.chinese)
    case 2: return .text(date.slashes)
    case 3: return .text(date.compact)
    case 4: return .date(date, .slashDate)
    default: return .date(date)
    }
  }

  /// The same companies again, put in by somebody who did not look.
  private func addTwins(to sheet: inout SampleSheet, _ dice: inout Dice) {
    let (first, second) = (world.accounts[4], world.accounts[17])
    sheet.rows.append([
      .whole(world.accounts.count + 1), .text("KH0097"),
      .text(first.name.replacing("有限公司", with: "（有限公司）")), .text(first.creditCode), .text("B"),
      .text(first.industry), .text(first.address), .blank, .text(first.contacts[0].name), .blank,
      .text(first.contacts[0].mobile), .blank, .text(first.owner), .date(SampleWorld.today),
      .blank, .text("与 KH0005 重复？"),
    ])
    sheet.rows.append([
      .whole(world.accounts.count + 2), .text(second.id), .text(second.name),
      .text(second.creditCode),
      .text("A"), .text(second.industry), .text(second.address),
      .text("\(second.place.dialling)-88667788"),
      .text(second.contacts[0].name), .text("副总经理"), .text(second.contacts[0].mobile), .blank,
      .text(second.owner), .date(second.since), .number(88.5, .general), .text("编号填重"),
    ])
  }

  private func addTotal(to sheet: inout SampleSheet, columns: Int) {
    let values = sheet.rows.dropFirst(4).compactMap { row -> Double? in
      if row.count > 14, case .number(let value, _) = row[14] { value } else { nil }
    }
    // In ten-thousandths, so that the sum is the same on every machine.
    let total = values.reduce(0) { $0 + Int(($1 * 10_000).rounded()) }
    var row = Array(repeating: SampleCell.blank, count: columns)
    row[0] = .text("合计")
    row[14] = .formula("=SUM(O5:O\(sheet.rows.count))", Double(total) / 10_000, .general)
    sheet.rows.append(row)
    sheet.rows.append([.text("注：年采购额以客户口头提供为准。")])
  }
}
