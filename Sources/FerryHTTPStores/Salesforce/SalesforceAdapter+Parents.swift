import FerryRecords
import FerryStores

// Rows of a bulk upsert name their parents by external id, as `Account.Ferry_Id__c`. A field keeps its
// ids where one of its parents has no external id, since a person made it.
extension SalesforceAdapter {
  /// A reference of an object, to one object.
  struct Parent: Sendable {
    let field: String
    let object: String
    /// What its ids begin with, where the field may be to several objects; otherwise empty.
    let prefix: String
    let externalID: String

    /// The column of a parent's external id, such as `Contact:Who.Ferry_Id__c`.
    var column: String {
      let name = field.hasSuffix("__c") ? field.dropLast(3) + "__r" : field.dropLast(2)
      return (prefix.isEmpty ? "" : object + ":") + name + "." + externalID
    }
  }

  /// The same records with their parents named by external ids, where all of a field have one.
  func namingParents(
    of records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteRecord] {
    var records = records
    for parent in parents(of: object) {
      let ids = Set(records.compactMap { id(of: parent, in: $0) }).sorted()
      let keys = try await externalIDs(of: ids, parent)
      guard keys.count == ids.count else { continue }
      for index in records.indices {
        guard let id = id(of: parent, in: records[index]), let key = keys[id] else { continue }
        records[index].values[parent.field] = nil
        records[index].values[parent.column] = .string(key)
      }
    }
    return records
  }

  private func id(of parent: Parent, in record: RemoteRecord) -> String? {
    guard let id = record.values[parent.field]?.text, !id.isEmpty, id.hasPrefix(parent.prefix)
    else { return nil }
    return id
  }

  /// What the object's records may refer to and Ferry loads.
  func parents(of object: String) -> [Parent] {
    var found: [Parent] = []
    for (entity, remote) in table.sorted(by: { $0.key < $1.key }) where remote.object == object {
      for field in SalesChain.entity(entity)?.fields ?? [] {
        guard let name = remote.fields[field.name]?.name, let target = field.referenced,
          let there = table[target], !there.isLookedUpOnly
        else { continue }
        let own = String(name.prefix { $0 != "/" })
        let prefix = SalesforceTable.polymorphic.first { "\($0.field)/\($0.object)" == name }?
          .prefix
        found.append(
          Parent(
            field: own, object: there.object, prefix: prefix ?? "",
            externalID: there.externalID ?? externalID))
      }
    }
    return found
  }

  /// External ids by id; none where the object has no such field.
  private func externalIDs(
    of ids: [String], _ parent: Parent
  ) async throws(StoreError) -> [String: String] {
    guard !ids.isEmpty else { return [:] }
    let query = RemoteQuery(object: parent.object, fields: [parent.externalID])
    let found: [RemoteRecord]
    do throws(StoreError) {
      found = try await inChunks(
        ids, of: SalesforceTable.largestRead, atOnce: SalesforceTable.callsInFlight
      ) { (chunk) throws(StoreError) in
        try await page(query, query.fields, ids: chunk).records
      }
    } catch {
      guard error.kind == .refused else { throw error }
      return [:]
    }
    let pairs = found.compactMap { record -> (String, String)? in
      guard let key = record.values[parent.externalID]?.text, !key.isEmpty,
        key != SalesforceTable.null
      else { return nil }
      return (record.id, key)
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
