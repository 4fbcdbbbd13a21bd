import Foundation
import Testing

@Suite("ferry demo")
struct DemoCommandTests {
  @Test func `what it says to try works, in that order`() throws {
    let room = try Room()
    defer { room.remove() }
    let made = try room.run("ferry demo try --lang en")
    #expect(made.status == 0, "\(made.errors)")
    let commands = made.output.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    .filter { $0.hasPrefix("ferry ") }
    .compactMap { $0.components(separatedBy: "    #").first }
    #expect(commands.count == 6)
    var run = ""
    for command in commands {
      let line = command.replacing("RUN", with: run)
      let result = try room.run("cd try && \(line)")
      // The sample holds bad rows on purpose.
      #expect(result.status <= 1, "\(line): \(result.errors)")
      if line.hasPrefix("ferry runs") {
        run =
          result.output.split(separator: "\n").last?.split(separator: " ").first.map(String.init)
          ?? ""
      }
    }
  }

  @Test func `a folder that is there is left alone`() throws {
    let room = try Room()
    defer { room.remove() }
    #expect(try room.run("mkdir mine && touch mine/file && ferry demo mine").status == 2)
    #expect(try room.run("ls mine").output == "file\n")
  }
}
