import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

struct EncryptionCase: Sendable, CustomTestStringConvertible {
  let way: EncryptedFixture.Way
  var sectorShift = 9
  var testDescription: String { "\(way), sectors of \(1 << sectorShift) bytes" }

  static let all: [EncryptionCase] =
    [
      EncryptionCase(way: .standard(keyBits: 128)),
      EncryptionCase(way: .standard(keyBits: 192)),
      EncryptionCase(way: .standard(keyBits: 256), sectorShift: 12),
      EncryptionCase(way: .agile(keyBits: 256, hash: "SHA512"), sectorShift: 12),
    ]
    + [128, 192, 256].flatMap { keyBits in
      ["MD5", "SHA1", "SHA256", "SHA384", "SHA512"].map {
        EncryptionCase(way: .agile(keyBits: keyBits, hash: $0))
      }
    }
}

/// An encrypted file that can't be opened, and what is said about it.
struct SealedCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let rule: String
  var password: String? = "密码 1"
  var change: @Sendable (inout EncryptedFixture) -> Void = { _ in }
  var breakEnvelope: @Sendable (inout CompoundFixture) -> Void = { _ in }
  var breakBytes: @Sendable (inout [UInt8]) -> Void = { _ in }

  static let all: [SealedCase] = [
    SealedCase(testDescription: "no password", rule: "xlsx.password", password: nil),
    SealedCase(testDescription: "another password", rule: "xlsx.wrong-password", password: "1"),
    SealedCase(
      testDescription: "a certificate", rule: "xlsx.rights-management",
      change: { $0.keyEncryptor = "certificate" }),
    SealedCase(
      testDescription: "a thousand million rounds", rule: "xlsx.too-many-rounds",
      change: { $0.claimedSpinCount = 1_000_000_000 }),
    SealedCase(
      testDescription: "a negative number of rounds", rule: "xlsx.damaged-encryption",
      change: { $0.claimedSpinCount = -1 }),
    SealedCase(
      testDescription: "the extensible way", rule: "xlsx.unknown-encryption",
      breakEnvelope: { $0.streams[0].bytes[2] = 3 }),
    SealedCase(
      testDescription: "a version that does not exist", rule: "xlsx.unknown-encryption",
      breakEnvelope: { $0.streams[0].bytes = [9, 0, 9, 0] }),
    SealedCase(
      testDescription: "a descriptor cut off", rule: "xlsx.damaged-encryption",
      breakEnvelope: { $0.streams[0].bytes.removeLast(200) }),
    SealedCase(
      testDescription: "an empty descriptor", rule: "xlsx.damaged-encryption",
      breakEnvelope: { $0.streams[0].bytes = [4, 0, 4, 0, 0x40, 0, 0, 0] }),
    SealedCase(
      testDescription: "no descriptor", rule: "xlsx.damaged-encryption",
      breakEnvelope: { $0.streams.removeFirst() }),
    SealedCase(
      testDescription: "rights management", rule: "xlsx.rights-management",
      breakEnvelope: { $0.streams[0] = ("\u{6}Primary", [1, 2, 3]) }),
    SealedCase(
      testDescription: "an empty package", rule: "xlsx.damaged-encryption",
      breakEnvelope: { $0.streams[1].bytes = [] }),
    SealedCase(
      testDescription: "a package that is another compound file", rule: "xlsx.damaged-encryption",
      breakEnvelope: {
        $0 = EncryptedFixture(.agile(keyBits: 128, hash: "SHA1"), password: "密码 1")
          .envelope(of: $0.bytes())
      }),
    SealedCase(
      testDescription: "a chain that is its own next sector", rule: "xlsx.damaged-encryption",
      breakBytes: { bytes in
        // The table's sectors are the last ones; every number in them points to sector 0.
        for index in bytes.count - 512 * Int(bytes[44])..<bytes.count { bytes[index] = 0 }
      }),
    SealedCase(
      testDescription: "a directory that is not there", rule: "xlsx.damaged-encryption",
      breakBytes: { for index in 48..<52 { $0[index] = 0x7F } }),
    SealedCase(
      testDescription: "a list of tables that is its own next sector",
      rule: "xlsx.damaged-encryption",
      breakBytes: { bytes in
        for index in 44..<48 { bytes[index] = 0x7F }
        for index in 68..<72 { bytes[index] = 0 }
        for index in 76..<512 { bytes[index] = 0 }
      }),
    SealedCase(
      testDescription: "half of the file", rule: "xlsx.damaged-encryption",
      breakBytes: { bytes in
        // The directory stays, in the place of what is cut off.
        let directory = bytes.suffix(2048)
        bytes = Array(bytes.prefix(2048) + directory)
      }),
  ]
}

