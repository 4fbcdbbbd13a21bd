import FerryRecords
import FerryStores
import Foundation

/// 纷享销客 OpenAPI v2: one record a call, no upsert, owners by a call of their own.
struct FxiaokeAdapter: ProductAdapter {
  let client: HTTPClient
  let table: ProductTable
  let externalID: String
  let form: ValueForm
  let limit: RateLimit
  /// Object → the field and the pool that records without an owner go to.
  let pools: [String: (field: String, id: String)]
  let batchSize = FxiaokeTable.largestList
  let lookupSize = FxiaokeTable.largestList
  private static let people = "PersonnelObj"

  var pace: WritePace {
    let call = limit.interval
    return WritePace(create: call, update: call, delete: call)
  }

  // MARK: - Reading

  func describe(_ object: String) async throws(StoreError) -> RemoteObject? {
    let body: JSON = ["includeDetail": true, "data": ["apiName": .string(object)]]
    guard
      case .answer(let json) = try await send("/cgi/crm/v2/object/describe", body, repeats: true),
      let describe = json["data"]?["describe"], let fields = describe["fields"]
    else { return nil }
    var found = RemoteObject(name: object, label: describe["display_name"]?.text ?? object)
    for (name, field) in fields.members where field["is_active"] != .bool(false) {
      found.fields[name] = RemoteField(fxiaoke: name, field, hasPool: pools[object] != nil)
    }
    if found.fields["related_object_data"] != nil {
      for target in ["AccountObj", "ContactObj", "NewOpportunityObj", "LeadsObj"] {
        found.addReference("related_object_data/\(target)")
      }
      found.fields["related_object_data"] = nil
    }
    if object == "PaymentObj" { found.addReference("OrderPaymentObj/order_id") }
    return found
  }

  func page(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    let isPeople = query.object == Self.people
    // Employees are named by a field of their own; where a tenant hides it, the record's id is the same.
    let id = isPeople ? "user_id" : "_id"
    var filters: [JSON] = []
    if let (field, values) = query.filter {
      filters.append([
        "field_name": .string(field == "_id" ? id : field),
        "operator": values.count == 1 ? "EQ" : "IN",
        "field_values": .array(values.map { .string($0) }),
      ])
    }
    if let cursor = query.cursor {
      filters.append([
        "field_name": "_id", "operator": "GT", "field_values": [.string(cursor)],
      ])
    }
    let own = query.fields.map { String($0.prefix { $0 != "/" }) }.filter {
      $0 != "OrderPaymentObj"
    }
    let names = Set(own + ["_id", id] + (isPeople ? [] : ["life_status"])).sorted()
    let info: JSON = [
      "limit": .number(String(FxiaokeTable.largestList)), "offset": 0, "filters": .array(filters),
      "orders": [["fieldName": "_id", "isAsc": true]],
      "fieldProjection": .array(names.map { .string($0) }),
    ]
    let body: JSON = [
      "data": [
        "dataObjectApiName": .string(query.object), "search_query_info": info,
        "find_explicit_total_num": false,
      ]
    ]
    let json = try await answer(call("\(prefix(query.object))/query", body))
    let list = json["data"]?["dataList"]?.items ?? []
    var page = RemotePage()
    for item in list where item["life_status"] != "invalid" {
      let values = item.members.merging(related(item)) { $1 }
      page.records.append(
        RemoteRecord(
          id: item[id]?.text ?? item["_id"]?.text ?? "", values: values))
    }
    if list.count == FxiaokeTable.largestList { page.next = list.last?["_id"]?.text }
    if query.fields.contains("OrderPaymentObj/order_id") { try await addOrders(to: &page) }
    return page
  }

  /// The links of an activity, by object.
  private func related(_ item: JSON) -> [String: JSON] {
    var links: [String: JSON] = [:]
    for link in item["related_object_data"]?.items ?? [] {
      guard let object = link["describe_api_name"]?.text else { continue }
      links["related_object_data/\(object)"] = link["id"]
    }
    return links
  }

  /// The orders of payments stand in the payments' lines.
  private func addOrders(to page: inout RemotePage) async throws(StoreError) {
    var query = RemoteQuery(object: "OrderPaymentObj", fields: ["payment_id", "order_id"])
    query.filter = ("payment_id", page.records.map(\.id))
    guard !page.records.isEmpty else { return }
    var orders: [String: JSON] = [:]
    repeat {
      let lines = try await self.page(query)
      for line in lines.records {
        guard let payment = line.values["payment_id"]?.text else { continue }
        orders[payment] = line.values["order_id"]
      }
      query.cursor = lines.next
    } while query.cursor != nil
    for index in page.records.indices {
      page.records[index].values["OrderPaymentObj/order_id"] = orders[page.records[index].id]
    }
  }

  // MARK: - Calls

  /// Preset objects and those of a tenant's own have paths of their own.
  func prefix(_ object: String) -> String {
    object.hasSuffix("__c") ? "/cgi/crm/custom/v2/data" : "/cgi/crm/v2/data"
  }

  func send(
    _ path: String, _ body: JSON, repeats isRepeatable: Bool
  ) async throws(StoreError) -> CallResult {
    try await client.send(call(path, body, repeats: isRepeatable))
  }

  private func call(_ path: String, _ body: JSON, repeats isRepeatable: Bool = true) -> HTTPCall {
    var call = HTTPCall(path, body: body, limit: limit, isRepeatable: isRepeatable)
    call.traceParameter = "thirdTraceId"
    return call
  }

  func sideEffects(of entity: String) -> [SideEffect] {
    guard table[entity] != nil, entity != "user" else { return [] }
    let name = "approval flows and workflows (审批流、工作流)"
    return [
      SideEffect(entity: entity, name: name, events: [.create], isHeldBack: true),
      SideEffect(entity: entity, name: name, events: [.update, .delete]),
    ]
  }
}

extension RemoteObject {
  /// A reference that stands inside another field or object.
  fileprivate mutating func addReference(_ name: String) {
    fields[name] = RemoteField(name: name, label: name, kind: .reference)
  }
}

extension RemoteField {
  /// A field as describe tells it.
  fileprivate init(fxiaoke name: String, _ json: JSON, hasPool: Bool) {
    let type = json["type"]?.text ?? ""
    let kind: Kind =
      switch type {
      case "text", "long_text", "html_rich_text", "phone_number", "email", "url": .text
      case "number", "currency", "percentile": .number
      case "date": .date
      case "date_time": .instant
      case "true_or_false": .boolean
      case "select_one", "record_type": .choice
      case "employee": .person
      case "object_reference", "master_detail": .reference
      default: .other(type)
      }
    self.init(name: name, label: json["label"]?.text ?? name, kind: kind)
    if case .other = kind { isWritable = type == "related_object_data" }
    if json["is_readonly"]?.isTrue == true || name.hasPrefix("last_modified_") || name == "_id" {
      isWritable = false
    }
    isRequired = json["is_required"]?.isTrue == true && !(name == "owner" && hasPool)
    let standard = json["default_value"] ?? .null
    isFilledByStore =
      ["create_time", "created_by"].contains(name) || ![.null, "", []].contains(standard)
    longest = json["max_length"]?.integer
    options = (json["options"]?.items ?? []).compactMap { option in
      guard let value = option["value"]?.text else { return nil }
      return Option(value: value, label: option["label"]?.text ?? value)
    }
  }
}
