import FerryCore
import FerryRecords

/// Fields whose values belong together: an address is kept whole, not the city of one record with
/// the street of another.
struct FieldGroups: Sendable {
  /// The last field of each group leads it.
  private static let names = [
    ["country", "province", "city", "district", "address"], ["currency", "amount"],
    ["family_name", "given_name", "name"],
  ]

  /// By field of the table: all fields of its group, the leader last; empty for one that stands
  /// alone.
  private let groups: [[Int]]

  init(_ fields: [Field]) {
    var groups = [[Int]](repeating: [], count: fields.count)
    for names in Self.names {
      let members = names.compactMap { name in fields.firstIndex { $0.name == name } }
      guard members.count > 1, fields[members[members.count - 1]].name == names.last else {
        continue
      }
      for member in members { groups[member] = members }
    }
    self.groups = groups
  }

  /// The fields of a field's group, the leader last; empty for one that stands alone.
  subscript(field: Int) -> [Int] { groups[field] }
}

extension Identities {
  /// The record whose value of `field` survives; ties go to the first of `records`.
  ///
  /// Fields of a group come from the record that supplies the group's leader; what that one does
  /// not tell comes from the first other that contradicts it in none of them.
  func best(of records: some Sequence<Int>, field: Int) -> Int? {
    let group = groups[field]
    // What the mapping says of the field itself goes first.
    guard let leader = group.last, keep[field] == .first || leader == field else {
      return winner(of: records, field: field)
    }
    let records = Array(records)
    guard let lead = winner(of: records, field: leader) else {
      return winner(of: records, field: field)
    }
    if table.values[field][lead].isPresent { return lead }
    return winner(of: records.filter { agree($0, lead, in: group) }, field: field)
  }

  /// Whether two records tell the same in all fields that both have.
  private func agree(_ left: Int, _ right: Int, in fields: [Int]) -> Bool {
    fields.allSatisfy { field in
      let (one, other) = (table.values[field][left], table.values[field][right])
      return !one.isPresent || !other.isPresent || table.arena.equals(one, other, in: table.arena)
    }
  }
}
