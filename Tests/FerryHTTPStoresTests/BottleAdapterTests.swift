import FerryStores
import FerryTestSupport
import Testing

@testable import FerryHTTPStores

@Suite struct BottleAdapterTests {
  @Test(arguments: [
    ("王芳", "芳", "王"), ("欧阳修文", "修文", "欧阳"), ("欧阳", "阳", "欧"), ("Liam O'Neill", "Liam", "O'Neill"),
    ("Ana Maria Silva", "Ana Maria", "Silva"), ("Cher", "Cher", "-"), ("王", "王", "-"),
  ])
  func `a name is parted, and joined to the same again`(name: String, first: String, last: String) {
    let parts = BottleAdapter.parted(name)
    #expect(parts == (first, last))
    #expect(BottleAdapter.joined(parts.first, parts.last) == name)
  }

  @Test func `reads refusals in their words`() {
    let dialect = BottleDialect(token: "bcrm_pat_1")
    let taken: JSON = ["error": true, "errors": ["name": ["Account already exists"]]]
    guard
      case .refused(let refusal) = dialect.verdict(
        on: HTTPResponse(status: 400, body: taken.bytes), taken)
    else {
      Testing.Issue.record("a wrong record is refused")
      return
    }
    #expect(refusal.shown == "name: Account already exists (HTTP 400)")
    let stranger: JSON = ["detail": "Organization context is required. Please login again."]
    guard
      case .hopeless(.signInRefused, _) = dialect.verdict(
        on: HTTPResponse(status: 403, body: stranger.bytes), stranger)
    else {
      Testing.Issue.record("a wrong token ends the run")
      return
    }
  }

  @Test func `orders and payments have a place only where the profile asks for it`() throws {
    var profile = StoreProfile(product: "bottlecrm", name: "crm", path: "crm.yaml")
    profile.settings = ["url": Secret("http://127.0.0.1:1"), "token": Secret("bcrm_pat_1")]
    let transport = ScriptedTransport { _, _ throws(HTTPFailure) in .json([:]) }
    let time = VirtualTime().surroundings
    #expect(try BottleAdapter(profile, time, transport).table["payment"] == nil)
    profile.entities["order"] = EntityProfile(constants: ["contact_id": "1"])
    let table = try BottleAdapter(profile, time, transport).table
    #expect(table["payment"]?.object == "payments")
    #expect(table["order"]?.constants == ["contact_id": "1"])
  }
}
