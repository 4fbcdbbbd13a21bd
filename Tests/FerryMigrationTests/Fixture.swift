import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Synchronization

@testable import FerryMigration

/// Rows of one entity, as a test writes them: the external id under `key`, then fields.
struct SheetRows {
  var entity: Entity
  var fields: [String]
  var rows: [[String: String]]
}

/// A small company's data on its way: makes what the mapping and matching would give.
struct Fixture: Sendable {
  let folder: String
  let contents = InMemoryRecords()

  init() throws {
    folder =
      FileManager.default.temporaryDirectory
      .appending(path: "ferry-mig-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder; called at the end of a test.
  func remove() {
    // A folder that is left behind in the temporary folder harms no test.
    try? FileManager.default.removeItem(atPath: folder)
  }

  var workspace: Workspace { Workspace(path: folder + "/test.ferry") }

  func context(stopAfter batches: Int = .max) -> MigrationContext {
    let asked = Counter()
    var context = MigrationContext(
      workspace: workspace, storeURL: "memory", now: { Date(timeIntervalSince1970: 1_700_000_000) },
      randomBits: { UInt64.random(in: 0...UInt64.max) },
      isStopped: { asked.next() > batches })
    context.retryDelays = []
    context.batchSize = 3
    return context
  }

  var reading: InMemoryStore { InMemoryStore(contents, access: .readOnly, recordsPerPage: 4) }
  var writing: InMemoryStore { InMemoryStore(contents, recordsPerPage: 4) }

  /// Everything the store holds, by entity and external id; references as external ids.
  func dump(_ store: any CRMStore) async throws -> [String: [String: String]] {
    var records: [String: [String: String]] = [:]
    var labels: [String: String] = [:]
    for entity in SalesChain.entities {
      try await Self.forEach(EntityFields(entity, []), store) { page, record in
        labels["\(entity.name) \(page.storeID(of: record) ?? "")"] = page.externalID(of: record)
      }
    }
    for entity in SalesChain.entities {
      try await Self.forEach(EntityFields(entity, entity.fields), store) { page, record in
        var values: [String: String] = [:]
        for (index, field) in entity.fields.enumerated() {
          guard let value = page.string(field: index, of: record) else { continue }
          values[field.name] = field.referenced.map { labels["\($0) \(value)"] ?? "?" } ?? value
        }
        records["\(entity.name) \(page.externalID(of: record) ?? "?")"] = values
      }
    }
    return records
  }

  func dump() async throws -> [String: [String: String]] { try await dump(reading) }

  private static func forEach(
    _ shape: EntityFields, _ store: any CRMStore, _ body: (RecordPage, Int) -> Void
  ) async throws {
    var cursor: String?
    repeat {
      let page = try await store.page(of: shape, after: cursor)
      for record in 0..<page.records.count { body(page.records, record) }
      cursor = page.next
    } while cursor != nil
  }

  // MARK: - Input

  /// A request over rows, as mapping and matching would make it.
  static func request(
    _ sheets: [SheetRows], policies: MigrationPolicies = .init()
  ) -> PlanRequest {
    var input = MappedInput()
    for sheet in sheets {
      var table = table(sheet)
      var summary = TableSummary(file: "test.csv", sheet: sheet.entity.name)
      summary.rows = sheet.rows.count
      summary.mapped = sheet.rows.count
      input.tables.append(summary)
      table.rejections = [:]
      input.records[sheet.entity.name] = table
    }
    return PlanRequest(
      mappingPath: "test.yaml", input: input, golden: match(input.records, settings: [:]),
      policies: policies)
  }

  private static func table(_ sheet: SheetRows) -> RecordTable {
    let fields = sheet.entity.fields.filter { sheet.fields.contains($0.name) }
    var table = RecordTable(entity: sheet.entity, fields: fields)
    table.recipes = [
      Recipe(
        file: "test.csv", sheet: sheet.entity.name, system: nil,
        columnIndexes: fields.indices.map { Int32($0 + 1) })
    ]
    for field in fields {
      guard let other = field.referenced else { continue }
      table.targets.append(ReferenceTarget(entity: other, field: other == "user" ? "name" : nil))
    }
    for (number, row) in sheet.rows.enumerated() {
      let key = Bytes((row["key"] ?? "").utf8)
      let record = table.append(
        externalID: key.span, origin: RecordOrigin(recipeIndex: 0, rowNumber: Int32(number + 2)))
      for (index, field) in fields.enumerated() {
        guard let text = row[field.name] else { continue }
        let target = table.targets.firstIndex { $0?.entity == field.referenced } ?? 0
        let value = Bytes(text.utf8)
        table.set(value.span, field: index, of: record, target: UInt8(target))
      }
    }
    return table
  }

  /// Seven accounts with a parent, contacts and deals; `changed` deals have another amount.
  static func sales(accounts: Int = 7, changed: Set<Int> = []) -> [SheetRows] {
    let names = (0..<accounts).map { "A\($0)" }
    return [
      SheetRows(
        entity: SalesChain.account, fields: ["name", "phone", "parent"],
        rows: names.enumerated().map { number, key in
          var row = ["key": key, "name": "公司\(number)", "phone": "+86108000000\(number)"]
          // Forwards for even ones, backwards for odd ones.
          row["parent"] = number.isMultiple(of: 2) ? names.last : names.first
          return row
        }),
      SheetRows(
        entity: SalesChain.contact, fields: ["name", "mobile", "account"],
        rows: names.enumerated().map { number, key in
          [
            "key": "\(key)|C", "name": "人\(number)", "mobile": "+861380000\(1000 + number)",
            "account": key,
          ]
        }),
      SheetRows(
        entity: SalesChain.deal, fields: ["name", "account", "amount", "stage"],
        rows: names.enumerated().map { number, key in
          [
            "key": "D\(number)", "name": "项目\(number)", "account": key,
            "amount": "\(number * 100 + (changed.contains(number) ? 1 : 0)).50",
            "stage": number.isMultiple(of: 3) ? "won" : "proposal",
          ]
        }),
    ]
  }
}

/// Counts calls from any thread.
final class Counter: Sendable {
  private let count = Mutex(0)

  /// The number of this call, from 1.
  func next() -> Int {
    count.withLock { number in
      number += 1
      return number
    }
  }
}
