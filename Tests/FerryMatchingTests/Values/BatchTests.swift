import FerryCore
import FerryTestSupport
import Testing

@testable import FerryMatching

/// What tables and stores say does not depend on how rows are batched.
@Suite struct BatchTests {
  @Test(arguments: [1, 2, 3])
  func `a table of numbers answers as a dictionary does`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var table = NumberTable()
    var known: [UInt64: UInt32] = [:]
    for _ in 0..<200 {
      // Few hashes, some of them next to each other at both ends, where places wrap around.
      let hashes = ContiguousArray(
        (0..<50).map { _ -> UInt64 in
          let small = UInt64.random(in: 0..<200, using: &random)
          return Bool.random(using: &random) ? small : .max - small
        } + (0..<20).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) })
      table.touch(hashes)
      for hash in hashes where hash != 1 {
        #expect(table.number(of: hash) == known[hash])
        let (number, isNew) = table.add(hash)
        #expect(isNew == (known[hash] == nil))
        known[hash] = known[hash] ?? UInt32(known.count + 1)
        #expect(number == known[hash])
        table.set(hash, 0)
      }
    }
    #expect(table.count == known.count)
  }

  private static let texts = [
    "王小明", "Bob Smith", "王小明先生", "Smith, Bob", "北京华为技术有限公司", "Acme Trading Ltd.", "ACME Trading",
    "上海市浦东新区世纪大道100号7层", "15 Market St, San Jose, CA 95112", "世纪大道100号", "2020-01-02", "02.01.2020",
    "12", "12.0", "", "-", "a text of words", "words of a text", "王小明", "Bob Smith (鲍勃)",
    "阿依努尔·买买提",
  ]

  private func check<Store: ValueStore>(_ store: Store, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let rows = (0..<300).map { _ in Self.texts.randomElement(using: &random) ?? "" }
    var (one, all) = (store, store)
    var values = ContiguousArray<UInt32>()
    var batch = TextRows()
    for row in rows { batch.append(ContiguousArray(row.utf8)) }
    all.add(batch, to: &values)
    #expect(Array(values) == rows.map { one.add($0) })
    #expect(all.count == one.count)
    one.finish()
    all.finish()
    for value in 0..<UInt32(all.count) {
      #expect(all.keys(of: value + 1) == one.keys(of: value + 1))
    }
  }

  @Test(arguments: [1, 2])
  func `a batch is numbered as its rows one by one`(_ seed: UInt64) {
    check(PersonNames(parts: [.full]), seed)
    check(CompanyNames(), seed)
    check(Addresses(parts: [.full]), seed)
    check(Dates(), seed)
    check(Numbers(), seed)
    check(Identifiers(), seed)
    check(Texts(), seed)
    check(ChosenTexts([.exact, .otherwise]), seed)
  }
}
