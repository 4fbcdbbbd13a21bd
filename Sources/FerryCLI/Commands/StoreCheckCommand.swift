import FerryCore
import FerryHTTPStores
import FerryReports
import FerryStores

/// `ferry stores check STORE`: signs in, reads a page of each entity, says what is missing.
enum StoreCheckCommand {
  static func run(_ invocation: Invocation) async throws -> ExitStatus {
    guard let url = invocation.positional(1) else {
      throw UsageError(.missingArgument("STORE"), "stores")
    }
    guard let (product, profile) = HTTPProduct.named(by: url) else {
      throw UsageError(.badStore(StoreLocator.displayed(url)), "stores")
    }
    let store = try product.open(profile, for: .readOnly, environment: invocation.environment)
    let lines: [StoreCheckLine]
    do {
      lines = try await store.check()
      await store.close()
    } catch {
      await store.close()
      throw error
    }
    show(lines, url, invocation.console)
    return lines.contains(where: \.isSound) ? .done : .storeFailed
  }

  private static func show(_ lines: [StoreCheckLine], _ url: String, _ console: Console) {
    let language = console.language
    guard !console.isJSON else {
      let list = lines.map { line in
        JSONValue.object([
          .init("entity", .string(line.subject)), .init("sound", .boolean(line.isSound)),
          .init("message", .string(line.message[language])),
        ])
      }
      let document = JSONValue.object([
        .init("store", .string(url)), .init("signedIn", .boolean(true)),
        .init("entities", .array(list)),
      ])
      return console.print(document.text() + "\n")
    }
    let signedIn = Words(en: "signed in; nothing was written", zh: "已登录；未写入任何内容")[language]
    console.print("\(url): \(signedIn)\n")
    for line in lines {
      let mark = line.isSound ? "+" : "-"
      console.print("  \(mark) \(line.subject): \(line.message[language])\n")
    }
  }
}
