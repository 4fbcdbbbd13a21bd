import FerryCore
import FerryRecords

extension PlanRecord {
  /// Its parts by the names that people know.
  fileprivate var parts: [(name: String, value: String?)] {
    [
      ("kind", kind), ("store_id", storeID), ("into", survivorID), ("rule", rule),
      ("place", place), ("held", held),
    ]
      + fields.map { field in
        let cell = field.cell.map { " (\($0))" } ?? ""
        return (field.name, "\(field.old ?? "–") → \(field.new ?? "–")\(cell)")
      }
  }
}

/// What differs between two plans, record by record.
///
/// Run id, time, paths and the order of lines do not count.
public struct PlanDiff: Sendable {
  /// One record that is in one plan only, or not the same in both.
  public struct Difference: Hashable, Sendable {
    /// What the first plan does; `nil` where it has no such record.
    public let left: PlanRecord?
    /// What the second plan does; `nil` where it has no such record.
    public let right: PlanRecord?

    /// What of the record differs, its fields by name; nothing where one plan has no such record.
    public var parts: [(name: String, left: String?, right: String?)] {
      guard let left, let right else { return [] }
      let (one, other) = (left.parts, right.parts)
      let names =
        one.map(\.name)
        + other.map(\.name).filter { name in
          !one.contains { $0.name == name }
        }
      return names.compactMap { name in
        let values = [one, other].map { parts in parts.first { $0.name == name }?.value }
        return values[0].hasSameBytes(as: values[1]) ? nil : (name, values[0], values[1])
      }
    }
  }

  /// So many records are listed; all are counted.
  public static let listed = 1_000

  /// The first records that differ, by entity in load order, then by external id.
  public private(set) var differences: [Difference] = []
  /// Records that only the first plan has.
  public private(set) var removed = 0
  /// Records that only the second plan has.
  public private(set) var added = 0
  /// Records that both have, and that are not the same in both.
  public private(set) var changed = 0
  /// Records that are the same in both.
  public private(set) var same = 0
  /// Findings, links, totals and the like that only the first plan has, sorted.
  public private(set) var removedNotes: [PlanNote] = []
  /// Those that only the second plan has, sorted.
  public private(set) var addedNotes: [PlanNote] = []

  /// Whether nothing differs.
  public var isEmpty: Bool {
    removed + added + changed == 0 && removedNotes.isEmpty && addedNotes.isEmpty
  }

  /// Compares two plans.
  ///
  /// - Throws: ``MigrationError`` where one can't be read.
  public init(_ left: PlanFile, _ right: PlanFile) throws {
    let chain = SalesChain.entities.map(\.name)
    let names = Set(try left.entityNames()).union(try right.entityNames())
    for entity in chain.filter(names.contains) + names.subtracting(chain).sorted() {
      try compare(
        try PlanRecordCursor(left, entity: entity), try PlanRecordCursor(right, entity: entity),
        areAlike: left.forms == right.forms)
    }
    (removedNotes, addedNotes) = Self.unshared(try left.notes(), try right.notes())
  }

  private mutating func compare(
    _ left: PlanRecordCursor, _ right: PlanRecordCursor, areAlike: Bool
  ) throws {
    while true {
      let order = Self.order(left.externalID, right.externalID)
      guard let order else { return }
      if order == 0 {
        if areAlike, left.hasSameBytes(as: right) {
          same += 1
        } else {
          add(left.record(), right.record())
        }
      } else {
        add(order < 0 ? left.record() : nil, order > 0 ? right.record() : nil)
      }
      if order <= 0 { try left.advance() }
      if order >= 0 { try right.advance() }
    }
  }

  /// Which id comes first, as SQLite sorts: by bytes; `nil` behind both ends.
  private static func order(_ left: String?, _ right: String?) -> Int? {
    guard let left else { return right == nil ? nil : 1 }
    guard let right else { return -1 }
    // Not `==`, which takes two spellings of one letter for the same.
    if left.utf8.elementsEqual(right.utf8) { return 0 }
    return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
  }

  private mutating func add(_ left: PlanRecord?, _ right: PlanRecord?) {
    switch (left, right) {
    case (let left?, let right?) where left.isSame(as: right):
      same += 1
      return
    case (.some, .some): changed += 1
    case (.some, nil): removed += 1
    default: added += 1
    }
    if differences.count < Self.listed {
      differences.append(Difference(left: left, right: right))
    }
  }

  /// What each of two sorted lists has more often than the other.
  private static func unshared(
    _ left: [PlanNote], _ right: [PlanNote]
  ) -> (left: [PlanNote], right: [PlanNote]) {
    var only: (left: [PlanNote], right: [PlanNote]) = ([], [])
    var (one, other) = (left[...], right[...])
    while let first = one.first, let second = other.first {
      if first.isSame(as: second) {
        (one, other) = (one.dropFirst(), other.dropFirst())
      } else if first < second {
        only.left.append(first)
        one = one.dropFirst()
      } else {
        only.right.append(second)
        other = other.dropFirst()
      }
    }
    only.left += one
    only.right += other
    return only
  }
}
