/// What happens to a person's data when somebody types it in again.
enum Rewriting {
  private static let titles = ["先生", "女士", "总", "经理", "老师"]

  static func change(_ person: inout LedgerPerson, _ random: inout RowRandom) {
    if person.isChinese {
      chineseName(&person, &random)
    } else {
      latinName(&person, &random)
    }
    company(&person, &random)
    reach(&person, &random)
  }

  private static func chineseName(_ person: inout LedgerPerson, _ random: inout RowRandom) {
    switch random.below(12) {
    case 0, 1:
      let last = String(person.name.suffix(1))
      if let alike = Vocabulary.homophones[last] {
        person.name = person.name.dropLast() + random.pick(alike)
      }
    case 2: person.name += random.pick(titles)
    case 3: person.name = "\(person.name.prefix(1)) \(person.name.dropFirst())"
    case 4: person.name = person.handle.prefix(1).uppercased() + person.handle.dropFirst()
    default: break
    }
  }

  private static func latinName(_ person: inout LedgerPerson, _ random: inout RowRandom) {
    let parts = person.name.split(separator: " ", maxSplits: 1).map { String($0) }
    guard parts.count == 2 else { return }
    switch random.below(10) {
    case 0: person.name = typo(person.name, &random)
    case 1: person.name = "\(parts[1]), \(parts[0])"
    case 2:
      person.name = "\(Vocabulary.nicknames[parts[0]] ?? "\(parts[0].prefix(1)).") \(parts[1])"
    case 3: person.name = person.name.uppercased()
    default: break
    }
  }

  private static func company(_ person: inout LedgerPerson, _ random: inout RowRandom) {
    switch random.below(8) {
    case 0, 1:
      for form in ["股份有限公司", "集团有限公司", "有限责任公司", "有限公司"] {
        guard person.company.hasSuffix(form) else { continue }
        person.company = person.company.dropLast(form.count) + random.pick(["", "公司", "（集团）"])
        break
      }
    case 2:
      if person.company.hasPrefix(person.city.name) {
        person.company = "\(person.company.dropFirst(2))（\(person.city.name)）"
      }
    case 3: person.company = typo(person.company, &random)
    default: break
    }
  }

  private static func reach(_ person: inout LedgerPerson, _ random: inout RowRandom) {
    switch random.below(16) {
    case 0: person.mobile = typo(person.mobile, &random)
    case 1, 2: person.mobile = ""
    case 3: person.mobile = person.mobile.prefix(3) + random.digits(person.mobile.count - 3)
    default: break
    }
    switch random.below(12) {
    case 0: person.email = typo(person.email, &random)
    case 1, 2: person.email = ""
    case 3: person.email = "\(person.handle)@\(random.pick(Vocabulary.domains))"
    case 4: person.email = person.email.uppercased()
    default: break
    }
    if random.chance(0.25), let district = person.address.firstIndex(of: "区") {
      person.address = String(person.address[person.address.index(after: district)...])
    }
  }

  /// One character swapped with the next, left out, doubled or replaced.
  private static func typo(_ text: String, _ random: inout RowRandom) -> String {
    var letters = Array(text)
    guard letters.count > 1 else { return text }
    let place = random.below(letters.count - 1)
    switch random.below(4) {
    case 0: letters.swapAt(place, place + 1)
    case 1: letters.remove(at: place)
    case 2: letters.insert(letters[place], at: place)
    default:
      letters[place] =
        letters[place].isNumber ? Character(random.digits(1)) : random.pick(Array("aeionrst"))
    }
    return String(letters)
  }
}
