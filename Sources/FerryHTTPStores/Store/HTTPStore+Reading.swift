import FerryCore
public import FerryRecords
public import FerryStores

extension HTTPStore {
  /// One page in the product's order of ids.
  public func page(
    of request: EntityFields, after cursor: String?
  ) async throws(StoreError) -> StoredPage {
    guard let shape = try await shape(of: request.entity) else {
      return StoredPage(records: RecordPage(request), next: nil)
    }
    var query = RemoteQuery(object: shape.object.name, fields: shape.names(of: request.fields))
    query.cursor = cursor
    let page = try await adapter.page(query)
    return StoredPage(
      records: shape.records(page.records, request, adapter), next: page.next)
  }

  /// Records by external id.
  public func records(
    of request: EntityFields, withExternalIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    guard let shape = try await shape(of: request.entity), let field = shape.externalID else {
      return RecordPage(request)
    }
    return try await records(of: request, shape, where: field, isOneOf: ids)
  }

  /// Records by the product's id.
  public func records(
    of request: EntityFields, withStoreIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    guard let shape = try await shape(of: request.entity) else { return RecordPage(request) }
    return try await records(of: request, shape, where: "_id", isOneOf: ids)
  }

  /// Records by a field.
  public func records(
    of request: EntityFields, where field: Field, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage {
    guard let shape = try await shape(of: request.entity), let codec = shape.codecs[field.name]
    else { return RecordPage(request) }
    let wanted = values.compactMap { adapter.encoded($0, codec)?.filterText }
    return try await records(of: request, shape, where: codec.remote.name, isOneOf: wanted)
  }

  private func records(
    of request: EntityFields, _ shape: RemoteShape, where field: String, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage {
    let found = try await lookUp(
      shape, fields: shape.names(of: request.fields), where: field, isOneOf: values)
    return shape.records(found, request, adapter)
  }

  /// The records that have one of these values, each once.
  func lookUp(
    _ shape: RemoteShape, fields: [String], where field: String, isOneOf values: [String]
  ) async throws(StoreError) -> [RemoteRecord] {
    var seen = Set<String>()
    let wanted = values.filter { !$0.isEmpty && seen.insert($0).inserted }
    let (adapter, object) = (adapter, shape.object.name)
    let found = try await adapter.inChunks(
      wanted, of: adapter.lookupSize, atOnce: adapter.callsInFlight
    ) { (chunk) throws(StoreError) in
      var query = RemoteQuery(object: object, fields: fields)
      query.filter = (field, chunk)
      var found: [RemoteRecord] = []
      repeat {
        let page = try await adapter.page(query)
        found += page.records
        query.cursor = page.next
      } while query.cursor != nil
      return found
    }
    var ids = Set<String>()
    return found.filter { ids.insert($0.id).inserted }
  }
}

extension JSON {
  /// How a filter writes a value: the first item of a list.
  fileprivate var filterText: String? {
    if case .array(let items) = self { items.first?.text } else { text }
  }
}

extension RemoteShape {
  /// The product's names of fields, with the one of external ids, each once and sorted.
  func names(of fields: [Field]) -> [String] {
    let told = remote.only.map(\.field).filter { object.fields[$0] != nil }
    let names = fields.compactMap { codecs[$0.name]?.remote.name } + told
    return Set(names + [externalID].compactMap(\.self)).sorted()
  }

  /// The product's records as a page.
  func records(
    _ records: [RemoteRecord], _ request: EntityFields, _ adapter: any ProductAdapter
  ) -> RecordPage {
    var page = RecordPage(request)
    for record in records where remote.only.allSatisfy({ $0.isMet(by: record.values) }) {
      let externalID = externalID.flatMap { record.values[$0]?.text }
      let index = page.append(
        storeID: record.id, externalID: externalID?.isEmpty == true ? nil : externalID)
      for (fieldIndex, field) in request.fields.enumerated() {
        guard let codec = codecs[field.name], let value = record.values[codec.remote.name],
          let text = adapter.decoded(value, codec), !text.isEmpty
        else { continue }
        page.set(text, field: fieldIndex, of: index)
      }
    }
    return page
  }
}
