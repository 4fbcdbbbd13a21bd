/// crm-export-*.csv: accounts, contacts and deals of the CRM that the export team used, in English.
struct OtherCRM {
  let accounts: [[String]]
  let contacts: [[String]]
  let deals: [[String]]

  private static let owners = [
    "wang.jianguo@qiming.example", "chen.sisi@qiming.example", "zhao.pengcheng@qiming.example",
  ]

  /// Twelve companies of the ledger again, told apart only by their tax id, and those abroad.
  init(_ world: SampleWorld, _ dice: inout Dice) {
    var rows = OtherCRMRows()
    for number in 0..<12 {
      let account = world.accounts[number * 8 + 1]
      rows.addChinese(account, number, owner: dice.pick(Self.owners), &dice)
    }
    for (number, company) in SampleWords.foreignCompanies.enumerated() {
      rows.addForeign(company, number + 12, owner: dice.pick(Self.owners), &dice)
    }
    rows.addDeals(&dice, owners: Self.owners)
    accounts = rows.accounts
    contacts = rows.contacts
    deals = rows.deals
  }
}

/// The rows while they are made.
private struct OtherCRMRows {
  var accounts = [
    [
      "Account ID", "Account Name", "Tax ID", "Phone", "Website", "Industry", "Rating",
      "Billing Street",
      "Billing City", "Billing State", "Billing Country", "Account Owner", "Account Source",
      "Created Date", "Description",
    ]
  ]
  var contacts = [
    [
      "Contact ID", "Account ID", "Name", "First Name", "Last Name", "Title", "Email", "Mobile",
      "Phone",
      "Contact Owner", "Created Date", "Do Not Call",
    ]
  ]
  var deals = [
    [
      "Opportunity ID", "Opportunity Name", "Account ID", "Contact ID", "Amount", "Currency",
      "Stage",
      "Probability (%)", "Close Date", "Created Date", "Lead Source", "Owner", "Loss Reason",
      "Next Step",
    ]
  ]

  private static func id(_ prefix: String, _ number: Int) -> String {
    "\(prefix)5g00000\(SampleWorld.padded(number * 37 + 101, 6))"
  }

  mutating func addChinese(
    _ account: SampleWorld.Account, _ number: Int, owner: String, _ dice: inout Dice
  ) {
    let id = Self.id("001", number)
    let created = SampleDate(2022, 4, 3).adding(number * 31).american
    accounts.append([
      id, account.name, account.creditCode, Self.abroad(account.phone),
      "www.kh\(account.id.suffix(3)).example",
      "Manufacturing", dice.pick(["Hot", "Warm", "Cold"]), account.address, account.place.name, "",
      "China", owner, "Partner Referral", created, "",
    ])
    let person = account.contacts[0]
    contacts.append([
      Self.id("003", number), id, person.name, String(person.name.dropFirst()),
      String(person.name.prefix(1)), "Purchasing Manager", person.email.uppercased(),
      Self.abroad(person.mobile),
      "",
      owner, created, "0",
    ])
  }

  /// A number of the ledger as one dials it from abroad.
  private static func abroad(_ phone: String) -> String {
    let digits = phone.replacing("-", with: " ")
    return "+86 \(digits.hasPrefix("0") ? String(digits.dropFirst()) : digits)"
  }

  mutating func addForeign(
    _ company: (name: String, country: String, city: String, state: String), _ number: Int,
    owner: String, _ dice: inout Dice
  ) {
    let id = Self.id("001", number)
    let created = SampleDate(2022, 1, 14).adding(number * 19)
    let domain = "\(company.name.lowercased().filter { $0.isASCII && $0.isLetter }).example"
    accounts.append([
      id, company.name, "", Self.phone(company.country, number), "https://\(domain)",
      dice.pick(["Food & Beverage", "Chemicals", "Water", "Mining"]),
      dice.pick(["Hot", "Warm", "Cold"]),
      "\(dice.number(1...400)) Harbor Road", company.city, company.state, company.country, owner,
      dice.pick(["Web", "Trade Show", "Partner Referral"]), created.american,
      number == 15 ? "Prefers e-mail,\nno calls before 10:00" : "",
    ])
    for part in 0..<dice.number(1...3) {
      let person = SampleWords.foreignPeople[(number * 5 + part) % SampleWords.foreignPeople.count]
      let order = contacts.count
      contacts.append([
        Self.id("003", order), number == 20 && part == 0 ? "0015g00000999999" : id,
        "\(person.0) \(person.1)", person.0, person.1,
        dice.pick(["Plant Manager", "Buyer", "Process Engineer", "Director"]),
        order == 25 ? "tom.van.dijk(at)\(domain)" : "contact\(order)@\(domain)",
        Self.phone(company.country, 40 + order),
        part == 0 ? Self.phone(company.country, number) : "",
        owner, created.adding(part * 3).american, part == 2 ? "1" : "0",
      ])
    }
  }

  /// Numbers that each country keeps for fiction, where it has such.
  private static func phone(_ country: String, _ number: Int) -> String {
    let tail = SampleWorld.padded(number % 100, 2)
    return switch country {
    case "US", "CA": "(212) 555-01\(tail)"
    case "GB": "+44 20 7946 09\(tail)"
    case "AU": "+61 2 5550 00\(tail)"
    case "DE": "+49 30 231250\(tail)"
    case "NZ": "+64 3 555 12\(tail)"
    case "SG": "+65 6555 12\(tail)"
    case "MY": "+60 3-5555 12\(tail)"
    default: "+852 2555 12\(tail)"
    }
  }

  mutating func addDeals(_ dice: inout Dice, owners: [String]) {
    let stages: [SampleWorld.Stage] = SampleWorld.Stage.allCases
    for number in 0..<40 {
      let account = accounts[1 + number * 7 % (accounts.count - 1)]
      let contact = contacts.first { $0[1] == account[0] }
      let created = SampleDate(2023, 1, 20).adding(number * 12)
      let stage =
        created.adding(90) < SampleWorld.today ? dice.pick([.won, .won, .lost]) : dice.pick(stages)
      let currency =
        ["US", "CA"].contains(account[10]) ? "USD" : account[10] == "DE" ? "EUR" : "CNY"
      let amount = dice.number(12...900) * 250
      deals.append([
        Self.id("006", number),
        "\(account[1]) - \(dice.pick(["Pumps", "Retrofit", "Flow Meters", "Spares"]))",
        account[0], contact?[0] ?? "", "\(SalesSheets.grouped(amount)).00", currency,
        number == 9 ? "On Hold" : stage.english, String(stage.probability),
        created.adding(dice.number(30...140)).american, created.american, "Web", dice.pick(owners),
        stage == .lost ? dice.pick(["Price", "Competitor", "No budget"]) : "",
        dice.pick(["Call back", "Send offer", ""]),
      ])
    }
  }
}