@Suite struct EncryptionTests {
  private static let rows: [[WorkbookFixture.Cell]] = (0..<3000).map {
    [.text("row \($0) \(($0 &* 2_654_435_761) % 1_000_003)"), .number("\($0)")]
  }
  private static let book = WorkbookFixture(sheet: "账", rows: rows)
  private static let archive = book.archive().bytes()

  @Test(arguments: EncryptionCase.all)
  func readsWhatWasEncrypted(_ encryption: EncryptionCase) throws {
    var envelope = EncryptedFixture(encryption.way, password: "密码 1").envelope(of: Self.archive)
    envelope.sectorShift = encryption.sectorShift
    try withTemporaryFile(named: "a.xlsx", envelope.bytes()) { path in
      let workbook = try Workbook(path: path, password: "密码 1")
      #expect(workbook.findings.isEmpty)
      let expected = try Self.book.withFile { try cellsOfWorkbook($0) }
      let found = try cells(of: workbook)
      #expect(found == expected)
    }
  }

  @Test func opensWithExcelsDefaultPasswordUnasked() throws {
    for way in [EncryptedFixture.Way.standard(keyBits: 128), .agile(keyBits: 256, hash: "SHA512")] {
      let envelope = EncryptedFixture(way, password: "VelvetSweatshop").envelope(of: Self.archive)
      try withTemporaryFile(named: "a.xlsx", envelope.bytes()) { path in
        let found = try cellsOfWorkbook(path)
        #expect(found.count == 6000)
        let workbook = try Workbook(path: path, password: "unneeded")
        #expect(workbook.sheets.count == 1)
      }
    }
  }

  @Test func readsATinyWorkbookFromTheMiniStream() throws {
    let archive = WorkbookFixture(sheet: "s", rows: [[1]]).archive().bytes()
    let envelope = EncryptedFixture(.agile(keyBits: 128, hash: "SHA256"), password: "p")
      .envelope(of: archive)
    try #require(archive.count < 4096)
    try withTemporaryFile(named: "a.xlsx", envelope.bytes()) { path in
      let found = try cells(of: Workbook(path: path, password: "p"))
      #expect(found.count == 1)
    }
  }

  @Test func readsAtAnyPlaceWhatIsThere() throws {
    let content = (0..<10_007).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let envelope = EncryptedFixture(.agile(keyBits: 256, hash: "SHA384"), password: "p")
      .envelope(of: content)
    try withTemporaryFile(named: "a", envelope.bytes()) { path in
      let package = try EncryptedPackage(SourceBytes(path: path), password: "p")
      let source = SourceBytes(package, of: try SourceBytes(path: path))
      #expect(source.byteCount == content.count)
      for offset in [0, 1, 15, 16, 4095, 4096, 4097, 8191, 9999, 10_006, 10_007, 20_000] {
        for count in [0, 1, 17, 4096, 5000, 20_000] {
          let expected = content.dropFirst(offset).prefix(count)
          let found = try source.read(at: offset, count: count)
          #expect(found.elementsEqual(expected))
        }
      }
    }
  }

  @Test func readsAndSaysSoWhereTheCheckOfTheContentIsWrong() throws {
    var fixture = EncryptedFixture(.agile(keyBits: 256, hash: "SHA512"), password: "p")
    fixture.hasWrongIntegrity = true
    let envelope = fixture.envelope(of: Self.archive)
    try withTemporaryFile(named: "a.xlsx", envelope.bytes()) { path in
      let workbook = try Workbook(path: path, password: "p")
      #expect(workbook.findings.map(\.rule.id) == ["xlsx.wrong-integrity"])
      let found = try cells(of: workbook)
      #expect(found.count == 6000)
    }
  }

