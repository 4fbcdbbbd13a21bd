import FerryMigration
import Foundation
import Testing

@Suite("the example of README.md")
struct ExampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  @Test
  func `README shows what is compiled here`() throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let example = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Example.swift")
    #expect(readme.contains("```swift\n\(try String(contentsOf: example, encoding: .utf8))```"))
  }

  @Test
  func `it loads the sample`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "ferry-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for part in ["SampleData", "Mappings"] {
      try FileManager.default.copyItem(
        at: Self.root.appending(path: part), to: folder.appending(path: part))
    }
    let mapping = folder.appending(path: "Mappings/onboarding.yaml").path
    let store = folder.appending(path: "crm.db").path
    let first = try await load(mapping, into: store)
    #expect(first.entities.contains { $0.entity == "account" && $0.created > 0 })
    let second = try await load(mapping, into: store)
    #expect(second.entities.allSatisfy { $0.created == 0 && $0.updated == 0 })
  }
}
