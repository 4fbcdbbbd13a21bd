import FerryCore
import FerryRecords
import FerrySQLStores
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// Breaks a run off at its nth checkpoint, as a kill would between two steps.
struct BrokenOff: Error {}

extension MigrationContext {
  func brokenOff(at step: Int) -> MigrationContext {
    let steps = Counter()
    var context = self
    context.checkpoint = { _ in if steps.next() == step { throw BrokenOff() } }
    return context
  }
}

@Suite struct CrashTests {
  @Test func `a run that is cut off at any step ends as an undisturbed one when resumed`()
    async throws
  {
    let calm = try Fixture()
    defer { calm.remove() }
    _ = try await calm.load(Fixture.sales())
    let expected = try await calm.dump()
    var step = 1
    while true {
      let fixture = try Fixture()
      defer { fixture.remove() }
      let plan = try await Migration.plan(
        Fixture.request(Fixture.sales()), store: fixture.reading, context: fixture.context())
      let path = try #require(plan.planPath)
      do {
        _ = try await Migration.apply(
          planPath: path, store: fixture.writing,
          context: fixture.context().brokenOff(at: step))
        break
      } catch is BrokenOff {
        let done = try await Migration.resume(
          run: plan.run, store: fixture.writing, context: fixture.context())
        #expect(done.outcome == .applied, "step \(step)")
        #expect(done.counts("deal")?.created == 7, "step \(step)")
        #expect(try await fixture.dump() == expected, "step \(step)")
        let proof = try await Migration.verify(
          run: plan.run, store: fixture.reading, context: fixture.context())
        #expect(proof.findings.isEmpty, "step \(step)")
      }
      step += 1
    }
    // Three batches of accounts, contacts and deals each, three of links; three steps each.
    #expect(step > 30)
  }

  @Test func `updates that are cut off are not done twice and not taken for a person's`()
    async throws
  {
    for step in 1... {
      let fixture = try Fixture()
      defer { fixture.remove() }
      _ = try await fixture.load(Fixture.sales())
      let plan = try await Migration.plan(
        Fixture.request(Fixture.sales(accounts: 9, changed: [0, 1, 2, 3, 4])),
        store: fixture.reading, context: fixture.context())
      let path = try #require(plan.planPath)
      do {
        _ = try await Migration.apply(
          planPath: path, store: fixture.writing,
          context: fixture.context().brokenOff(at: step))
        break
      } catch is BrokenOff {
        let done = try await Migration.resume(
          run: plan.run, store: fixture.writing, context: fixture.context())
        #expect(done.outcome == .applied, "step \(step)")
        #expect(done.counts("deal")?.updated == 5 && done.counts("deal")?.created == 2)
        let deals = try await fixture.dump()
        #expect(deals["deal D3"]?["amount"] == "301.50")
        _ = try await Migration.undo(
          run: plan.run, store: fixture.writing, context: fixture.context())
        #expect(try await fixture.dump()["deal D3"]?["amount"] == "300.50")
      }
    }
  }

  @Test func `an undo that is cut off at any step ends the same when begun again`() async throws {
    for step in 1... {
      let fixture = try Fixture()
      defer { fixture.remove() }
      _ = try await fixture.load(Fixture.sales())
      let before = try await fixture.dump()
      let run = try await fixture.load(Fixture.sales(accounts: 9, changed: [0, 1, 2, 3, 4])).run
      do {
        _ = try await Migration.undo(
          run: run, store: fixture.writing, context: fixture.context().brokenOff(at: step))
        break
      } catch is BrokenOff {
        let done = try await Migration.undo(
          run: run, store: fixture.writing, context: fixture.context())
        #expect(done.outcome == .applied, "step \(step)")
        #expect(try await fixture.dump() == before, "step \(step)")
      }
    }
  }

  @Test func `a store that goes away leaves a failed run that can be resumed`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales()), store: fixture.reading, context: fixture.context())
    await fixture.contents.failWrites(after: 4)
    let failed = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(failed.outcome == .failed && failed.has("test.failing"))
    #expect(failed.has("run.broken"))
    for counts in failed.entities { #expect(counts.isBalanced) }
    #expect(failed.counts("deal")?.skipped == 7)
    await fixture.contents.failWrites(after: nil)
    let done = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(done.outcome == .applied && done.counts("deal")?.created == 7)
    #expect(try await fixture.dump().count == 21)
  }

  @Test(arguments: [0, 1, 5, 9])
  func `a stop ends the run at a checkpoint`(batches: Int) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales()), store: fixture.reading, context: fixture.context())
    let stopped = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context(stopAfter: batches))
    #expect(stopped.outcome == .stopped && stopped.has("run.stopped"))
    let history = try RunHistory.run(plan.run, in: fixture.workspace)
    #expect(history?.isResumable == true)
    let done = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(done.outcome == .applied)
    #expect(try await fixture.dump().count == 21)
  }

  @Test func `a SQLite store is loaded, updated and taken back like one in memory`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let file = fixture.folder + "/crm.db"
    let load = { (sheets: [SheetRows]) in
      let reading = try SQLiteStore.open(path: file, access: .readOnly)
      let summary = try await Migration.runImport(
        Fixture.request(sheets), store: reading, context: fixture.context()
      ) { try SQLiteStore.open(path: file, access: .readWrite) }
      await reading.close()
      return summary
    }
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales()), store: SQLiteStore.open(path: file, access: .readOnly),
      context: fixture.context())
    #expect(plan.counts("account")?.created == 7)
    #expect(!FileManager.default.fileExists(atPath: file))
    let first = try await load(Fixture.sales())
    #expect(first.outcome == .applied && first.findings.isEmpty)
    let store = try SQLiteStore.open(path: file, access: .readWrite)
    let before = try await fixture.dump(store)
    _ = try await fixture.load(Fixture.sales())
    #expect(try await fixture.dump() == before)
    let second = try await load(Fixture.sales(accounts: 9, changed: [1, 2]))
    #expect(second.counts("deal")?.updated == 2 && second.counts("deal")?.created == 2)
    // The last account is every even one's parent.
    #expect(second.counts("account")?.updated == 4)
    let undone = try await Migration.undo(
      run: second.run, store: store, context: fixture.context())
    #expect(undone.outcome == .applied && undone.findings.isEmpty)
    #expect(try await fixture.dump(store) == before)
    await store.close()
  }
}
