import FerryCore
import FerryTestSupport
import Foundation
import Testing

@testable import FerryTables

/// An .xls of Excel 4, which is one sheet's records and nothing around them.
enum OldWorkbook {
  static let bytes: [UInt8] =
    record(0x0409, [0, 0, 0x10, 0, 0, 0]) + label(0, 0, "id") + label(0, 1, "name")
    + number(1, 0, 7) + label(1, 1, "Acme") + record(0x000A, [])

  private static func record(_ id: Int, _ body: [UInt8]) -> [UInt8] {
    [UInt8(id & 0xFF), UInt8(id >> 8), UInt8(body.count), 0] + body
  }

  private static func label(_ row: UInt8, _ column: UInt8, _ text: String) -> [UInt8] {
    record(0x0204, [row, 0, column, 0, 0, 0, UInt8(text.utf8.count), 0] + text.utf8)
  }

  private static func number(_ row: UInt8, _ column: UInt8, _ value: Double) -> [UInt8] {
    let bits = value.bitPattern
    return record(
      0x0203,
      [row, 0, column, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
  }

  /// One that says it is encrypted, in the newer format.
  static let encrypted: [UInt8] = {
    var fixture = LegacyFixture(WorkbookFixture(sheet: "s", rows: [["secret"]]))
    fixture.claimsPassword = true
    return fixture.bytes()
  }()
}

/// A folder with a program in place of LibreOffice, and room for what conversions leave behind.
struct OfficeRoom {
  let folder: URL
  var temporary: URL { folder.appending(path: "tmp") }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "office-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Puts a shell script where LibreOffice is looked for.
  func install(_ script: String) throws {
    let program = folder.appending(path: "soffice")
    try "#!/bin/sh\n\(script)\n".write(to: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program.path)
  }

  func write(_ bytes: [UInt8]) throws -> String {
    let file = folder.appending(path: "旧表.xls")
    try Data(bytes).write(to: file)
    return file.path
  }

  func options(
    path: String? = nil, password: SourcePassword? = nil, deadline: Duration = .seconds(60)
  ) -> SourceOptions {
    let environment = ["PATH": path ?? folder.path, "TMPDIR": temporary.path]
    return SourceOptions(
      password: password,
      office: OfficeConverter(environment: environment, deadline: deadline))
  }

  /// What conversions left.
  var leftovers: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path) }
  }
}

@Suite("old and encrypted .xls")
struct OfficeTests {
  static let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
  static let isInstalled = OfficePlaces(environment: ["PATH": path]).program() != nil

  private func rule(_ body: () throws -> Void) -> String? {
    let error = #expect(throws: (any Error).self) { try body() }
    let failure = error as? any Failure
    #expect(failure?.exitStatus == .unreadableSource)
    return failure?.findings.first?.rule.id
  }

  @Test(
    .enabled("no LibreOffice is here, so what it reads is not tested") { isInstalled })
  func `are read through LibreOffice, once, and nothing is left`() throws {
    let room = try OfficeRoom()
    defer { room.remove() }
    let file = try room.write(OldWorkbook.bytes)
    let options = room.options(path: Self.path)
    for _ in 1...2 {
      let source = try SourceFile(path: file, options: options)
      #expect(source.name == "旧表.xls")
      #expect(source.findings.map(\.rule.id) == ["source.converted"])
      #expect(source.findings.first?.provenance?.file == "旧表.xls")
      #expect(source.findings.first?.arguments.first?.hasPrefix("LibreOffice ") == true)
      let table = try #require(try source.tables(inSheet: 0).first)
      #expect(table.columns.map(\.name) == ["id", "name"])
      #expect(try contents(of: table, in: source).rows.map(\.values) == [[0: "7", 1: "Acme"]])
    }
    #expect(try room.leftovers.isEmpty)
    #expect(options.office?.conversions == 1)
  }

