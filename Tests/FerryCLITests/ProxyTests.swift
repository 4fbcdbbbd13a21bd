import FerryTestSupport
import Foundation
import Synchronization
import Testing

@Suite("proxies of the environment")
struct ProxyTests {
  /// A proxy that passes nothing on and remembers what it was asked for.
  private final class Proxy: Sendable {
    private let seen = Mutex<[String]>([])
    private let server = Mutex<HTTPServer?>(nil)
    /// A file that is there once somebody wanted a tunnel.
    let flag = FileManager.default.temporaryDirectory
      .appending(path: "ferry-tunnel-\(UUID().uuidString)").path

    init() throws {
      let made = try HTTPServer { [self] request in
        seen.withLock { $0.append("\(request.method) \(request.path)") }
        if request.method == "CONNECT" {
          _ = FileManager.default.createFile(atPath: flag, contents: nil)
        }
        return .answer(.init(status: request.method == "CONNECT" ? 502 : 401, json: [:]))
      }
      server.withLock { $0 = made }
    }

    var asked: [String] { seen.withLock { $0 } }
    var url: String { server.withLock { "http://127.0.0.1:\($0?.port ?? 0)" } }
    func stop() {
      server.withLock { $0?.stop() }
      // Where nobody wanted one there is no file.
      try? FileManager.default.removeItem(atPath: flag)
    }
  }

  private func room(_ url: String, _ more: String = "") throws -> Room {
    let room = try Room()
    try room.write(
      "product: hubspot\nurl: \(url)\ntoken: \(HubSpotDouble.token)\n\(more)", to: "p.yaml")
    _ = try room.run("chmod 600 p.yaml")
    return room
  }

  @Test func `calls go by the proxy that the environment names, and never with a password shown`()
    throws
  {
    let proxy = try Proxy()
    defer { proxy.stop() }
    let room = try room("http://127.0.0.1:1")
    defer { room.remove() }
    let named = proxy.url.replacing("http://", with: "http://user:opensesame@")
    let told = try room.run("ferry stores check hubspot:./p.yaml", ["http_proxy": named])
    #expect(told.status == 4)
    #expect(proxy.asked.first?.hasPrefix("GET http://127.0.0.1:1/") == true)
    #expect(!(told.output + told.errors).contains("opensesame"))
    try room.write(
      "product: hubspot\nurl: https://crm.test\ntoken: \(HubSpotDouble.token)\n", to: "p.yaml")
    // The proxy lets nobody through: what is not sent is tried again, for longer than this test lasts.
    _ = try room.run(
      """
      chmod 600 p.yaml; ferry stores check hubspot:./p.yaml & ferry=$!
      for try in $(seq 600); do [ -e \(proxy.flag) ] && break; kill -0 $ferry || break; sleep 0.1; done
      kill $ferry; wait $ferry
      """, ["https_proxy": named])
    #expect(proxy.asked.last == "CONNECT crm.test:443")
  }

  @Test(arguments: [("", "127.0.0.1,crm.test"), ("proxy: none\n", "")])
  func `what no_proxy names, or a profile without a proxy, goes straight`(
    profile: String, exempt: String
  ) throws {
    let proxy = try Proxy()
    let server = try DoubleServer(HubSpotDouble(), keepsExchanges: true)
    defer {
      proxy.stop()
      server.stop()
    }
    let room = try room(server.url, profile)
    defer { room.remove() }
    _ = try room.run(
      "ferry stores check hubspot:./p.yaml", ["http_proxy": proxy.url, "no_proxy": exempt])
    #expect(proxy.asked == [])
    #expect(!server.exchanges.isEmpty)
  }
}
