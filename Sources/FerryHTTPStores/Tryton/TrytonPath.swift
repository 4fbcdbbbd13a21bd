/// A field of a record, or of one of the records inside it.
///
/// `name`; `contact_mechanisms/email`, the value of the first of that type; `addresses/city`, the city of
/// the first; `template/name`, the name of the record that this one belongs to.
enum TrytonPath: Sendable {
  case plain(String)
  case typed(list: String, type: JSON)
  case first(list: String, field: String)
  case parent(String, field: String)

  init(_ name: String) {
    guard let slash = name.firstIndex(of: "/") else {
      self = .plain(name)
      return
    }
    let (head, rest) = (String(name[..<slash]), String(name[name.index(after: slash)...]))
    if TrytonTable.typedLists[head] != nil {
      self = .typed(
        list: head, type: rest.isEmpty ? .null : Int(rest) == nil ? .string(rest) : .number(rest))
    } else if TrytonTable.plainLists[head] != nil {
      self = .first(list: head, field: rest)
    } else {
      self = .parent(head, field: rest)
    }
  }

  /// The names that read it.
  var names: [String] {
    switch self {
    case .plain(let name): [name]
    case .typed(let list, _): [shape(list).type, shape(list).value].map { "\(list).\($0)" }
    // The others tell whether nothing is left in it.
    case .first(let list, let field):
      ((TrytonTable.plainLists[list]?.fields ?? []) + [field]).map { "\(list).\($0)" }
    case .parent(let head, let field): ["\(head).\(field)"]
    }
  }

  /// The clause of a search for it.
  func clause(_ values: JSON) -> JSON {
    switch self {
    case .plain(let name): [.string(name), "in", values]
    case .typed(let list, let type):
      [
        .string(list), "where",
        [[.string(shape(list).type), "=", type], [.string(shape(list).value), "in", values]],
      ]
    // These are worked out of a list, and can't be searched for themselves.
    case .parent(let head, let field) where TrytonTable.mechanisms.contains(field):
      [
        .string("\(head).contact_mechanisms"), "where",
        [["type", "=", .string(field)], ["value", "in", values]],
      ]
    case .first(let list, let field), .parent(let list, let field):
      [.string("\(list).\(field)"), "in", values]
    }
  }

  /// Its value in a record as read.
  func value(in record: JSON) -> JSON {
    switch self {
    case .plain(let name): record[name] ?? .null
    case .typed(let list, _): row(in: record)?[shape(list).value] ?? .null
    case .first(_, let field): row(in: record)?[field] ?? .null
    case .parent(let head, let field): record["\(head)."]?[field] ?? .null
    }
  }

  /// The command to a typed list that writes a value; `nil` where there is nothing to do.
  func command(_ value: JSON, over record: JSON) -> (list: String, command: JSON)? {
    guard case .typed(let list, let type) = self else { return nil }
    guard let id = row(in: record)?["id"] else {
      let fields = [shape(list).type: type, shape(list).value: value]
      return value == .null ? nil : (list, ["create", [.object(fields)]])
    }
    if value == .null { return (list, ["delete", [id]]) }
    return (list, ["write", [id], .object([shape(list).value: value])])
  }

  /// The record inside `record` that is meant.
  private func row(in record: JSON) -> JSON? {
    switch self {
    case .plain, .parent: nil
    case .typed(let list, let type):
      record["\(list)."]?.items.first { ($0[shape(list).type] ?? .null) == type }
    case .first(let list, _): record["\(list)."]?.items.first
    }
  }

  private func shape(_ list: String) -> (type: String, value: String, types: [String]) {
    TrytonTable.typedLists[list] ?? ("type", "value", [])
  }
}

/// A record's values as Tryton takes them: its own, and those of the record that it belongs to.
struct TrytonValues: Sendable {
  var own: [String: JSON] = [:]
  /// By the field that leads there, such as `template`.
  var parents: [String: [String: JSON]] = [:]

  /// Sorts values by path; `record` is what stands there, `null` for a new one.
  init(_ values: [String: JSON], over record: JSON = .null) {
    var commands: [String: [JSON]] = [:]
    var firsts: [String: [String: JSON]] = [:]
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      let path = TrytonPath(name)
      switch path {
      case .plain(let name): own[name] = value
      case .parent(let head, let field): parents[head, default: [:]][field] = value
      case .first(let list, let field): firsts[list, default: [:]][field] = value
      case .typed:
        if let (list, command) = path.command(value, over: record) {
          commands[list, default: []].append(command)
        }
      }
    }
    for (list, fields) in firsts {
      let row = record["\(list)."]?.items.first?.members ?? [:]
      let isLeftEmpty = row.merging(fields) { $1 }.allSatisfy {
        $0.key == "id" || [.null, ""].contains($0.value)
      }
      switch row["id"] {
      case .none: if !isLeftEmpty { commands[list] = [["create", [.object(fields)]]] }
      case .some(let id):
        commands[list] = [isLeftEmpty ? ["delete", [id]] : ["write", [id], .object(fields)]]
      }
    }
    for (list, commands) in commands { own[list] = .array(commands) }
  }
}