  @Test(
    .enabled("no LibreOffice is here, so what it reads is not tested") { isInstalled },
    arguments: [
      (OldWorkbook.encrypted, nil, "source.password"),
      (OldWorkbook.encrypted, "x", "source.wrong-password"),
      (Array(OldWorkbook.bytes.prefix(10)) + Array(repeating: 0x77, count: 3000), nil, nil),
    ] as [([UInt8], String?, String?)])
  func `that LibreOffice can't read are refused in words`(
    _ bytes: [UInt8], _ password: String?, _ expected: String?
  ) throws {
    let room = try OfficeRoom()
    defer { room.remove() }
    let file = try room.write(bytes)
    let secret = password.flatMap { SourcePassword(variable: "P", in: ["P": $0]) }
    let options = room.options(path: Self.path, password: secret)
    if let expected {
      #expect(rule { _ = try SourceFile(path: file, options: options) } == expected)
    } else if let source = try? SourceFile(path: file, options: options) {
      // What has no end is read as far as it goes, and said.
      #expect(source.findings.map(\.rule.id) == ["source.converted", "source.cut-off"])
    }
    #expect(try room.leftovers.isEmpty)
  }

  @Test func `without LibreOffice say how to convert them`() throws {
    let room = try OfficeRoom()
    defer { room.remove() }
    for bytes in [OldWorkbook.bytes, OldWorkbook.encrypted] {
      let file = try room.write(bytes)
      for options in [room.options(path: "/nowhere:relative"), SourceOptions()] {
        #expect(rule { _ = try SourceFile(path: file, options: options) } == "xlsx.legacy-xls")
      }
    }
  }

  @Test(arguments: [
    ("exit 1", "source.converter-failed"),
    ("echo refused >\"$FERRY_ANSWER\"", "source.converter-refused"),
    ("echo done >\"$FERRY_ANSWER\"", "source.converter-failed"),
    ("echo done >\"$FERRY_ANSWER\"; echo x >\"$HOME/out.xlsx\"", "xlsx.not-a-workbook"),
    ("kill -9 $$", "source.converter-failed"),
  ])
  func `survive a LibreOffice that fails`(_ script: String, _ expected: String) throws {
    let room = try OfficeRoom()
    defer { room.remove() }
    try room.install(script)
    let file = try room.write(OldWorkbook.bytes)
    #expect(rule { _ = try SourceFile(path: file, options: room.options()) } == expected)
    #expect(try room.leftovers.isEmpty)
  }

  @Test func `end a LibreOffice that hangs, with all that it started`() throws {
    let room = try OfficeRoom()
    defer { room.remove() }
    let pids = room.folder.appending(path: "pids")
    try room.install("sleep 600 & echo $$ $! >'\(pids.path)'; wait")
    let file = try room.write(OldWorkbook.bytes)
    let options = room.options(deadline: .seconds(1))
    #expect(
      rule { _ = try SourceFile(path: file, options: options) } == "source.converter-too-slow")
    #expect(try room.leftovers.isEmpty)
    let started = try String(contentsOf: pids, encoding: .utf8).split { $0.isWhitespace }
    #expect(started.count == 2)
    for pid in started.compactMap({ Int32($0) }) { #expect(!isRunning(pid)) }
  }

  // A process that nobody collected is a name only: state Z.
  private func isRunning(_ pid: Int32) -> Bool {
    guard kill(pid, 0) == 0 else { return false }
    let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return status.map { !$0.contains(") Z ") } ?? true
  }

  @Test func `give the program a small world`() throws {
    let room = try OfficeRoom()
    defer { room.remove() }
    let seen = room.folder.appending(path: "seen")
    try room.install(
      "{ env; echo \"$@\"; cat; umask; stat -c %a \"$HOME\"; } >'\(seen.path)'; exit 1")
    let file = try room.write(OldWorkbook.encrypted)
    let secret = SourcePassword(variable: "P", in: ["P": "开门 Sesame"])
    let options = room.options(password: secret)
    _ = rule { _ = try SourceFile(path: file, options: options) }
    let text = try String(contentsOf: seen, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.contains("FERRY_PASSWORD=开门 Sesame") && lines.contains("700"))
    let words = lines.first { $0.contains("UserInstallation") }
    #expect(words?.contains("Sesame") == false && words?.contains("旧表") == false)
    #expect(!text.contains("USER="))
  }
}
