import FerryCore
import FerryRecords

/// Persons with one mobile or e-mail are one, where their names do not contradict.
///
/// Within a group that shares the key, equal names are linked firmly. Names of which one may be
/// short for the other (王总, 王伟) are linked tentatively where no two names of the group
/// contradict; otherwise the group is left for review.
struct PersonStage: MatchStage {
  /// More names than this on one mobile are a hotline or a filler, no person's own.
  private static let mostNames = 32

  let fieldName: String
  let rule: MergeRule

  func links(in context: MatchContext) -> (links: [MatchLink], findings: [Finding]) {
    guard let field = context.table.fieldIndex(fieldName) else { return ([], []) }
    var links: [MatchLink] = []
    var findings: [Finding] = []
    for group in groups(field, in: context) {
      let names = names(of: group, in: context)
      for name in names { links += name.members.linkedToFirst(by: rule) }
      let pairs = names.dropFirst().map { ($0, contradicted(by: $0, names)) }
      if names.count <= Self.mostNames, pairs.allSatisfy({ $0.1 == nil }) {
        links += pairs.map {
          MatchLink(left: group[0], right: $0.0.members[0], rule: rule, isFirm: false)
        }
      } else {
        findings += review(names, field: field, in: context)
      }
    }
    return (links, findings)
  }

  private func groups(_ field: Int, in context: MatchContext) -> [[Int]] {
    guard context.table.fields[field].type == .email else { return context.groups(sharing: field) }
    return context.groups { context.writeFolded(field: field, of: $0, into: &$1) }
  }

  private struct Name {
    let key: PersonKey
    var members: [Int]
  }

  private func names(of group: [Int], in context: MatchContext) -> [Name] {
    // Most groups are one name spelt alike: seen on the bytes, without reading it.
    if context.haveSameName(group) { return [Name(key: PersonKey(""), members: group)] }
    var names: [Name] = []
    var positions: [PersonKey: Int] = [:]
    for identity in group {
      let key = context.personKey(of: identity)
      // A few names are looked through; a hotline's many get a table.
      let known =
        names.count <= 8 ? names.firstIndex { $0.key == key } : positions[key]
      if let known {
        names[known].members.append(identity)
        continue
      }
      names.append(Name(key: key, members: [identity]))
      if names.count == 9 {
        for (position, name) in names.enumerated() { positions[name.key] = position }
      } else if names.count > 9 {
        positions[key] = names.count - 1
      }
    }
    return names
  }

  /// The first of `names` that `name` contradicts.
  private func contradicted(by name: Name, _ names: [Name]) -> Name? {
    guard names.count <= Self.mostNames else { return names[0] }
    return names.first { name.key.agreement(with: $0.key) == .contradicting }
  }

  private func review(_ names: [Name], field: Int, in context: MatchContext) -> [Finding] {
    let first = context.place(ofField: field, identity: names[0].members[0])
    guard names.count <= Self.mostNames else {
      let value = context.identities.value(ofField: field, identity: names[0].members[0])
      return [
        Finding(
          .sharedByMany, at: first, value: context.table.arena.string(value),
          arguments: [fieldName, String(names.count)])
      ]
    }
    return names.dropFirst().map { name in
      let identity = name.members[0]
      let value = context.identities.value(ofField: field, identity: identity)
      return Finding(
        .namesContradict, at: context.place(ofField: field, identity: identity),
        value: context.table.arena.string(value),
        arguments: [fieldName, first.description])
    }
  }
}

/// Two different names are two persons.
struct NameContradiction: Contradiction {
  func holds(_ left: Int, _ right: Int, in context: MatchContext) -> Bool {
    context.personKey(of: left).agreement(with: context.personKey(of: right)) == .contradicting
  }

  func finding(_ link: MatchLink, in context: MatchContext) -> Finding {
    let field = context.table.fieldIndex("name") ?? 0
    let place = context.place(ofField: field, identity: link.right)
    let value = context.identities.value(ofField: field, identity: link.right)
    return Finding(
      .ambiguousName, at: place, value: context.table.arena.string(value),
      arguments: [context.place(ofField: field, identity: link.left).description])
  }
}

extension MatchContext {
  /// The name of an identity, as names are compared.
  func personKey(of identity: Int) -> PersonKey {
    guard let field = table.fieldIndex("name") else { return PersonKey("") }
    let value = identities.value(ofField: field, identity: identity)
    let name = table.arena.string(value) ?? ""
    let isPlain = table.arena.withBytes(of: value) { PersonKey.isPlainChinese($0) }
    return isPlain ? PersonKey(plainChinese: name) : PersonKey(name)
  }

  /// Whether all have the same bytes for a name, or none.
  func haveSameName(_ group: [Int]) -> Bool {
    guard let field = table.fieldIndex("name") else { return true }
    let first = identities.value(ofField: field, identity: group[0])
    return group.dropFirst().allSatisfy { identity in
      let name = identities.value(ofField: field, identity: identity)
      return table.arena.equals(first, name, in: table.arena)
    }
  }

  /// Appends a field's surviving value with small ASCII letters; false where absent or blank.
  func writeFolded(
    field: Int, of identity: Int, into key: inout ContiguousArray<UInt8>
  ) -> Bool {
    guard write(field: field, of: identity, into: &key) else { return false }
    for index in key.indices where key[index] >= 0x41 && key[index] <= 0x5A { key[index] |= 0x20 }
    return true
  }
}
