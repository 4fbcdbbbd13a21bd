import FerryCore
import Testing

@testable import FerryMatching

/// How two cells of a kind stand to each other, by the level's id.
@Suite struct ValueLevelTests {
  private func level<Store: ValueStore>(_ store: Store, _ left: String, _ right: String) -> String {
    var store = store
    let (one, other) = (store.add(left), store.add(right))
    return id(store, one, other)
  }

  private func level<Store: ValueSetStore>(_ store: Store, _ left: String, _ right: String)
    -> String
  {
    var store = store
    let (one, other) = (store.addEach(of: [left]), store.addEach(of: [right]))
    return id(store, one.first ?? 0, other.first ?? 0)
  }

  private func id<Store: ValueStore>(_ store: Store, _ left: UInt32, _ right: UInt32) -> String {
    guard left > 0, right > 0 else { return "nothing" }
    guard left != right else { return Store.levels[0].id }
    let index = store.level(left, right)
    #expect(index == store.level(right, left), "not symmetric")
    return Store.levels[index].id
  }

  @Test(arguments: [
    ("13812345678", "+86 138-1234-5678", "same"), ("13812345678", "0086 13812345678", "same"),
    ("１３８１２３４５６７８", "138 1234 5678", "same"), ("13812345678.0", "13812345678", "same"),
    ("0755-26001234转801", "075526001234", "same"), ("(310) 555-0100", "+1 310 555 0100", "same"),
    ("404/231-1368", "404-231-1368", "same"), ("13812345678", "13812345687", "one-edit"),
    ("13812345678", "1381234567", "one-edit"), ("075526001234", "26001234", "same-tail"),
    ("13812345678", "13998765432", "differs"), ("1.38E+10", "13812345678", "nothing"),
    ("801", "801", "nothing"), ("+1 (310) 555-0100", "310 555 0100", "same"),
    ("008613812345678", "13812345678 ext. 12", "same"), ("0013105550100", "3105550100#2", "same"),
    ("86 0755 26001234", "0755 26001234", "same"), ("1234", "01234", "nothing"),
  ])
  func phones(_ left: String, _ right: String, _ expected: String) {
    #expect(level(Phones(), left, right) == expected)
  }

  @Test func aCellOfTwoPhonesIsTwo() {
    var phones = Phones()
    let values = phones.addEach(of: [
      "13812345678/13912345678", "13712345678；0755-26001234", "13712345678",
    ])
    #expect(values == [1, 2, 3, 4, 3])
    #expect(phones.count == 4)
  }

  @Test(arguments: [
    ("Li.Wei@163.com", "li.wei@163.COM ", "same"), ("li@a.cn", "li@b.cn", "same-handle"),
    ("wangwei12@qq.com", "wangwei21@qq.com", "one-edit"),
    ("wangwei12@qq.com", "wangwei987@qq.com", "same-letters"),
    ("a.b@acme.example", "c.defg@acme.example", "same-domain"),
    ("alice@one.example", "bob99@two.example", "differs"), ("no mail", "x@y.z", "nothing"),
  ])
  func emails(_ left: String, _ right: String, _ expected: String) {
    #expect(level(Emails(), left, right) == expected)
  }

  @Test(arguments: [
    ("1978-11-12", "19781112", "same"), ("12-Nov-1978", "1978/11/12", "same"),
    ("1978年11月12日", "1978-11-12", "same"), ("1978-11-12", "1978-12-11", "swapped"),
    ("1978-11-12", "1978-11-13", "one-edit"), ("1978-11-12", "1978-11-30", "two-parts"),
    ("1978-11-12", "2001-02-28", "differs"), ("", "1978-11-12", "nothing"),
  ])
  func dates(_ left: String, _ right: String, _ expected: String) {
    #expect(level(Dates(), left, right) == expected)
  }

  @Test(arguments: [
    ("AB-123 456", "ab123456", "same"), ("1804974", "1804947", "one-edit"),
    ("1804974", "01804974", "one-edit"), ("1804974", "CN1804974X", "differs"),
    ("1804974", "CN-1804974", "contained"), ("1804974", "5551212", "differs"),
  ])
  func identifiers(_ left: String, _ right: String, _ expected: String) {
    #expect(level(Identifiers(), left, right) == expected)
  }

  @Test(arguments: [
    ("1,200.00", "1200", "same"), ("$399", "399.0", "same"), ("100", "100.5", "one-percent"),
    ("100", "108", "ten-percent"), ("100", "140", "third"), ("100", "900", "differs"),
    ("n/a", "900", "differs"),
  ])
  func numbers(_ left: String, _ right: String, _ expected: String) {
    #expect(level(Numbers(), left, right) == expected)
  }

  @Test func everyStoresDefaultsAreProbabilities() {
    let stores: [(String, [AgreementLevel])] = [
      ("phone", Phones.levels), ("email", Emails.levels), ("date", Dates.levels),
      ("id", Identifiers.levels), ("number", Numbers.levels),
    ]
    for (name, levels) in stores {
      #expect(abs(levels.reduce(0) { $0 + $1.m } - 1) < 1e-9, "\(name) m")
      #expect(abs(levels.reduce(0) { $0 + $1.u } - 1) < 1e-9, "\(name) u")
      #expect(Set(levels.map(\.id)).count == levels.count, "\(name)")
    }
  }
}
