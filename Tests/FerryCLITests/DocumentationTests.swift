import Foundation
import Testing

@testable import FerryCLI

@Suite("documentation")
struct DocumentationTests {
  private var readme: String {
    get throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
      return try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    }
  }

  @Test(arguments: FerryCommand.commands.map(\.name))
  func `README names every command`(_ name: String) throws {
    #expect(try readme.contains("| `ferry \(name)"))
  }

  @Test(arguments: FerryCommand.commands.map(\.name))
  func `every command has help with an example, in both languages`(_ name: String) throws {
    let room = try Room()
    defer { room.remove() }
    let english = try room.run("ferry \(name) --help")
    let chinese = try room.run("ferry \(name) --help --lang zh")
    #expect(english.status == 0 && chinese.status == 0)
    #expect(english.output.contains("example:\n  ferry \(name)"))
    #expect(chinese.output.contains("示例：\n  ferry \(name)"))
  }
}
