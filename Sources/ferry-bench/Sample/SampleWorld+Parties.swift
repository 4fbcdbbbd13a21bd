// Who: staff, companies, their people.
extension SampleWorld {
  private static let accountCount = 96

  /// Fills the world.
  init(_ dice: inout Dice) {
    makeStaff()
    for index in 0..<Self.accountCount { accounts.append(account(index, &dice)) }
    makeLeads(&dice)
    makeDeals(&dice)
    makePapers(&dice)
    makePayments(&dice)
    makeActivities(&dice)
    makeCases(&dice)
  }

  private mutating func makeStaff() {
    let people = [
      ("王建国", "wang.jianguo", "销售一部"), ("李晓梅", "li.xiaomei", "销售一部"),
      ("张海波", "zhang.haibo", "销售一部"),
      ("陈思思", "chen.sisi", "销售二部"), ("刘䶮", "liu.yan", "销售二部"), ("赵鹏程", "zhao.pengcheng", "销售二部"),
      ("孙丽华", "sun.lihua", "客服部"), ("周文涛", "zhou.wentao", "客服部"), ("吴倩", "wu.qian", "市场部"),
      ("郑凯", "zheng.kai", "技术部"), ("何志远", "he.zhiyuan", "销售一部"), ("林小雨", "lin.xiaoyu", "财务部"),
    ]
    for (index, person) in people.enumerated() {
      staff.append(
        Staff(
          id: "YG\(Self.padded(index + 1, 3))", name: person.0, email: "\(person.1)@qiming.example",
          mobile: "1990000\(Self.padded(101 + index, 4))", department: person.2,
          isActive: person.0 != "何志远"))
    }
  }

  /// Sellers at work.
  var sellers: [String] {
    staff.filter { $0.isActive && $0.department.hasPrefix("销售") }.map(\.name)
  }

  private func account(_ index: Int, _ dice: inout Dice) -> Account {
    let place = SampleWords.places[index % SampleWords.places.count]
    // No two companies get the same place and core name.
    let core = SampleWords.cores[(index * 7 + index / 30 * 11) % SampleWords.cores.count]
    let trade = (index / 3 + index) % SampleWords.trades.count
    let form = dice.chance(15) ? "股份有限公司" : "有限公司"
    let people = (0..<dice.pick([1, 1, 1, 2, 2, 3])).map { number in
      person(index * 3 + number, domain: "kh\(Self.padded(index + 1, 3)).example", &dice)
    }
    return Account(
      id: "KH\(Self.padded(index + 1, 4))",
      name: "\(place.name)\(core)\(SampleWords.trades[trade])\(form)",
      creditCode: Self.creditCode(place.code, organization: "MA1\(dice.digits(6))"),
      level: dice.pick(["A", "B", "B", "C", "C"]), industry: SampleWords.industries[trade],
      address: "\(place.city)\(place.street)\(dice.number(1...999))号",
      phone: place.dialling.count == 3
        ? "\(place.dialling)-8888\(dice.digits(4))" : "\(place.dialling)-8866\(dice.digits(4))",
      owner: dice.pick(sellers), since: SampleDate(2019, 1, 7).adding(dice.below(1700)),
      yearlyYuan: dice.number(3...240) * 5000, contacts: people, place: place)
  }

  /// A person; each number has a mobile of its own, in blocks that carriers give nobody.
  func person(_ number: Int, domain: String, _ dice: inout Dice) -> Person {
    let name = dice.pick(SampleWords.familyNames) + dice.pick(SampleWords.givenNames)
    let prefix = ["138", "139", "150", "186", "177"][number % 5]
    return Person(
      name: name, title: dice.pick(SampleWords.titles),
      mobile: "\(prefix)0000\(Self.padded(1000 + number, 4))", email: "p\(number)@\(domain)")
  }

  /// A code with the right check digit.
  ///
  /// Source: GB 32100-2015, appendix A.
  static func creditCode(_ place: String, organization: String) -> String {
    let signs = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    let body = Array("91\(place)\(organization)")
    var (sum, weight) = (0, 1)
    for sign in body {
      sum += (signs.firstIndex(of: sign) ?? 0) * weight
      weight = weight * 3 % 31
    }
    return String(body) + String(signs[(31 - sum % 31) % 31])
  }
}
