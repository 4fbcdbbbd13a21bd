public import FerryCore

/// What checking the records of one entity gave.
public struct Validation: Sendable {
  /// What a person must know, record by record, in order.
  public internal(set) var findings: [Finding] = []
  /// The records that may not be loaded, with the first error of each.
  public internal(set) var rejections: [Int: Finding] = [:]
  /// References that point to nothing sure: these fields are to be loaded as null.
  public internal(set) var cleared: [ClearedReference] = []

  mutating func add(_ finding: Finding, to record: Int) {
    findings.append(finding)
    if finding.severity == .error, rejections[record] == nil { rejections[record] = finding }
  }
}

/// A reference field that is to be loaded as null, although the source names something.
public struct ClearedReference: Hashable, Sendable {
  /// The record, as the caller counts records.
  public let record: Int
  /// Index into the table's fields.
  public let fieldIndex: Int
}

/// What a reference came to.
public enum ReferenceStatus: Hashable, Sendable {
  /// It points to one record that is, or will be, in the store.
  case found
  /// It points to nothing.
  case missing
  /// It points to so many records, two at least.
  case ambiguous(Int)
  /// It points to a record that is rejected.
  case rejected
}

/// The records to check, as the caller holds them.
///
/// A record is any number the caller likes: an identity of `GoldenRecords`, or a row. Each field
/// of a record is supplied by one row of the table, whose cell a finding names.
public struct RecordsToCheck {
  /// The records, in the order of the findings.
  public let records: any Sequence<Int>
  /// The row that supplies a field of a record, `(fieldIndex, record)`; `nil` where absent.
  public let supplier: (Int, Int) -> Int?
  /// A record's first row.
  public let firstRow: (Int) -> Int
  /// Whether the store holds the record already, so that a required field may be left out.
  public let isInStore: (Int) -> Bool
  /// What a reference came to, `(fieldIndex, row)`; asked only where the field is present, and
  /// `nil` where all are found.
  public let status: ((Int, Int) -> ReferenceStatus)?
  /// Whether required fields are asked for at all.
  public let asksForRequired: Bool

  /// Gathers them; without more, each record is new, and each reference found.
  public init(
    _ records: any Sequence<Int>, supplier: @escaping (Int, Int) -> Int?,
    firstRow: @escaping (Int) -> Int, isInStore: @escaping (Int) -> Bool = { _ in false },
    status: ((Int, Int) -> ReferenceStatus)? = nil, asksForRequired: Bool = true
  ) {
    self.asksForRequired = asksForRequired
    self.records = records
    self.supplier = supplier
    self.firstRow = firstRow
    self.isInStore = isInStore
    self.status = status
  }
}
