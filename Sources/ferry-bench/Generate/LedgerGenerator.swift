/// A ledger of customers: each row tells of a company, a person there, and a deal.
///
/// A share of the rows is a further sighting of a person who came before, written anew with the
/// changes that people make; the last column says which person a row is about. A row follows from
/// the seed and its number alone.
struct LedgerGenerator {
  static let chineseHeader = [
    "编号", "姓名", "公司名称", "手机", "座机", "邮箱", "地址", "负责人", "创建日期", "金额(元)", "阶段", "备注", "truth_id",
  ]
  static let englishHeader = [
    "id", "name", "company", "mobile", "phone", "email", "address", "owner", "created", "amount",
    "stage", "notes", "truth_id",
  ]

  private let world: LedgerWorld
  private let seed: UInt64
  // How likely a row is a further sighting, before rows that were one themselves are left out.
  private let repeatChance: Double

  /// - Parameters:
  ///   - seed: What all rows follow from.
  ///   - duplicates: The share of rows that are further sightings, below a half.
  ///   - namesakes: The share of persons with name and company of another one.
  init(seed: UInt64, duplicates: Double, namesakes: Double) {
    self.seed = seed
    world = LedgerWorld(seed: seed, namesakes: namesakes)
    repeatChance = duplicates / (1 - duplicates)
  }

  /// The row of that zero-based number, one cell a column.
  func row(_ number: Int) -> [BenchCell] {
    let earlier = sighting(number)
    var person = world.person(earlier ?? number)
    var random = RowRandom(seed: seed, purpose: .writing, number: number)
    if earlier != nil { Rewriting.change(&person, &random) }
    var writing = LedgerWriting(random: random)
    return [
      .text("C" + zeroPadded(number + 1)), .text(person.name), .text(person.company),
      writing.mobile(of: person), writing.landline(person.landline),
      writing.orBlank(person.email, 0.2), writing.orBlank(person.address, 0.1),
      .text(writing.random.pick(Vocabulary.owners)), writing.date(), writing.amount(),
      .text(writing.random.pick(Vocabulary.stages)), writing.note(),
      .number(String(earlier ?? number)),
    ]
  }

  /// The first row about the person of a row; `nil` where it is the first itself.
  private func sighting(_ number: Int) -> Int? {
    guard number > 0 else { return nil }
    var random = RowRandom(seed: seed, purpose: .order, number: number)
    guard random.chance(repeatChance) else { return nil }
    let earlier = random.below(number)
    return sighting(earlier) == nil ? earlier : nil
  }

  private func zeroPadded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 7 - digits.count)) + digits
  }
}
