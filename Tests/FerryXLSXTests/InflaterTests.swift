import CZlib
import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

/// The inflaters there are must give the same bytes, in pieces of any size, and none a broken stream.
@Suite struct InflaterTests {
  private static func makers() -> [(name: String, make: () -> (any Inflater)?)] {
    var makers: [(name: String, make: () -> (any Inflater)?)] = [("zlib", { ZlibInflater() })]
    #if FERRY_ISAL
    makers.append(("ISA-L", { ISALInflater() }))
    #endif
    return makers
  }

  private static func text(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0...5, using: &random) }
  }

  private static func inflate(
    _ input: ContiguousArray<UInt8>, by inflater: any Inflater, inputBytes: Int, outputBytes: Int
  ) -> [UInt8]? {
    var output: [UInt8] = []
    var target = ContiguousArray<UInt8>(repeating: 0, count: outputBytes + 3)
    var position = 0
    while true {
      let piece = position..<min(position + inputBytes, input.count)
      let room = 3..<outputBytes + 3
      guard
        let step = inflater.inflate(input.span.extracting(piece), into: &target, room)
      else { return nil }
      output += target[3..<3 + step.produced]
      position += step.consumed
      if step.isAtEnd { return output }
      if step.produced == 0, step.consumed == 0 { return nil }
    }
  }

  @Test(arguments: [(1, 100_000), (100_000, 1), (7, 13), (1000, 333), (100_000, 100_000)])
  func inflatesInPiecesOfAnySize(_ inputBytes: Int, _ outputBytes: Int) throws {
    for count in [0, 1, 5, 70_000] {
      let text = Self.text(count, seed: 3)
      let input = ContiguousArray(ZipFixture.deflated(text))
      for (name, make) in Self.makers() {
        let inflater = try #require(make())
        let found = Self.inflate(
          input, by: inflater, inputBytes: inputBytes, outputBytes: outputBytes)
        #expect(found == text, "\(name)")
      }
    }
  }

  @Test func givesTheSameOrNothingForBrokenStreams() throws {
    var random = SeededRandom(seed: 9)
    let whole = ZipFixture.deflated(Self.text(3000, seed: 4))
    for _ in 0..<2000 {
      var broken = ContiguousArray(whole)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let found = try Self.makers().map { name, make in
        Self.inflate(broken, by: try #require(make()), inputBytes: 512, outputBytes: 4096)
      }
      #expect(found.allSatisfy { $0 == found[0] }, "seed 9: \(Array(broken))")
    }
  }

  @Test(arguments: [1, 2, 3, 5, 7, 100, 1000])
  func givesOutWhatItHasTakenIn(_ windowBytes: Int) throws {
    // The last bytes of the file are taken in long before the last ones of the part are wanted.
    let text = [UInt8](repeating: 0x20, count: 5000) + Self.text(50, seed: 8)
    let archive = ZipFixture([ZipFixture.Entry("a", text)])
    let source = SourceBytes(bytes: ContiguousArray(archive.bytes()), name: "a.zip")
    let part = try InflatedPart(
      try #require(ZipArchive(source).entry("a")), of: source, limit: 1 << 30)
    var found: [UInt8] = []
    var target = ContiguousArray<UInt8>(repeating: 0, count: windowBytes)
    while !part.isAtEnd {
      let count = try part.read(into: &target, 0..<windowBytes)
      found += target.prefix(count)
    }
    #expect(found == text)
    #expect(part.isIntact)
  }

  @Test func sumsTheSame() {
    let bytes = ContiguousArray(Self.text(100_001, seed: 5))
    let whole = Checksum.zlib(0, bytes.span)
    var pieces: UInt32 = 0
    for start in stride(from: 0, to: bytes.count, by: 977) {
      let piece = bytes.span.extracting(start..<min(start + 977, bytes.count))
      pieces = Checksum.updated(pieces, piece)
    }
    #expect(pieces == whole)
    #expect(Checksum.updated(0, ContiguousArray("123456789".utf8).span) == 0xCBF4_3926)
  }

  @Test func readsAheadWhatItReadsHere() throws {
    let text = Self.text(3_000_000, seed: 6)
    let archive = ZipFixture([ZipFixture.Entry("a", text)])
    let source = SourceBytes(bytes: ContiguousArray(archive.bytes()), name: "a.zip")
    let entry = try #require(ZipArchive(source).entry("a"))
    let ahead = InflateAhead(entry, of: source, limit: 1 << 30)
    var found: [UInt8] = []
    var target = ContiguousArray<UInt8>(repeating: 0, count: 70_001)
    while true {
      let count = try ahead.read(into: &target, 1..<70_001)
      if count == 0 { break }
      found += target[1..<1 + count]
    }
    #expect(found == text)
    #expect(ahead.isIntact)
    #expect(try ahead.read(into: &target, 0..<10) == 0)
  }

  @Test func tellsAheadOfABrokenStreamEachTime() throws {
    var bytes = ZipFixture([ZipFixture.Entry("a", Self.text(3_000_000, seed: 6))]).bytes()
    for place in 400_000..<bytes.count - 200 { bytes[place] = 0xFF }
    let source = SourceBytes(bytes: ContiguousArray(bytes), name: "a.zip")
    let entry = try #require(ZipArchive(source).entry("a"))
    let ahead = InflateAhead(entry, of: source, limit: 1 << 30)
    var target = ContiguousArray<UInt8>(repeating: 0, count: 70_001)
    let error = #expect(throws: XLSXError.self) {
      while try ahead.read(into: &target, 0..<70_001) > 0 {}
    }
    let kinds: [XLSXError.Kind?] = [.damagedPart("a"), .wrongSize(part: "a")]
    #expect(kinds.contains(error?.kind))
    #expect(throws: XLSXError.self) { try ahead.read(into: &target, 0..<70_001) }
  }
}
