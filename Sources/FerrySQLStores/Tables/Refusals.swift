import FerryCore
import FerryRecords
import FerryStores

/// How a SQL store says that it did not write a record of a table.
struct Refusals {
  let store: String
  let table: SQLTable

  func refused(_ message: String) -> WriteResult {
    .refused(Finding(SQLStoreRules.recordRefused, arguments: [store, table.name, message]))
  }

  func gone(_ id: String) -> WriteResult {
    .refused(Finding(SQLStoreRules.recordGone, arguments: [store, table.name, id]))
  }

  /// `nil` where the table can hold the record as it is.
  func unfit(_ record: Int, of page: RecordPage) -> WriteResult? {
    tooFine(record, of: page) ?? unfitKey(record, of: page)
  }

  /// `nil` where the key's column can hold the external id.
  func unfitKey(_ record: Int, of page: RecordPage) -> WriteResult? {
    guard table.isKeyWhole, let id = page.externalID(of: record) else { return nil }
    return unfitKey(id).map { .refused($0) }
  }

  func unfitKey(_ id: String) -> Finding? {
    guard !table.canBeKey(id) else { return nil }
    return Finding(SQLStoreRules.keyNotWhole, arguments: [store, table.name, table.key, id])
  }

  /// `nil` where no column would round a number of the record.
  func tooFine(_ record: Int, of page: RecordPage) -> WriteResult? {
    guard let (field, scale) = table.tooFine(record, of: page) else { return nil }
    return .refused(
      Finding(
        SQLStoreRules.decimalTooFine,
        arguments: [store, page.shape.fields[field].name, table.name, String(scale)]))
  }
}

extension SQLTables {
  /// The fields that have a column, by their place in the page, and the column's name, quoted.
  func columns(of shape: EntityFields, in table: SQLTable) -> [(index: Int, column: String)] {
    shape.fields.enumerated().compactMap { index, field in
      table.column(of: field).map { (index, quoted($0)) }
    }
  }
}
