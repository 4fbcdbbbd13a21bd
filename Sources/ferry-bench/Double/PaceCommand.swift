import FerryCore
import FerryHTTPStores
import FerryRecords
import FerryStores
import Foundation

/// How much of a product's limit its adapter reaches: records go into the product's double, which answers
/// late, and time, CPU and memory are measured at the half and at the end.
enum PaceCommand {
  /// What is measured of a product: its profile, what an account needs, and the vendor's limit.
  private struct Measured {
    let profile: String
    let needs: [String: String]
    /// New records a second.
    let limit: Double
  }

  /// One line a product.
  private static let products = [
    // 100 calls in 20 seconds on the path of creates, one record a call.
    "fxiaoke": Measured(
      profile: """
        app_id: FSAID_double
        app_secret: double-secret
        permanent_code: double-code
        user: "1000"
        external_id: migration_ext_id__c
        """, needs: ["owner": "1001"], limit: 5)
  ]

  static func run(_ words: [String]) async throws {
    guard let name = words.first, let measured = products[name],
      let product = HTTPProduct.all.first(where: { $0.kind == name })
    else {
      throw BenchError("pace needs a product: \(products.keys.sorted().joined(separator: ", "))")
    }
    let options = try BenchOptions(Array(words.dropFirst()), known: ["records", "delay"])
    let delay = try options.number("delay", default: 50)
    let count = try options.number("records", default: Int(measured.limit * 60))
    let double = try OwnDouble(name, delay: delay)
    defer { double.end() }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ferry-pace-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // A folder left in /tmp breaks nothing.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/pace.yaml"
    let text = "product: \(name)\nurl: \(double.address)\n\(measured.profile)\n"
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw BenchError("\(path) can't be written") }
    let store = try product.open(path, for: .readWrite, environment: [:])
    // Signing in and describing are no part of the pace.
    _ = try await store.description(of: [SalesChain.account])
    let meter = Meter()
    for half in 0..<2 {
      try await load(count / 2 * half..<(half == 0 ? count / 2 : count), measured.needs, store)
      let rows = half == 0 ? count / 2 : count
      let figures = meter.figures(
        phase: half == 0 ? "half" : "whole", format: name, rows: rows, bytes: 0,
        counts: ["delay_ms": delay])
      print(try figures.json())
      guard half == 1 else { continue }
      let share = Double(rows) / figures.seconds / measured.limit
      print("\(name): \((share * 1000).rounded() / 10) % of \(measured.limit) records a second")
    }
    await store.close()
  }

  private static func load(
    _ numbers: Range<Int>, _ needs: [String: String], _ store: HTTPStore
  ) async throws {
    let fields = SalesChain.account.fields.filter { $0.name == "name" || needs[$0.name] != nil }
    let size = store.capabilities.largestBatch
    for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: size) {
      var page = RecordPage(EntityFields(SalesChain.account, fields))
      for number in start..<min(numbers.upperBound, start + size) {
        let record = page.append(storeID: nil, externalID: "A\(number)")
        for (index, field) in fields.enumerated() {
          page.set(needs[field.name] ?? "客户\(number)", field: index, of: record)
        }
      }
      for result in try await store.write(WriteBatch(.create, page)) {
        guard case .refused(let finding) = result else { continue }
        throw BenchError(finding.message(in: .english))
      }
    }
  }
}

/// A double in a process of its own, so that its memory is not counted.
private struct OwnDouble {
  let address: String
  private let process = Process()

  init(_ name: String, delay: Int) throws {
    let said = Pipe()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = ["double", name, "--delay", "\(delay)"]
    process.standardOutput = said
    try process.run()
    let line = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
    address = line.trimmingCharacters(in: .whitespacesAndNewlines)
    guard address.hasPrefix("http") else {
      throw BenchError("the double of \(name) says no address")
    }
  }

  func end() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
