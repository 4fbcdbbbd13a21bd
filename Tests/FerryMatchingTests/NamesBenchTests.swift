import FerryTestSupport
import Foundation
import Testing

@testable import FerryMatching

/// Judges pairs of names of the shared corpus: the same or not, by the levels' own m and u alone.
///
/// Each suite prints its figure; `FERRY_NAMES_WRONG=1` prints the pairs that were judged wrongly.
/// Figures once reached are held: see `names` in `.ci/ratchet`.
@Suite struct NamesBenchTests {
  @Test func `judges the name bench`() throws {
    guard let cases = try JudgedName.nameBench() else { return }
    try #expect(NameScore("name_bench", cases).share >= NameScore.least(0))
  }

  @Test func `judges the entity bench`() throws {
    guard let cases = try JudgedName.entityBench() else { return }
    try #expect(NameScore("entity_bench", cases).share >= NameScore.least(1))
  }

  @Test func `finds companies whose names were damaged`() throws {
    guard let cases = try JudgedName.damaged() else { return }
    try #expect(NameScore("dnb", cases).share >= NameScore.least(2))
  }
}

/// Two names, and whether they are one.
struct JudgedName: Sendable {
  let left: [String]
  let right: [String]
  let isMatch: Bool
  let isPerson: Bool
  /// What another matcher made of it: right or wrong; `nil` where nobody asked.
  var peer: Bool?

  static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/corpus/er")

  static func nameBench() throws -> [JudgedName]? {
    guard let rows = try csv("name_bench/cases.csv") else { return nil }
    return rows.dropFirst().map { row in
      JudgedName(
        left: [row[2]], right: [row[3]], isMatch: row[4] == "true", isPerson: row[1] == "Person",
        peer: row[9].isEmpty ? nil : row[9].hasPrefix("T"))
    }
  }

  static func damaged() throws -> [JudgedName]? {
    guard let clean = try csv("dnb/test_names.csv"),
      let other = try csv("dnb/adjusted_test_names.csv")
    else { return nil }
    let damaged = Dictionary(
      other.dropFirst().filter { $0.count > 1 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
    let names = clean.dropFirst().filter { $0.count > 1 }.map { ($0[0], $0[1]) }
    var cases: [JudgedName] = []
    for (index, (id, name)) in names.enumerated() {
      if let copy = damaged[id] {
        cases.append(JudgedName(left: [name], right: [copy], isMatch: true, isPerson: false))
      }
      let (_, next) = names[(index + 1) % names.count]
      cases.append(JudgedName(left: [name], right: [next], isMatch: false, isPerson: false))
    }
    return cases
  }

  /// Reads the checks by their indentation; other YAML is not met there.
  static func entityBench() throws -> [JudgedName]? {
    let place = corpus.appending(path: "entity_bench/checks.yml")
    guard let text = try? String(contentsOf: place, encoding: .utf8) else { return nil }
    var cases: [JudgedName] = []
    var sides: [[String: String]] = [[:], [:]]
    var side = 0
    var isMatch = false
    var schema = ""
    var key = ""
    func close() {
      guard !sides[0].isEmpty, !sides[1].isEmpty else { return }
      let isPerson = ["Person", "LegalEntity"].contains(schema)
      let columns = sides.map { fields in parts.map { fields[$0] ?? "" } }
      cases.append(
        JudgedName(left: columns[0], right: columns[1], isMatch: isMatch, isPerson: isPerson))
      sides = [[:], [:]]
    }
    for line in text.split(separator: "\n") {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("#") { continue }
      if trimmed.hasPrefix("- match:") {
        close()
        isMatch = trimmed.hasSuffix("true")
      } else if trimmed == "query:" || trimmed == "candidate:" {
        side = trimmed == "query:" ? 0 : 1
      } else if let colon = trimmed.firstIndex(of: ":"), line.hasPrefix("    ") {
        key = String(trimmed[..<colon])
        let value = trimmed[trimmed.index(after: colon)...].trimmingCharacters(in: .whitespaces)
          .trimmingCharacters(in: ["\""])
        if key == "schema" { schema = value }
        if parts.contains(key) { sides[side][key] = value }
      } else if parts.contains(key) {
        sides[side][key, default: ""] += " " + trimmed
      }
    }
    close()
    return cases
  }

  static let parts = ["name", "firstName", "middleName", "fatherName", "lastName"]

  private static func csv(_ path: String) throws -> [[String]]? {
    let place = corpus.appending(path: path)
    guard let text = try? String(contentsOf: place, encoding: .utf8) else {
      print("skipped: no corpus at \(place.path)")
      return nil
    }
    var rows: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    for sign in text.unicodeScalars {
      switch sign {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        rows[rows.count - 1].append(field)
        field = ""
      case "\n" where !isQuoted:
        rows[rows.count - 1].append(field)
        field = ""
        rows.append([])
      case "\r": break
      default: field.unicodeScalars.append(sign)
      }
    }
    rows.removeAll { $0.isEmpty }
    return rows
  }
}

/// How many cases were judged rightly.
struct NameScore {
  let share: Double

  /// The figure to hold, by its place behind `names` in `.ci/ratchet`.
  static func least(_ index: Int) throws -> Double {
    let place = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: ".ci/ratchet")
    let line = try String(contentsOf: place, encoding: .utf8).split(separator: "\n")
      .first { $0.hasPrefix("names ") }
    let figures = try #require(line).split(separator: " ").dropFirst().compactMap { Double($0) }
    return try #require(figures.indices.contains(index) ? figures[index] : nil)
  }

  init(_ name: String, _ cases: [JudgedName]) {
    let showsWrong = ProcessInfo.processInfo.environment["FERRY_NAMES_WRONG"] == "1"
    var right = 0
    var peerRight = 0
    var asked = 0
    for entry in cases {
      let (level, isMatch) = Self.judge(entry)
      right += isMatch == entry.isMatch ? 1 : 0
      if let peer = entry.peer {
        asked += 1
        peerRight += peer ? 1 : 0
      }
      if showsWrong, isMatch != entry.isMatch {
        print(
          "wrong", name, entry.isPerson ? "P" : "C", entry.isMatch, level, entry.left, entry.right)
      }
    }
    share = Double(right) / Double(max(cases.count, 1))
    let peer = asked > 0 ? ", peer \(peerRight) of \(asked)" : ""
    print("\(name): \(right) of \(cases.count) right, \(String(format: "%.4f", share))\(peer)")
  }

  private static func judge(_ entry: JudgedName) -> (String, Bool) {
    if entry.isPerson {
      let parts = entry.left.count == 1 ? [.full] : JudgedName.parts.map(PersonNamePart.guess)
      return judge(entry, PersonNames(parts: parts))
    }
    return judge(entry, CompanyNames())
  }

  private static func judge<Store: ValueStore>(_ entry: JudgedName, _ store: Store)
    -> (String, Bool)
  {
    var store = store
    let left = store.add(entry.left)
    let right = store.add(entry.right)
    let index = left == right ? 0 : store.level(left, right)
    let level = Store.levels[index]
    return (left == 0 || right == 0 ? "none" : level.id, level.m >= level.u)
  }
}
