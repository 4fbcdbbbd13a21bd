import FerryCore
import FerryHTTPStores
import FerryRecords
import FerryStores
import Foundation

/// How much of a product's limit its adapter reaches: records go into the product's double, which answers
/// late, and time, CPU and memory are measured at the half and at the end.
enum PaceCommand {
  static func run(_ words: [String]) async throws {
    let known = PacedProduct.all.map(\.kind)
    guard let name = words.first, name == "all" || known.contains(name) else {
      throw BenchError("pace needs a product: \(known.joined(separator: ", ")), or all")
    }
    let options = try BenchOptions(
      Array(words.dropFirst()), known: ["records", "delay", "least"])
    let least = try options.number("least", default: 0)
    var slow: [String] = []
    for paced in PacedProduct.all where name == "all" || name == paced.kind {
      let share = try await share(of: paced, options)
      print("\(paced.kind): \(share) % of \(paced.limit)")
      if share < Double(least) { slow.append(paced.kind) }
    }
    guard slow.isEmpty else {
      throw BenchError("below \(least) % of the limit: \(slow.joined(separator: ", "))")
    }
  }

  /// Of what the limit allows, in percent.
  private static func share(
    of paced: PacedProduct, _ options: BenchOptions
  ) async throws -> Double {
    let delay = try options.number("delay", default: 50)
    let count = try options.number("records", default: paced.records)
    let double = try OwnDouble(paced.kind, ["--delay", "\(delay)"] + paced.options)
    defer { double.end() }
    let store = try await open(paced, at: double.address)
    // Signing in and describing are no part of the pace.
    _ = try await store.description(of: [SalesChain.account])
    let (before, meter) = (try await double.counts(on: paced.countedPath), Meter())
    var share = 0.0
    for (phase, rows) in [("half", 0..<count / 2), ("whole", count / 2..<count)] {
      try await load(rows, paced.needs, store)
      let now = try await double.counts(on: paced.countedPath)
      let (calls, busy) = (now.calls - before.calls, now.busy - before.busy)
      let figures = meter.figures(
        phase: phase, format: paced.kind, rows: rows.upperBound, bytes: 0,
        counts: ["delay_ms": delay, "calls": calls, "busy_ms": busy])
      print(try figures.json())
      share = paced.limit.share(calls: calls, busyMilliseconds: busy, of: figures.seconds)
    }
    await store.close()
    return (share * 1000).rounded() / 10
  }

  private static func open(
    _ paced: PacedProduct, at address: String
  ) async throws -> HTTPStore {
    guard let product = HTTPProduct.all.first(where: { $0.kind == paced.kind }) else {
      throw BenchError("no product \(paced.kind)")
    }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ferry-pace-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // A folder left in /tmp breaks nothing.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/pace.yaml"
    let text = "product: \(paced.kind)\nurl: \(address)\n\(paced.profile)\n"
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw BenchError("\(path) can't be written") }
    return try product.open(path, for: .readWrite, environment: [:])
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

  init(_ name: String, _ options: [String]) throws {
    let said = Pipe()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = ["double", name] + options
    process.standardOutput = said
    try process.run()
    let line = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
    address = line.trimmingCharacters(in: .whitespacesAndNewlines)
    guard address.hasPrefix("http") else {
      throw BenchError("the double of \(name) says no address")
    }
  }

  /// How many calls it has answered whose path holds a text, and how long callers waited for all.
  func counts(on path: String) async throws -> (calls: Int, busy: Int) {
    guard let url = URL(string: "\(address)/__double/calls") else { return (0, 0) }
    let transport = CurlTransport()
    defer { transport.close() }
    let answer = try await transport.send(HTTPRequest("GET", url))
    let counts = try JSONDecoder().decode([String: [String: Int]].self, from: Data(answer.body))
    let calls = (counts["calls"] ?? [:]).filter { path.isEmpty || $0.key.contains(path) }
    return (calls.values.reduce(0, +), counts["busy"]?["milliseconds"] ?? 0)
  }

  func end() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
