import FerryTestSupport
import Foundation
import Testing

/// A room with a sheet of accounts and deals, and a plan to load them.
private struct LoadingRoom {
  let room: Room
  let store: String
  let plan: String
  let run: String

  static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account: { key: 编号, name: 名称 }
          deal: { key: 商机, name: 商机, amount: 金额, account: { link: account } }

    """

  static func sheet(_ rows: Int) -> String {
    "编号,名称,商机,金额\n"
      + (0..<rows).map { "A\($0),第\($0)号有限公司,D\($0),\($0 * 37 % 1000).50\n" }.joined()
  }

  init(_ store: String = "sqlite:crm.db", rows: Int = 2500, workspace: String = "m.ferry") throws {
    room = try Room()
    self.store = store
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(Self.sheet(rows), to: "in.csv")
    let made = try room.run("ferry plan m.yaml --to '\(store)' --json --workspace \(workspace)")
    let document = try JSONDecoder().decode(Document.self, from: Data(made.output.utf8))
    (plan, run) = (document.plan, document.run)
  }

  /// Starts ferry itself, so that a signal hits it and no shell.
  func start(_ words: String...) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "\(Room.products)/ferry")
    process.arguments = words
    process.currentDirectoryURL = room.folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// All is in the store once, and the journal knows it.
  func checkLoaded(_ note: Comment) throws {
    let resumed = try room.run("ferry resume \(run)")
    #expect(resumed.status == 0, "\(note): \(resumed.errors)")
    let proof = try room.run("ferry verify \(run)")
    #expect(proof.status == 0, "\(note): \(proof.errors)")
    let again = try room.run("ferry import m.yaml --to '\(store)' --json")
    let counts = try JSONDecoder().decode(Document.self, from: Data(again.output.utf8)).entities
    #expect(
      counts?.values.allSatisfy { $0.created + $0.updated == 0 && $0.same > 0 || $0.records == 0 }
        == true, "\(note): \(again.output.prefix(400))")
  }

  struct Document: Decodable {
    struct Counts: Decodable {
      let records: Int
      let created: Int
      let updated: Int
      let same: Int
    }
    let run: String
    let plan: String
    let entities: [String: Counts]?
  }
}

@Suite("a run that is disturbed")
struct DisturbedRunTests {
  @Test func `goes on after kills at random instants, in every store`() throws {
    let postgres = try PostgresServer.start()
    defer { postgres?.stop() }
    let mariaDB = try MariaDBServer.start()
    defer { mariaDB?.stop() }
    var random = SeededRandom(seed: 20_240_305)
    for store in ["sqlite:crm.db", postgres?.url, mariaDB?.url].compactMap({ $0 }) {
      for attempt in 0..<2 {
        // A server's tables of the attempt before are there still: then all is the same.
        let loading = try LoadingRoom(store, rows: 2500 + attempt * 2500)
        defer { loading.room.remove() }
        for words in [["apply", loading.plan], ["resume", loading.run]] {
          let process = try loading.start(words[0], words[1])
          Thread.sleep(forTimeInterval: Double.random(in: 0..<0.8, using: &random))
          kill(process.processIdentifier, SIGKILL)
          process.waitUntilExit()
        }
        try loading.checkLoaded("\(store), attempt \(attempt)")
      }
    }
  }

  @Test func `ends at a checkpoint after SIGTERM, with exit code 4`() throws {
    let loading = try LoadingRoom(rows: 20_000)
    defer { loading.room.remove() }
    let process = try loading.start("apply", loading.plan)
    // The write-ahead log is there once the first batch is on its way.
    let log = loading.room.path("crm.db-wal")
    while process.isRunning, !FileManager.default.fileExists(atPath: log) {
      Thread.sleep(forTimeInterval: 0.01)
    }
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 4)
    let shown = try loading.room.run("ferry runs \(loading.run) --json")
    #expect(shown.output.contains("\"outcome\":\"stopped\""), "\(shown.output)")
    try loading.checkLoaded("after SIGTERM")
  }

  @Test func `outlives a server that crashes and comes back`() throws {
    guard let server = try PostgresServer.start() else { return }
    defer { server.stop() }
    let loading = try LoadingRoom(server.url)
    defer { loading.room.remove() }
    server.crash()
    let failed = try loading.room.run("ferry apply \(loading.plan)")
    #expect(failed.status == 4 && failed.errors.contains("[store.unreachable]"), "\(failed.errors)")
    try server.startAgain()
    try loading.checkLoaded("after the server came back")
  }

  @Test func `applied a second time has nothing to do`() throws {
    let loading = try LoadingRoom(rows: 5)
    defer { loading.room.remove() }
    #expect(try loading.room.run("ferry apply \(loading.plan)").status == 0)
    let second = try loading.room.run("ferry apply \(loading.plan)")
    #expect(second.status == 0 && second.errors.contains("[run.nothing-to-do]"))
  }
}

@Suite("a disk that is full")
struct FullDiskTests {
  /// Runs a script where `small` is a disk of some MiB; `nil` where no such disk can be made.
  private func run(_ script: String, in room: Room, small: Int) throws -> Room.Result? {
    let name = getuid() == 0 ? "unshare -m" : "unshare -rm"
    guard try room.run("\(name) true").status == 0 else { return nil }
    try room.write(
      """
      set -u
      mkdir small && mount -t tmpfs -o size=\(small)m tmpfs small || exit 99
      more() { mount -o remount,size=256m small; }
      \(script)
      """, to: "script.sh")
    return try room.run("\(name) bash script.sh")
  }

  @Test func `of the store leaves a run that goes on once there is room`() throws {
    let loading = try LoadingRoom(rows: 10_000)
    defer { loading.room.remove() }
    let done = try run(
      """
      ferry plan m.yaml --to sqlite:small/crm.db --workspace w.ferry >/dev/null 2>&1
      run=$(basename w.ferry/plans/*.ferryplan .ferryplan)
      ferry apply w.ferry/plans/$run.ferryplan --workspace w.ferry 2>full; echo "full $?"
      grep -c 'store.full' full
      more
      ferry resume $run --workspace w.ferry 2>/dev/null; echo "resumed $?"
      ferry verify $run --workspace w.ferry 2>/dev/null; echo "verified $?"
      """, in: loading.room, small: 1)
    guard let done else { return }
    #expect(done.output == "full 4\n1\nresumed 0\nverified 0\n", "\(done.output)\(done.errors)")
  }

  @Test func `of the journal leaves a run that goes on once there is room`() throws {
    let loading = try LoadingRoom(rows: 10_000)
    defer { loading.room.remove() }
    let done = try run(
      """
      ferry plan m.yaml --to sqlite:crm.db --workspace small/w.ferry >/dev/null 2>&1
      run=$(basename small/w.ferry/plans/*.ferryplan .ferryplan)
      head -c $(($(df --output=avail -B1 small | tail -1) - 200000)) /dev/zero >small/filler
      ferry apply small/w.ferry/plans/$run.ferryplan 2>full; echo "full $?"
      grep -c 'run.disk-full' full
      rm small/filler
      ferry resume $run --workspace small/w.ferry 2>why; echo "resumed $?"
      ferry verify $run --workspace small/w.ferry 2>/dev/null; echo "verified $?"
      cat full why >&2
      """, in: loading.room, small: 64)
    guard let done else { return }
    #expect(done.output == "full 4\n1\nresumed 0\nverified 0\n", "\(done.output)\(done.errors)")
  }

  @Test func `of the plan writes no plan and says so`() throws {
    let loading = try LoadingRoom(rows: 10_000)
    defer { loading.room.remove() }
    let done = try run(
      """
      ferry plan m.yaml --to sqlite:crm.db --workspace small/w.ferry 2>full; echo "full $?"
      ls small/w.ferry/plans
      cat full >&2
      """, in: loading.room, small: 1)
    guard let done else { return }
    #expect(done.output == "full 4\n", "\(done.output)\(done.errors)")
  }
}
