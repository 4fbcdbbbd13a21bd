import Testing

@testable import FerryMatching

struct NameCase: Sendable, CustomTestStringConvertible {
  let left: String
  let right: String
  let agreement: NameAgreement
  var testDescription: String { "\(left) | \(right)" }

  init(_ left: String, _ right: String, _ agreement: NameAgreement) {
    self.left = left
    self.right = right
    self.agreement = agreement
  }

  static let all = [
    NameCase("王伟", "王 伟", .same),
    NameCase("王伟", "王伟先生", .same),
    NameCase("王伟总经理", "王伟", .same),
    NameCase("王总", "王经理", .same),
    NameCase("王总", "王伟", .compatible),
    NameCase("欧阳总", "欧阳修文", .compatible),
    NameCase("王伟", "王", .compatible),
    NameCase("王总", "李伟", .contradicting),
    NameCase("王伟", "王薇", .contradicting),
    NameCase("王伟", "Wang Wei", .contradicting),
    NameCase("张建工", "张建", .contradicting),
    NameCase("John Smith", "SMITH, John", .same),
    NameCase("Mr. John Smith", "John Smith", .same),
    NameCase("Ｊｏｈｎ Smith", "john smith", .same),
    NameCase("García-López", "García López", .same),
    NameCase("J. Smith", "John Smith", .compatible),
    NameCase("John", "John Smith", .compatible),
    NameCase("Jane Smith", "John Smith", .contradicting),
    NameCase("J. Smith", "Mary Smith", .contradicting),
    NameCase("", "王伟", .compatible),
    NameCase(" ", "", .compatible),
  ]
}

@Suite struct PersonKeyTests {
  @Test(arguments: NameCase.all)
  func comparesNames(_ row: NameCase) {
    #expect(PersonKey(row.left).agreement(with: PersonKey(row.right)) == row.agreement)
    #expect(PersonKey(row.right).agreement(with: PersonKey(row.left)) == row.agreement)
  }

  @Test(arguments: ["王伟", "欧阳修文", "王总", "李工", "王", "Wang Wei", "", "张老师", "刘建工", "王 伟"])
  func takesTheShortWayOnlyWhereItAgrees(_ name: String) {
    let bytes = ContiguousArray(name.utf8)
    guard PersonKey.isPlainChinese(bytes.span) else { return }
    #expect(PersonKey(plainChinese: name) == PersonKey(name))
  }
}
