import FerryCore
import FerryRecords

/// Accounts with one 统一社会信用代码 are one.
struct CreditCodeStage: MatchStage {
  func links(in context: MatchContext) -> (links: [MatchLink], findings: [Finding]) {
    guard let field = context.table.fieldIndex("credit_code") else { return ([], []) }
    let groups = context.groups(sharing: field)
    return (groups.flatMap { $0.linkedToFirst(by: .sameCreditCode) }, [])
  }
}

/// Quotes, contracts, orders or payments with one number within an account are one.
struct NumberStage: MatchStage {
  func links(in context: MatchContext) -> (links: [MatchLink], findings: [Finding]) {
    guard let field = context.table.fieldIndex("number") else { return ([], []) }
    let accounts = AccountNumbers(context).ofIdentity
    let groups = context.groups { identity, key in
      let account = accounts[identity]
      guard account >= 0, context.write(field: field, of: identity, into: &key) else {
        return false
      }
      for shift in stride(from: 0, to: 32, by: 8) {
        key.append(UInt8(truncatingIfNeeded: account >> shift))
      }
      return true
    }
    return (groups.flatMap { $0.linkedToFirst(by: .sameNumber) }, [])
  }
}

/// Where two papers became one, their lines that say the same become one too.
///
/// Two equal lines of one paper stay two: the first of one paper goes with the first of the
/// other, the second with the second.
struct LineStage: MatchStage {
  func links(in context: MatchContext) -> (links: [MatchLink], findings: [Finding]) {
    let table = context.table
    guard let entity = table.entity.parent, let parentField = table.fieldIndex(entity) else {
      return ([], [])
    }
    let content = ["product", "quantity", "price", "amount"].compactMap(table.fieldIndex)
    var keys: [Int: ContiguousArray<UInt8>] = [:]
    var seen: [ContiguousArray<UInt8>: Int] = [:]
    for identity in 0..<context.identities.count {
      guard
        let record = context.identities.supplier(ofField: parentField, identity: identity),
        let parent = context.references.mergedParent(field: parentField, of: record, in: table)
      else { continue }
      var line = ContiguousArray<UInt8>()
      for field in content { write(field, of: identity, into: &line, in: context) }
      let occurrence = seen["\(parent.own):".utf8 + line, default: 0]
      seen["\(parent.own):".utf8 + line] = occurrence + 1
      keys[identity] = "\(parent.survivor)/\(occurrence):".utf8 + line
    }
    guard !keys.isEmpty else { return ([], []) }
    let groups = context.groups { identity, key in
      keys[identity].map { key.append(contentsOf: $0) } != nil
    }
    return (groups.flatMap { $0.linkedToFirst(by: .sameLine) }, [])
  }

  private func write(
    _ field: Int, of identity: Int, into key: inout ContiguousArray<UInt8>, in context: MatchContext
  ) {
    let isReference = context.table.fields[field].referenced != nil
    if !isReference || !context.writeReference(field: field, of: identity, into: &key) {
      _ = context.write(field: field, of: identity, into: &key)
    }
    key.append(0)
  }
}

/// Two different credit codes are two companies.
struct CodeContradiction: Contradiction {
  func holds(_ left: Int, _ right: Int, in context: MatchContext) -> Bool {
    guard let field = context.table.fieldIndex("credit_code") else { return false }
    let one = context.identities.value(ofField: field, identity: left)
    let other = context.identities.value(ofField: field, identity: right)
    let arena = context.table.arena
    return one.byteCount > 0 && other.byteCount > 0 && !arena.equals(one, other, in: arena)
  }

  func finding(_ link: MatchLink, in context: MatchContext) -> Finding {
    let field = context.table.fieldIndex("credit_code") ?? 0
    return Finding(
      .codesContradict, at: context.place(ofField: field, identity: link.right),
      arguments: [context.place(ofField: field, identity: link.left).description])
  }
}

extension [Int] {
  /// Firm links from each further member to the first.
  func linkedToFirst(by rule: MergeRule) -> [MatchLink] {
    dropFirst().map { MatchLink(left: self[0], right: $0, rule: rule, isFirm: true) }
  }
}

private func + (
  prefix: String.UTF8View, rest: ContiguousArray<UInt8>
) -> ContiguousArray<UInt8> {
  ContiguousArray(prefix) + rest
}
