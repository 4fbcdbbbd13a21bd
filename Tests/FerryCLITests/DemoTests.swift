import Foundation
import Testing

@Suite("the demo")
struct DemoTests {
  private static let root =
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    .standardizedFileURL

  @Test func `loads the sample, and says so when a second run changes nothing`() throws {
    let room = try Room()
    defer { room.remove() }
    for name in ["SampleData", "Mappings", ".ci"] {
      try FileManager.default.copyItem(
        at: Self.root.appending(path: name), to: room.folder.appending(path: name))
    }
    let ferry = "\(Room.products)/ferry"
    let first = try room.run(".ci/demo '\(ferry)' demo")
    #expect(first.status == 0, "\(first.output)")
    #expect(!first.output.contains("Nothing to change"))
    let report = try #require(first.output.split(separator: "\n").last).description
    #expect(FileManager.default.fileExists(atPath: report), "\(report)")
    let second = try room.run(".ci/demo '\(ferry)' demo")
    #expect(second.status == 0, "\(second.output)")
    #expect(second.output.contains("Nothing to change"))
  }
}
