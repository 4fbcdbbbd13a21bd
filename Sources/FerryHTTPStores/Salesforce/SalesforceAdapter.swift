import FerryStores
import Foundation

/// Salesforce's REST API: collections of 200, a bulk job for more, queries in SOQL.
struct SalesforceAdapter: ProductAdapter {
  let client: HTTPClient
  let table: ProductTable
  let externalID: String
  let form: ValueForm
  /// Such as `/services/data/v67.0`.
  let root: String
  let bulkFrom: Int
  let batchSize = SalesforceTable.largestBatch
  let lookupSize = SalesforceTable.largestCollection
  let parts = NameParts(family: "LastName", given: "FirstName")

  /// About two seconds a collection of 200.
  var pace: WritePace {
    let record = Duration.milliseconds(10)
    return WritePace(create: record, update: record, delete: record)
  }

  // MARK: - Reading

  func describe(_ object: String) async throws(StoreError) -> RemoteObject? {
    let call = call("GET", "/sobjects/\(object)/describe")
    if case .refused(let refusal) = try await client.send(call), refusal.code == "NOT_FOUND" {
      return nil
    }
    let json = try await answer(call)
    var found = RemoteObject(name: object, label: json["label"]?.text ?? object)
    for item in json["fields"]?.items ?? [] {
      guard let field = RemoteField(salesforce: item) else { continue }
      found.fields[field.name] = field
    }
    for (field, object, _) in SalesforceTable.polymorphic where found.fields[field] != nil {
      let name = "\(field)/\(object)"
      found.fields[name] = RemoteField(name: name, label: object, kind: .reference)
    }
    if SalesforceTable.people.contains(object) {
      found.fields[NameParts.whole] = parts.field(label: "Name", isRequired: true)
      // The whole name fills them, and that is nobody's change.
      for name in [parts.family, parts.given] {
        found.fields[name]?.isRequired = false
        found.fields[name]?.isFilledByStore = true
      }
    }
    return found
  }

  func page(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    let names = Self.own(parts.names(for: query.fields))
    var page = try await found(query, names)
    try await addAccounts(to: &page.records, query)
    return page
  }

  private func found(
    _ query: RemoteQuery, _ names: [String]
  ) async throws(StoreError) -> RemotePage {
    guard let (field, values) = query.filter else {
      return try await page(query, names, query.cursor.map { "Id > \(Self.quoted($0))" })
    }
    guard field != "_id" else { return try await page(query, names, ids: values) }
    var page = RemotePage()
    for chunk in Self.chunks(values.map(Self.quoted)) {
      let isIn = "\(field) IN (\(chunk.joined(separator: ",")))"
      var next: String?
      repeat {
        let last = next.map { " AND Id > \(Self.quoted($0))" } ?? ""
        let found = try await self.page(query, names, isIn + last)
        page.records += found.records
        next = found.next
      } while next != nil
    }
    return page
  }

  /// Pages begin behind the last id, so that what is made meanwhile moves none.
  private func page(
    _ query: RemoteQuery, _ names: [String], _ condition: String?
  ) async throws(StoreError) -> RemotePage {
    let size = SalesforceTable.largestPage
    let fields = (["Id"] + names).joined(separator: ",")
    let filter = condition.map { " WHERE \($0)" } ?? ""
    var call = call("GET", "/query")
    call.query["q"] =
      "SELECT \(fields) FROM \(query.object)\(filter) ORDER BY Id LIMIT \(size)"
    var json = try await answer(call)
    var items = json["records"]?.items ?? []
    // One answer may be shorter than what was asked for.
    while let next = json["nextRecordsUrl"]?.text {
      var more = HTTPCall(next, endpoint: "all", limit: SalesforceTable.pace, isRepeatable: true)
      more.method = "GET"
      json = try await answer(more)
      items += json["records"]?.items ?? []
    }
    let records = items.map(record)
    return RemotePage(records: records, next: records.count == size ? records.last?.id : nil)
  }

  func page(
    _ query: RemoteQuery, _ names: [String], ids: [String]
  ) async throws(StoreError) -> RemotePage {
    let body: JSON = ["ids": .strings(ids), "fields": .strings(["Id"] + names)]
    let json = try await answer(
      call("POST", "/composite/sobjects/\(query.object)", body))
    return RemotePage(records: json.items.filter { $0 != .null }.map(record))
  }

  private func record(_ item: JSON) -> RemoteRecord {
    var values = item.members
    if values[parts.family] != nil { parts.putTogether(&values) }
    for (field, object, prefix) in SalesforceTable.polymorphic {
      guard let id = values[field]?.text, id.hasPrefix(prefix) else { continue }
      values["\(field)/\(object)"] = .string(id)
    }
    return RemoteRecord(id: item["Id"]?.text ?? "", values: values)
  }

  // MARK: - Calls

  func call(
    _ method: String, _ path: String, _ body: JSON? = nil, repeats isRepeatable: Bool = true
  ) -> HTTPCall {
    var call = HTTPCall(
      root + path, body: body, endpoint: "all", limit: SalesforceTable.pace,
      isRepeatable: isRepeatable)
    call.method = method
    // No assignment rule runs, and a duplicate rule that only warns does not refuse.
    call.headers = [
      "Sforce-Auto-Assign": "FALSE", "Sforce-Duplicate-Rule-Header": "allowSave=true",
    ]
    return call
  }

  /// The app's own user.
  func ownerOfNewRecords() async throws(StoreError) -> String? { try await client.user() }

  func sideEffects(of entity: String) -> [SideEffect] {
    guard let remote = table[entity], !remote.isLookedUpOnly else { return [] }
    let flows = "flows and triggers of \(remote.object) (the admin can switch them off)"
    var effects = [
      SideEffect(entity: entity, name: flows, events: [.create, .update, .delete])
    ]
    if ["lead", "case"].contains(entity) {
      effects.append(
        SideEffect(
          entity: entity, name: "assignment rules of \(remote.object)",
          events: [.create, .update], isHeldBack: true))
    }
    return effects
  }
}
