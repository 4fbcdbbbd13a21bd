import FerryCore
import FerryRecords

/// The account of each identity as a number, so that grouping by account needs no text.
///
/// Accounts of the input have their identity's number. References that the input does not hold
/// follow, one number for each way of naming them, since a store may hold the account.
struct AccountNumbers {
  /// Identity → number; -1 where no account, or several, are named.
  private(set) var ofIdentity = ContiguousArray<Int32>()
  private var unresolved: [ContiguousArray<UInt8>: Int32] = [:]
  private let firstUnresolved: Int32

  init(_ context: MatchContext) {
    // An identity without an account of its own has that of its order, contract or deal.
    let fields = ["account", "order", "contract", "deal"].compactMap(context.table.fieldIndex)
    firstUnresolved = Int32(context.references.count(of: "account"))
    ofIdentity.reserveCapacity(context.identities.count)
    let references = context.references.references(of: context.table)
    for identity in 0..<context.identities.count {
      var number: Int32?
      for field in fields where number == nil {
        guard let record = context.identities.supplier(ofField: field, identity: identity) else {
          continue
        }
        number = self.number(field: field, of: record, references, in: context)
      }
      ofIdentity.append(number ?? -1)
    }
  }

  private mutating func number(
    field: Int, of record: Int, _ references: ReferenceIndex.TableReferences,
    in context: MatchContext
  ) -> Int32? {
    let table = context.table
    let isAccount = table.fields[field].name == "account"
    switch references.resolve(field: field, of: record) {
    case .one(let identity):
      if isAccount { return Int32(identity) }
      return context.references.account(of: identity, entity: table.fields[field].name)
    case .some(.none) where isAccount:
      var key: ContiguousArray<UInt8> = [table.links[field][record]]
      table.arena.withBytes(of: table.values[field][record]) { key.append(copying: $0) }
      let next = firstUnresolved + Int32(unresolved.count)
      unresolved[key, default: next] += 0
      return unresolved[key]
    default: return nil
    }
  }

  /// The identities of each account that has two or more, by the first of them.
  func groups(where takesPart: (Int) -> Bool) -> [[Int]] {
    var last = ContiguousArray<Int32>(
      repeating: -1, count: Int(firstUnresolved) + unresolved.count)
    var groupOf: [Int32: Int] = [:]
    var groups: [[Int]] = []
    for (identity, account) in ofIdentity.enumerated() where account >= 0 && takesPart(identity) {
      if let group = groupOf[account] {
        groups[group].append(identity)
      } else if last[Int(account)] >= 0 {
        groupOf[account] = groups.count
        groups.append([Int(last[Int(account)]), identity])
      }
      last[Int(account)] = Int32(identity)
    }
    return groups
  }
}
