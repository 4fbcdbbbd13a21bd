import FerryCore
import FerryStores
import Foundation
import Testing

@testable import FerryHTTPStores

@Suite struct ProfileTests {
  private let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)

  private func profile(
    _ text: String, mode: Int = 0o600, _ environment: [String: String] = [:]
  ) throws -> StoreProfile {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "crm.yaml").path
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    let own = environment.merging(["FERRY_PROFILES": folder.path]) { first, _ in first }
    return try StoreProfile.read(
      "crm", of: "fxiaoke", keys: FxiaokeTable.keys, environment: own)
  }

  private func complaints(_ text: String, mode: Int = 0o600) -> [String] {
    do {
      _ = try profile(text, mode: mode)
      return []
    } catch {
      return (error as? StoreError)?.findings.map { finding in
        let place = finding.provenance.map { URL(filePath: "\($0)").lastPathComponent + ": " } ?? ""
        return place + finding.message(in: .english)
      } ?? ["\(error)"]
    }
  }

  @Test func `reads settings, objects, fields and values`() throws {
    let profile = try profile(
      """
      product: fxiaoke
      app_id: FSAID_1
      entities:
        contract: { object: contract__c, fields: { number: no__c } }
        account:
          set: { record_type: vip__c }
          fields:
            level: { field: account_level, values: { A: 重点客户 } }
            phone: none
      """)
    #expect(profile.value("app_id") == "FSAID_1")
    let table = profile.laid(over: FxiaokeTable.objects(custom: "custom__c"))
    #expect(table["contract"]?.object == "contract__c")
    #expect(table["contract"]?.fields["number"]?.name == "no__c")
    #expect(table["account"]?.constants == ["record_type": "vip__c"])
    #expect(table["account"]?.fields["level"]?.values == ["A": "重点客户"])
    #expect(table["account"]?.fields["phone"] == nil)
    #expect(table["account"]?.fields["name"]?.name == "name")
  }

  @Test func `takes secrets from the environment first`() throws {
    let profile = try profile(
      "app_secret: from-file", mode: 0o600, ["FERRY_CRM_APP_SECRET": "from-there"])
    #expect(profile.value("app_secret") == "from-there")
    #expect("\(profile)".contains("from-") == false)
  }

  @Test(arguments: [0o644, 0o640, 0o604])
  func `refuses a file that others can read`(mode: Int) {
    let found = complaints("app_id: x", mode: mode)
    #expect(found.count == 1 && found[0].contains("its mode is \(String(mode, radix: 8))"))
  }

  @Test func `tells all that is wrong, with line and column, and no secret`() {
    let found = complaints(
      """
      product: hubspot
      app_secert: hush-hush-1
      entities:
        acount: {}
        deal: { fields: { stagee: x, amount: [1] } }
      """)
    #expect(
      found == [
        "crm.yaml:1:10: the profile is for hubspot, but the store's URL says fxiaoke",
        "crm.yaml:2:1: nothing is called 'app_secert'; did you mean 'app_secret'?",
        "crm.yaml:4:3: nothing is called 'acount'; did you mean 'account'?",
        "crm.yaml:5:21: nothing is called 'stagee'; did you mean 'stage'?",
        "crm.yaml:5:40: expected lines of 'key: value' under 'amount'",
      ])
  }

  @Test func `tells where YAML is broken`() {
    #expect(complaints("a: [1").first?.hasPrefix("crm.yaml:") == true)
  }

  @Test func `a profile that is not there is named with its place`() {
    let error = #expect(throws: StoreError.self) {
      try StoreProfile.read(
        "nowhere", of: "fxiaoke", keys: [], environment: ["FERRY_PROFILES": "/no/such"])
    }
    #expect(error?.exitStatus == .wrongUsage)
    #expect(error?.findings.first?.arguments == ["nowhere", "/no/such/nowhere.yaml"])
  }

  @Test(arguments: [
    ("http://crm.example.com", false), ("https://crm.example.com", true),
    ("http://127.0.0.1:8080", true), ("ftp://x", false), ("nonsense", false),
  ])
  func `calls nobody but this machine without TLS`(url: String, isTaken: Bool) throws {
    let profile = try profile("url: \(url)")
    let address = try? profile.address(default: "https://open.fxiaoke.com")
    #expect((address != nil) == isTaken)
  }
}
