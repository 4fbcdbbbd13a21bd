import FerryCore
import Testing

@Suite struct ByteArenaTests {
  @Test func `what is put together keeps its values and no spare room`() {
    var all = ByteArena()
    let first = all.append("一")
    var part = ByteArena()
    let second = part.append("二二")
    let chunks = all.append(contentsOf: part)
    #expect(all.string(first) == "一" && all.string(second.moved(byChunks: chunks)) == "二二")
    #expect(all.keptChunks[1].capacity < 1_024)
    let third = all.append("三")
    #expect(all.string(third) == "三" && all.string(second.moved(byChunks: chunks)) == "二二")
  }

  @Test func `equal values are equal wherever they lie`() {
    var (one, other) = (ByteArena(), ByteArena())
    let (left, empty) = (one.append("张三丰之徒弟们"), one.append(""))
    _ = other.append("x")
    let right = other.append("张三丰之徒弟们")
    #expect(one.equals(left, right, in: other) && !one.equals(left, other.append("张"), in: other))
    #expect(one.equals(.absent, .absent, in: other) && !one.equals(empty, .absent, in: other))
  }
}