  @Test(arguments: SealedCase.all)
  func saysWhyItCannotBeOpened(_ sealed: SealedCase) throws {
    var fixture = EncryptedFixture(.agile(keyBits: 256, hash: "SHA512"), password: "密码 1")
    sealed.change(&fixture)
    var envelope = fixture.envelope(of: Self.archive)
    sealed.breakEnvelope(&envelope)
    var bytes = envelope.bytes()
    sealed.breakBytes(&bytes)
    try withTemporaryFile(named: "secret.xlsx", bytes) { path in
      let error = #expect(throws: XLSXError.self) {
        try Workbook(path: path, password: sealed.password)
      }
      let finding = try #require(error?.findings.first)
      #expect(finding.rule.id == sealed.rule)
      #expect(error?.exitStatus == .unreadableSource)
      for language in Language.allCases {
        let text = finding.message(in: language) + finding.suggestion(in: language)
        #expect(!text.contains("{") && !text.contains("密码 1"))
      }
    }
  }

  @Test func holdsAFileLargeEnoughForAListOfTables() throws {
    // 109 sectors of table hold 109 × 128 × 512 bytes; more need a list of their own.
    let content = [UInt8](repeating: 7, count: 8 << 20)
    let fixture = CompoundFixture([("small", [1, 2, 3]), ("large", content)])
    try withTemporaryFile(named: "a", fixture.bytes()) { path in
      let compound = try #require(try CompoundFile(SourceBytes(path: path)))
      let large = try #require(try compound.stream("large"))
      let found = try large.read(at: 0, count: content.count)
      #expect(found.elementsEqual(content))
      let small = try #require(try compound.stream("small"))
      let end = try small.read(at: 1, count: 9)
      #expect(end == [2, 3])
      let none = try compound.stream("none")
      #expect(none == nil)
    }
  }

  @Test func neverTrapsOnMutatedFiles() throws {
    let archive = WorkbookFixture(sheet: "s", rows: [[1, "a"]]).archive().bytes()
    var random = SeededRandom(seed: 20_261_127)
    for way in [EncryptedFixture.Way.agile(keyBits: 128, hash: "SHA1"), .standard(keyBits: 128)] {
      var fixture = EncryptedFixture(way, password: "p")
      fixture.spinCount = 10
      let sound = fixture.envelope(of: archive).bytes()
      for _ in 0..<150 {
        var bytes = sound
        for _ in 0..<Int.random(in: 1...12, using: &random) {
          let place = Int.random(in: 8..<bytes.count, using: &random)
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        if Bool.random(using: &random) {
          bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        }
        try withTemporaryFile(named: "a.xlsx", bytes) { path in
          _ = try? Workbook(path: path, password: "p").rows(ofSheet: 0)
        }
      }
    }
  }

  private func cells(of workbook: Workbook) throws -> [DumpedCell] {
    try FerryXLSXTests.cells(of: workbook, way: .quick)
  }
}

@Suite struct HashTests {
  /// RFC 4231, test case 2, and RFC 1321's, FIPS 180's own examples.
  @Test func agreesWithPublishedValues() throws {
    let abc = ContiguousArray("abc".utf8)
    let md5 = try hex(HashFunction.md5.hash(abc))
    #expect(md5 == "900150983cd24fb0d6963f7d28e17f72")
    let sha1 = try hex(HashFunction.sha1.hash(abc))
    #expect(sha1 == "a9993e364706816aba3e25717850c26c9cd0d89d")
    var keyed = try KeyedDigest(.sha256, key: ContiguousArray("Jefe".utf8))
    let text = ContiguousArray("what do ya want for nothing?".utf8)
    try keyed.update(text, 0..<10)
    try keyed.update(text, 10..<text.count)
    let hmac = try hex(keyed.finish())
    #expect(hmac == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  private func hex(_ bytes: ContiguousArray<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
