import FerryCore
import FerryStores
import Foundation
import Synchronization
import Testing

@testable import FerryHTTPStores

@Suite struct CallQuotaTests {
  /// A file of its own, and a clock that is turned by hand.
  private final class World: Sendable {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "ferry-calls-\(UUID().uuidString)").path
    let seconds = Mutex(1_700_000_000.0)

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func quota(_ limit: Int) throws -> CallQuota {
      let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
      return CallQuota(
        path: path, limit: limit, days: CivilDays(zone: zone), name: "test:crm",
        now: { Date(timeIntervalSince1970: self.seconds.withLock { $0 }) })
    }

    var file: String? { try? String(contentsOfFile: path, encoding: .utf8) }
  }

  /// How many calls go out before one does not.
  private func taken(_ quota: CallQuota, atMost most: Int = 1000) -> Int {
    for number in 0..<most {
      do throws(StoreError) { try quota.take() } catch { return number }
    }
    return most
  }

  @Test func `runs of one day share one count, and the next day begins anew`() throws {
    let world = World()
    let first = try world.quota(120)
    #expect(taken(first, atMost: 70) == 70)
    first.giveBack()
    #expect(world.file == "2023-11-15 70\n")
    let second = try world.quota(120)
    #expect(taken(second) == 50)
    do throws(StoreError) {
      try second.take()
      Testing.Issue.record("the day's calls are used up")
    } catch {
      #expect(error.kind == .full && !error.isTransient)
      #expect(error.findings[0].suggestion(in: .english).contains("2023-11-15T16:00:00Z"))
    }
    second.giveBack()
    // Midnight in Shanghai is four in the afternoon at Greenwich.
    world.seconds.withLock { $0 += 18 * 3600 }
    #expect(taken(try world.quota(120)) == 120)
  }

  @Test func `runs at once take from one count`() throws {
    let world = World()
    let quotas = try (0..<4).map { _ in try world.quota(1000) }
    var count = 0
    for round in 0..<1500 {
      do throws(StoreError) {
        try quotas[round % 4].take()
        count += 1
      } catch { continue }
    }
    #expect(count == 1000)
  }

  @Test func `a run that was killed has used what it took`() throws {
    let world = World()
    #expect(taken(try world.quota(120), atMost: 1) == 1)
    #expect(world.file == "2023-11-15 50\n")
    #expect(taken(try world.quota(120)) == 70)
  }

  @Test func `a file that is none, or can't be written, is told`() throws {
    let world = World()
    try Data("nonsense".utf8).write(to: URL(filePath: world.path))
    #expect(taken(try world.quota(10)) == 10)
    let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
    let lost = CallQuota(
      path: "/none/crm.yaml.calls", limit: 10, days: CivilDays(zone: zone), name: "test:crm",
      now: { Date(timeIntervalSince1970: 0) })
    do throws(StoreError) {
      try lost.take()
      Testing.Issue.record("what can't be counted is not sent")
    } catch {
      #expect(error.findings.map(\.rule.id) == ["store.calls-not-counted"])
    }
  }
}
