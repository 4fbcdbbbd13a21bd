import FerryCore
import FerryMapping
import FerryRecords
import FerrySQLite
import Foundation
import Testing

@testable import FerryMigration

@Suite("an input that is kept")
struct KeptInputTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: ledger.csv
        records:
          account: { key: 客户, name: 客户 }
          contact:
            key: 编号
            name: 联系人
            mobile: 手机
            account: { link: account }
          deal:
            key: 编号
            name: 备注
            amount: 金额
            stage: { from: 阶段, map: { 赢单: won, 输单: lost }, otherwise: reject }
            account: { link: account }
            owner: { from: 销售, find: user.name, otherwise: 公海 }
    """

  private static var rows: String {
    var text = "编号,客户,联系人,手机,金额,阶段,备注,销售,没用\n"
    for row in 0..<300 {
      let stage = ["赢单", "输单", "不明", ""][row % 4]
      let mobile = row.isMultiple(of: 7) ? "12" : "138\(10_000_000 + row)"
      let amount = row.isMultiple(of: 9) ? "很多" : "\(row).25"
      text += "K\(row / 2),客户\(row / 3),张\(row),\(mobile),\(amount),\(stage),单 \(row),李四,\n"
    }
    return text
  }

  private let fixture: Fixture

  init() throws {
    fixture = try Fixture()
    try write(Self.rows, to: "ledger.csv")
    try write(Self.mapping, to: "m.yaml")
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: fixture.folder + "/" + name))
  }

  private func kept(in workspace: Workspace? = nil) throws -> (KeptInput?, Mapping) {
    let mapping = try Mapping.load(path: fixture.folder + "/m.yaml")
    return (KeptInput(of: mapping, in: workspace ?? fixture.workspace, leastBytes: 1), mapping)
  }

  /// Keeps what the mapping reads, and gives it.
  private func keep() throws -> MappedInput {
    let (kept, mapping) = try kept()
    let input = try mapping.read()
    try fixture.workspace.create()
    try #require(kept).keep(input)
    return input
  }

  @Test func `is the same when it is read again`() throws {
    defer { fixture.remove() }
    let read = try keep()
    let kept = try #require(try kept().0?.read())
    #expect(kept.tables == read.tables && read.tables.count == 1)
    #expect(kept.findings == read.findings && read.findings.count > 50)
    let words = { (input: MappedInput) in input.findings.map { $0.message(in: .chinese) } }
    #expect(words(kept) == words(read))
    #expect(kept.unlistedFindings == read.unlistedFindings)
    #expect(kept.unmappedValues == read.unmappedValues && !read.unmappedValues.isEmpty)
    #expect(kept.records.keys.sorted() == ["account", "contact", "deal"])
    for (name, table) in read.records {
      let other = try #require(kept.records[name])
      #expect(other.fields == table.fields && other.recipes == table.recipes)
      #expect(other.targets == table.targets && other.rejections == table.rejections)
      #expect(other.origins == table.origins && other.links == table.links)
      #expect(other.linkedRecords == table.linkedRecords && other.count == table.count)
      for record in 0..<table.count {
        #expect(other.externalID(of: record) == table.externalID(of: record))
        for field in table.fields.indices {
          #expect(other.string(field: field, of: record) == table.string(field: field, of: record))
        }
      }
    }
  }

  @Test(arguments: ["a row", "the mapping", "a byte", "an end", "a folder"])
  func `is not there once something is another`(change: String) throws {
    defer { fixture.remove() }
    _ = try keep()
    let path = fixture.workspace.keptInputPath
    var bytes = try Data(contentsOf: URL(filePath: path))
    switch change {
    case "a row": try write(Self.rows + "K999,客户,王五,,1,赢单,单,李四,\n", to: "ledger.csv")
    case "the mapping": try write(Self.mapping + "\nregion: US\n", to: "m.yaml")
    case "a byte":
      bytes[bytes.count - 40] ^= 1
      try bytes.write(to: URL(filePath: path))
    case "an end": try bytes.dropLast(9).write(to: URL(filePath: path))
    default: try FileManager.default.removeItem(atPath: path)
    }
    #expect(try kept().0?.read() == nil)
  }

  @Test func `follows from the program and its libraries, not from what else is open`() throws {
    // SQLite maps a file beside a database into the memory, which is written all the time.
    let maps = """
      7f10-7f20 r-xp 00000000 fe:00 11 /usr/lib/libone.so.1
      7f20-7f30 r--p 00010000 fe:00 11 /usr/lib/libone.so.1
      7f30-7f40 rw-s 00000000 fe:00 12 /srv/m.ferry/journal.db-shm
      7f40-7f50 r-xp 00000000 00:00 0 [vdso]
      7f50-7f60 r-xp 00000000 fe:00 13 /opt/a folder/libtwo.so
      """
    let program = KeptKey.programFiles(maps: "")
    #expect(program.count == 1)
    let libraries = ["/usr/lib/libone.so.1", "/opt/a folder/libtwo.so"]
    #expect(KeptKey.programFiles(maps: maps) == (program + libraries).sorted())
  }

  @Test func `is none where files are small or the workspace is sealed`() throws {
    defer { fixture.remove() }
    let mapping = try Mapping.load(path: fixture.folder + "/m.yaml")
    #expect(KeptInput(of: mapping, in: fixture.workspace) == nil)
    let keyPath = fixture.folder + "/key"
    let made = FileManager.default.createFile(
      atPath: keyPath, contents: Data(repeating: 7, count: 64),
      attributes: [.posixPermissions: 0o600])
    try #require(made)
    let sealed = Workspace(path: fixture.workspace.path, key: try SealKey(path: keyPath))
    #expect(try kept(in: sealed).0 == nil)
  }

  @Test func `is none where a source is encrypted`() throws {
    defer { fixture.remove() }
    let source = "file: ledger.csv"
    let encrypted = "\(source)\n    password_env: SECRET"
    try write(Self.mapping.replacing(source, with: encrypted), to: "m.yaml")
    let mapping = try Mapping.load(
      path: fixture.folder + "/m.yaml", environment: ["SECRET": "s"])
    #expect(KeptInput(of: mapping, in: fixture.workspace, leastBytes: 1) == nil)
  }

  @Test func `is not kept of a source that moved while it was read`() throws {
    defer { fixture.remove() }
    let (kept, mapping) = try kept()
    let input = try mapping.read()
    try write(Self.rows + Self.rows, to: "ledger.csv")
    try fixture.workspace.create()
    try #require(kept).keep(input)
    #expect(!FileManager.default.fileExists(atPath: fixture.workspace.keptInputPath))
  }

  @Test func `is for its owner alone, and is forgotten`() throws {
    defer { fixture.remove() }
    _ = try keep()
    let path = fixture.workspace.keptInputPath
    let found = try FileManager.default.attributesOfItem(atPath: path)
    #expect((found[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    _ = try Journal(fixture.workspace)
    let result = try WorkspaceForgetting.forget(fixture.workspace, at: "2026-01-01T00:00:00Z")
    #expect(result.files == 1 && !FileManager.default.fileExists(atPath: path))
  }
}
