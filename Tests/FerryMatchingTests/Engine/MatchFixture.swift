import FerryCore
import FerryTestSupport

@testable import FerryMatching

/// A table of texts, one array a row.
func matchTable(_ columns: [(String, ColumnKind)], _ rows: [[String]]) -> MatchTable {
  var table = MatchTable(columns: columns.map { MatchColumn(header: $0.0, kind: $0.1) })
  for row in rows {
    var bytes = ContiguousArray<UInt8>()
    var cells: [Range<Int>] = []
    for text in row {
      let start = bytes.count
      bytes.append(contentsOf: text.utf8)
      cells.append(start..<bytes.count)
    }
    table.append(bytes.span, cells: cells)
  }
  return table
}

/// Customers of whom some come twice, the second time with slips; the truth beside them.
struct CustomerFixture {
  static let columns: [(String, ColumnKind)] = [
    ("name", .personName), ("mobile", .phone), ("email", .email), ("born", .date),
  ]
  private(set) var rows: [[String]] = []
  /// The customer of each row.
  private(set) var truth: [Int] = []

  init(customers: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for customer in 0..<customers {
      let row = Self.customer(customer, &random)
      rows.append(row)
      truth.append(customer)
      guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
      rows.append(Self.slipped(row, &random))
      truth.append(customer)
    }
  }

  private static let families = ["Chen", "Okafor", "Meyer", "Silva", "Novak", "Haddad", "Ito"]
  private static let given = ["Anna", "Bela", "Carl", "Dora", "Emil", "Fay", "Gus", "Hana"]

  private static func customer(_ number: Int, _ random: inout SeededRandom) -> [String] {
    let name =
      "\(given.randomElement(using: &random) ?? "") \(families.randomElement(using: &random) ?? "")"
    let digits = (0..<8).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
    let year = Int.random(in: 1950...2005, using: &random)
    let day = Int.random(in: 10...28, using: &random)
    return [
      name, "138" + digits, "u\(number)x\(digits.prefix(3))@mail.example", "\(year)-03-\(day)",
    ]
  }

  /// Loses or changes about one field.
  private static func slipped(_ row: [String], _ random: inout SeededRandom) -> [String] {
    var row = row
    switch Int.random(in: 0..<5, using: &random) {
    case 0: row[1] = ""
    case 1: row[2] = row[2].uppercased()
    case 2: row[3] = ""
    case 3: row[1] = String(row[1].dropLast()) + "0"
    default: row[0] = String(row[0].reversed())
    }
    return row
  }

  var pairCount: Int { rows.count - Set(truth).count }
}
