import FerryCore
import Testing

@testable import FerryRecords

@Suite struct RecentValuesTests {
  @Test func `equal values share their bytes, and every value comes back`() {
    var (recent, arena) = (RecentValues(), ByteArena())
    let texts = (0..<20_000).map {
      ["won", "CNY", "2024-03-05", "客户\($0 % 7)", "C\($0)", ""][$0 % 6]
    }
    var places: [ValueRef] = []
    for text in texts {
      let bytes = ContiguousArray(text.utf8)
      places.append(recent.store(bytes.span, in: &arena))
    }
    for (text, place) in zip(texts, places) {
      #expect(place.isPresent)
      #expect(arena.string(place) == text)
    }
    #expect(arena.byteCount < texts.reduce(0) { $0 + $1.utf8.count } / 2)
  }

  @Test func `a long value is kept as it is`() {
    var (recent, arena) = (RecentValues(), ByteArena())
    let bytes = ContiguousArray(String(repeating: "长", count: 40).utf8)
    let (first, second) = (
      recent.store(bytes.span, in: &arena), recent.store(bytes.span, in: &arena)
    )
    #expect(first != second)
    #expect(arena.string(second) == arena.string(first))
  }
}
