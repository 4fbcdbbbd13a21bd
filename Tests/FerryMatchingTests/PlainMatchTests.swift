import FerryCore
import FerryRecords
import FerryTestSupport
import Testing

@testable import FerryMatching

/// A slow, plain version of exact matching: names as strings, clusters by breadth-first search.
private struct PlainMatch {
  let rows: [FixtureRow]
  private(set) var ids: [String] = []

  init(_ rows: [FixtureRow]) {
    self.rows = rows
    for row in rows where !ids.contains(row.id) { ids.append(row.id) }
  }

  func value(_ field: String, of id: String) -> String? {
    rows.first { $0.id == id && $0.fields[field] != nil }?.fields[field]
  }

  func clusters(joined: (String, String) -> Bool) -> [[String]] {
    var rest = ids
    var clusters: [[String]] = []
    while !rest.isEmpty {
      var cluster = [rest.removeFirst()]
      var next = 0
      while next < cluster.count {
        let (near, far) = (
          rest.filter { joined(cluster[next], $0) }, rest.filter { !joined(cluster[next], $0) }
        )
        cluster += near
        rest = far
        next += 1
      }
      if cluster.count > 1 { clusters.append(cluster.sorted { position($0) < position($1) }) }
    }
    return clusters
  }

  private func position(_ id: String) -> Int { ids.firstIndex(of: id) ?? -1 }
}

@Suite struct PlainMatchTests {
  private static let seeds: [UInt64] = [1, 2, 3, 4, 5, 20_240_305]

  private func pick(_ random: inout SeededRandom, _ prefix: String, below limit: Int) -> String? {
    Int.random(in: 0..<4, using: &random) == 0
      ? nil : "\(prefix)\(Int.random(in: 0..<limit, using: &random))"
  }

  private func rows(
    _ random: inout SeededRandom, _ fields: [String], count: Int
  ) -> [FixtureRow] {
    (0..<count).map { _ in
      let id = "I\(Int.random(in: 0..<count, using: &random))"
      var values: [String: String] = [:]
      for field in fields { values[field] = pick(&random, field, below: count / 3) }
      return (id, values)
    }
  }

  @Test(arguments: seeds)
  func agreesWithThePlainVersionOnAccounts(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      let rows = rows(&random, ["name", "credit_code"], count: 40)
      let plain = PlainMatch(rows)
      let golden = try #require(
        match(["account": table("account", ["name", "credit_code"], rows)], settings: [:])[
          "account"])
      let expected = plain.clusters { left, right in
        plain.value("credit_code", of: left).map { $0 == plain.value("credit_code", of: right) }
          ?? false
      }
      #expect(golden.clusterIDs == expected, "seed \(seed)")
      for cluster in expected {
        let name = cluster.lazy.compactMap { plain.value("name", of: $0) }.first
        #expect(golden.surviving("name", of: cluster[0]) == name, "seed \(seed)")
      }
    }
  }

  @Test(arguments: seeds)
  func agreesWithThePlainVersionOnNamesakes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      let names = ["王伟", "李丽", "张强"]
      let rows = rows(&random, ["mobile", "email"], count: 30).map { row in
        // One id, one name, so that which name survives is not in question here.
        let name = names[Int(row.id.utf8.last ?? 0) % names.count]
        return (id: row.id, fields: row.fields.merging(["name": name]) { $1 })
      }
      let plain = PlainMatch(rows)
      let golden = try #require(
        match(["contact": table("contact", ["name", "mobile", "email"], rows)], settings: [:])[
          "contact"])
      let expected = plain.clusters { left, right in
        guard plain.value("name", of: left) == plain.value("name", of: right) else { return false }
        return ["mobile", "email"].contains { field in
          plain.value(field, of: left).map { $0 == plain.value(field, of: right) } ?? false
        }
      }
      #expect(golden.clusterIDs == expected, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func theOrderOfTheInputDoesNotChangeTheClusters(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let names = ["王伟", "王总", "王芳", "李丽", "Li Li", "L. Li"]
    let rows: [FixtureRow] = (0..<60).map { index in
      var fields = ["name": names[Int.random(in: 0..<names.count, using: &random)]]
      fields["mobile"] = pick(&random, "m", below: 15)
      fields["email"] = pick(&random, "e", below: 15)
      return ("K\(index)", fields)
    }
    func clusters(_ rows: [FixtureRow]) throws -> Set<Set<String>> {
      let table = try table("contact", ["name", "mobile", "email"], rows)
      let golden = try #require(match(["contact": table], settings: [:])["contact"])
      return Set(golden.clusterIDs.map(Set.init))
    }
    let expected = try clusters(rows)
    for _ in 0..<5 {
      #expect(try clusters(rows.shuffled(using: &random)) == expected, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func joinsAsBreadthFirstSearchDoes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = 200
    var sets = UnionFind(count: count)
    var neighbours = Array(repeating: Set<Int>(), count: count)
    for _ in 0..<120 {
      let left = Int.random(in: 0..<count, using: &random)
      let right = Int.random(in: 0..<count, using: &random)
      sets.join(left, right)
      neighbours[left].insert(right)
      neighbours[right].insert(left)
    }
    for start in 0..<count {
      var reached: Set<Int> = [start]
      var queue = [start]
      while let next = queue.popLast() {
        queue += neighbours[next].filter { reached.insert($0).inserted }
      }
      #expect(sets.root(of: start) == reached.min(), "seed \(seed)")
    }
  }

  @Test func numbersKeysThroughGrowth() {
    var index = KeyIndex(capacity: 0)
    for key in 0..<5000 {
      #expect(index.number(hash: key / 7, isEqual: { $0 == key }) == (key, true))
    }
    for key in 0..<5000 { #expect(index.find(hash: key / 7, isEqual: { $0 == key }) == key) }
    #expect(index.find(hash: 9999, isEqual: { _ in false }) == nil)
  }
}
