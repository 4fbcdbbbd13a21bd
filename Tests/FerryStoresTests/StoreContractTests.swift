import FerryStores
import FerryTestSupport
import Testing

@Suite struct StoreContractTests {
  @Test func `the store in memory keeps every promise`() async throws {
    let contents = InMemoryRecords()
    let broken = try await checkStore { access throws(StoreError) in
      InMemoryStore(contents, access: access, recordsPerPage: 5000)
    }
    #expect(broken == [])
  }
}
