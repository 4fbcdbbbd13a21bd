import Foundation
import Testing

/// Makes `Generated/DivisionTable.swift` from the corpus, and holds the committed file against it.
///
/// `FERRY_RECORD=1 swift test --filter DivisionTable` rewrites the file and fails once.
@Suite struct DivisionTableTests {
  @Test func `the committed table is what the corpus gives`() throws {
    let corpus = Paths.shared.appending(path: "corpus/ref/cn_divisions")
    guard FileManager.default.fileExists(atPath: corpus.path) else {
      print("skipped: no corpus at \(corpus.path)")
      return
    }
    let made = try DivisionTableGenerator(corpus: corpus).source()
    let place = Paths.package
      .appending(path: "Sources/FerryNormalization/Generated/DivisionTable.swift")
    if ProcessInfo.processInfo.environment["FERRY_RECORD"] == "1" {
      try made.write(to: place, atomically: true, encoding: .utf8)
      Issue.record("recorded \(place.lastPathComponent)")
    }
    #expect(try String(contentsOf: place, encoding: .utf8) == made)
  }
}

/// Where tests find the package and the material beside it.
enum Paths {
  static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let shared = package.deletingLastPathComponent().appending(path: "shared")
}

/// Writes the Swift source of the table from the CSV and JSON files of
/// modood/Administrative-divisions-of-China.
struct DivisionTableGenerator {
  let corpus: URL

  func source() throws -> String {
    let lines = try mainland() + islands()
    return """
      // Made by DivisionTableGenerator (Tests/FerryNormalizationTests/DivisionTableTests.swift);
      // not to be edited. Source: https://github.com/modood/Administrative-divisions-of-China,
      // dist/{provinces,cities,areas}.csv and dist/HK-MO-TW.json, licence WTFPL 2.

      /// The administrative divisions of China, one line a city: province, city, districts.
      enum DivisionTable {
        /// Stands for the city of counties that lie right under a province.
        static let direct = "-"

        // swift-format-ignore
        static let text = \"\"\"
      \(lines.map { "    " + $0 }.joined(separator: "\n"))
          \"\"\"
      }

      """
  }

  private func mainland() throws -> [String] {
    let provinces = try rows("provinces.csv")
    let cities = try rows("cities.csv")
    let areas = Dictionary(grouping: try rows("areas.csv")) { $0[2] }
    return cities.compactMap { city in
      guard let province = provinces.first(where: { $0[0] == city[2] }) else { return nil }
      let districts = (areas[city[0]] ?? []).map { $0[1] }.filter { $0 != city[1] }
      let name =
        city[1] == "市辖区" || city[1] == "县"
        ? province[1] : city[1].hasSuffix("直辖县级行政区划") ? "-" : city[1]
      return ([province[1], name] + districts).joined(separator: " ")
    }
  }

  private func islands() throws -> [String] {
    let data = try Data(contentsOf: corpus.appending(path: "HK-MO-TW.json"))
    let tree = try JSONDecoder().decode([String: [String: [String]]].self, from: data)
    return tree.sorted { $0.key < $1.key }.flatMap { province, cities in
      cities.sorted { $0.key < $1.key }.map { city, districts in
        ([province, city] + districts).joined(separator: " ")
      }
    }
  }

  private func rows(_ file: String) throws -> [[String]] {
    try String(contentsOf: corpus.appending(path: file), encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.replacing("\"", with: "").split(separator: ",").map(String.init) }
  }
}
