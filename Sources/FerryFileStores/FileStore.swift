import FerryCore
public import FerryRecords
public import FerryStores
import Foundation

/// A folder of import files for a product whose API is not to be had: `files:DIR`.
///
/// The records stand in a store of their own inside the folder (`ferry.db`), so that a plan, a resumed
/// run, `verify` and `undo` work as with any store; at the end of each run that writes, the files that
/// the product's import screen wants are made anew from them, in `import/`.
public struct FileStore: CRMStore {
  private let base: any CRMStore
  private let folder: String
  private let template: ImportTemplate
  private let access: StoreAccess

  /// Puts the folder's files around the store of its records.
  ///
  /// - Parameters:
  ///   - base: The store of the records, opened for `access`.
  ///   - folder: The folder, which is there where it is to be written.
  ///   - template: What the product's import screen wants.
  ///   - access: What for.
  public init(_ base: any CRMStore, folder: String, template: ImportTemplate, access: StoreAccess) {
    self.base = base
    self.folder = folder
    self.template = template
    self.access = access
  }

  /// What the records' own store can do, by this store's name.
  public var capabilities: StoreCapabilities {
    let base = base.capabilities
    return StoreCapabilities(
      kind: "files", displayName: "files:\(folder)", isTransactional: base.isTransactional,
      keepsHistory: true, largestBatch: base.largestBatch)
  }

  /// Everything has a place; a cell of a workbook has a longest text.
  public func description(
    of entities: [Entity]
  ) async throws(StoreError) -> StoreDescription {
    var description = StoreDescription()
    guard template.format == .workbook else { return description }
    for entity in entities {
      var found = EntityDescription(.loaded, label: entity.label[template.language])
      for field in entity.fields {
        var place = FieldDescription(label: field.label[template.language])
        if field.referenced == nil { place.longest = ImportSheet.longestPlannedText }
        found.fields[field.name] = place
      }
      description.entities[entity.name] = found
    }
    return description
  }

  /// Makes room in the store of the records.
  public func prepare(_ entities: [EntityFields]) async throws(StoreError) {
    try await base.prepare(entities)
  }

  /// Passes it on.
  public func beginLoading(_ entities: [EntityFields]) async throws(StoreError) {
    try await base.beginLoading(entities)
  }

  /// Makes the import files anew.
  public func finishLoading() async throws(StoreError) {
    try await base.finishLoading()
    guard access == .readWrite else { return }
    try await ImportFolder(folder, template).write(from: base)
  }

  /// One page of the records.
  public func page(
    of request: EntityFields, after cursor: String?
  ) async throws(StoreError) -> StoredPage { try await base.page(of: request, after: cursor) }

  /// Records by external id.
  public func records(
    of request: EntityFields, withExternalIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    try await base.records(of: request, withExternalIDs: ids)
  }

  /// Records by store id.
  public func records(
    of request: EntityFields, withStoreIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    try await base.records(of: request, withStoreIDs: ids)
  }

  /// Records by a field.
  public func records(
    of request: EntityFields, where field: Field, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage {
    try await base.records(of: request, where: field, isOneOf: values)
  }

  /// Writes the records; the files come at the end.
  public func write(_ batch: WriteBatch) async throws(StoreError) -> [WriteResult] {
    try await base.write(batch)
  }

  /// Lets go of the records.
  public func close() async { await base.close() }
}
