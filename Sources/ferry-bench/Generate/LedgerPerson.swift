/// One person of the generated world, as they really are.
struct LedgerPerson {
  var isChinese: Bool
  var name: String
  /// The name in Latin letters, for addresses: `wangwei`, `tom.miller`.
  var handle: String
  var company: String
  var city: City
  var mobile: String
  var landline: String
  var email: String
  var address: String
}

/// Makes persons and companies by number.
struct LedgerWorld {
  /// How many persons there are to a company.
  private static let personsPerCompany = 6

  let seed: UInt64
  /// The share of persons who have name and company of another one.
  let namesakes: Double

  /// The person of that number.
  func person(_ number: Int) -> LedgerPerson {
    var random = RowRandom(seed: seed, purpose: .person, number: number)
    if number > 0, random.chance(namesakes) {
      let other = person(random.below(number))
      var person = other
      contact(&person, &random)
      return person
    }
    let companyLimit = Double(number / Self.personsPerCompany + 5)
    let share = random.unit()
    let company = company(Int(companyLimit * share.squareRoot()))
    var person = LedgerPerson(
      isChinese: random.chance(0.75), name: "", handle: "", company: company.name,
      city: company.city, mobile: "", landline: company.landline, email: "", address: "")
    name(&person, &random)
    contact(&person, &random)
    return person
  }

  private func name(_ person: inout LedgerPerson, _ random: inout RowRandom) {
    if person.isChinese {
      let family = random.pickSkewed(Vocabulary.families)
      let given = (0..<(random.chance(0.4) ? 1 : 2)).map { _ in random.pick(Vocabulary.given) }
      person.name = family.text + given.map(\.text).joined()
      person.handle = family.reading + given.map(\.reading).joined()
    } else {
      let first = random.pick(Vocabulary.firstNames)
      let last = random.pickSkewed(Vocabulary.lastNames)
      person.name = "\(first) \(last)"
      person.handle = String("\(first).\(last)".lowercased().filter { $0.isASCII && $0 != "'" })
    }
  }

  private func contact(_ person: inout LedgerPerson, _ random: inout RowRandom) {
    person.mobile =
      person.isChinese
      ? "1\(random.pick([30, 36, 38, 39, 50, 58, 59, 76, 86, 87, 88, 99]))\(random.digits(8))"
      : "1\(2 + random.below(8))\(random.digits(2))\(2 + random.below(8))\(random.digits(6))"
    let suffix = random.chance(0.2) ? "" : random.digits(1 + random.below(4))
    person.email = "\(person.handle)\(suffix)@\(random.pick(Vocabulary.domains))"
    person.address = person.isChinese ? chineseAddress(person.city, &random) : address(&random)
  }

  private func chineseAddress(_ city: City, _ random: inout RowRandom) -> String {
    let isDirect = Vocabulary.directCities.contains(city.name)
    let start = isDirect ? "\(city.name)市" : "\(city.province)省\(city.name)市"
    let road = "\(random.pick(Vocabulary.districts))区\(random.pick(Vocabulary.roads))路"
    return
      "\(start)\(road)\(1 + random.below(800))号\(1 + random.below(28))栋\(101 + random.below(2800))室"
  }

  private func address(_ random: inout RowRandom) -> String {
    "\(1 + random.below(400)) \(random.pick(Vocabulary.streets)) Street, Flat \(1 + random.below(80)), "
      + random.pick(Vocabulary.englishCities)
  }

  private func company(_ number: Int) -> (name: String, city: City, landline: String) {
    var random = RowRandom(seed: seed, purpose: .company, number: number)
    let city = random.pick(Vocabulary.cities)
    let landline = "\(city.code)-\(2 + random.below(7))\(random.digits(7))"
    if random.chance(0.75) {
      let brand = (0..<(2 + random.below(2))).map { _ in random.pick(Vocabulary.brands) }.joined()
      let trade = random.pick(Vocabulary.trades)
      return (city.name + brand + trade + random.pick(Vocabulary.legalForms), city, landline)
    }
    let brand = random.pick(Vocabulary.englishBrands)
    let trade = random.pick(Vocabulary.englishTrades)
    let form = random.pick(Vocabulary.englishForms)
    return ("\(brand) \(random.pick(Vocabulary.englishBrands)) \(trade) \(form)", city, landline)
  }
}
