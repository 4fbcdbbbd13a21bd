extension SalesforceDouble {
  /// The rows of one page of an answer, and the longest address.
  private static let page = 2000
  private static let longestAddress = 16 << 10

  mutating func performQuery(
    _ parts: [String], _ request: HTTPRequest, _ call: ProductCall
  ) throws(SalesforceFault) -> HTTPResponse {
    guard request.method == "GET" else { throw Self.missing }
    if parts.count == 2 {
      guard let rows = cursors.removeValue(forKey: parts[1]) else { throw Self.missing }
      return HTTPResponse(json: page(rows, total: rows.count))
    }
    guard let text = request.query("q"), text.utf8.count <= Self.longestAddress else {
      throw SalesforceFault(
        status: text414, code: "URI_TOO_LONG", message: "q is missing or too long")
    }
    let query = try SalesforceQuery(text)
    let object = try object(query.object)
    let withBin = parts[0] == "queryAll"
    var found: [DoubleRecord] = []
    for record in tables[object.name]?.all ?? [] where withBin || !record.isGone {
      if try query.fits({ name throws(SalesforceFault) in try path(record, name, object) }) {
        found.append(record)
      }
    }
    found = tables[object.name]?.found(found, at: call.now) ?? []
    if query.isCount {
      return HTTPResponse(json: ["totalSize": WireValue(found.count), "done": true, "records": []])
    }
    if let (name, falls) = query.order {
      guard object.field(name) != nil else { throw Self.noColumn(name, object) }
      found.sort {
        let left = SalesforceQuery.text(value(of: $0, name, object)) ?? ""
        let right = SalesforceQuery.text(value(of: $1, name, object)) ?? ""
        return falls ? SalesforceQuery.precedes(right, left) : SalesforceQuery.precedes(left, right)
      }
    }
    var rows: [WireValue] = []
    for record in found.dropFirst(query.offset).prefix(query.limit ?? .max) {
      rows.append(try row(record, query.fields, object))
    }
    return HTTPResponse(json: page(rows, total: rows.count))
  }

  private var text414: Int { 414 }

  private mutating func page(_ rows: [WireValue], total: Int) -> WireValue {
    var out: WireValue = [
      "totalSize": WireValue(total), "done": .bool(rows.count <= Self.page),
      "records": .list(Array(rows.prefix(Self.page))),
    ]
    if rows.count > Self.page {
      lastID += 1
      let cursor = "01g\(lastID)-\(Self.page)"
      cursors[cursor] = Array(rows.dropFirst(Self.page))
      out["nextRecordsUrl"] = .string("/services/data/v67.0/query/\(cursor)")
    }
    return out
  }

  private static func noColumn(_ name: String, _ object: SalesforceObject) -> SalesforceFault {
    SalesforceFault(
      code: "INVALID_FIELD", message: "No such column '\(name)' on entity '\(object.name)'")
  }

  func value(of record: DoubleRecord, _ name: String, _ object: SalesforceObject) -> WireValue {
    switch name {
    case "Id": .string(record.id)
    case "CreatedDate": .string(CivilTime.text(record.createdAt).replacing("Z", with: "+0000"))
    case "LastModifiedDate": .string(CivilTime.text(record.changedAt).replacing("Z", with: "+0000"))
    case "CreatedById": record.values[name] ?? .string(Self.id("005", 1))
    case "IsDeleted": .bool(record.isGone)
    default: record.values[name] ?? (object.fields[name]?.kind == .boolean ? false : nil)
    }
  }

  /// A field of the record or, with a point, of its parent.
  private func path(
    _ record: DoubleRecord, _ name: String, _ object: SalesforceObject
  ) throws(SalesforceFault) -> WireValue {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    if parts.count == 2 {
      guard let field = object.reference(parts[0]) else { throw Self.noColumn(name, object) }
      guard let id = record.values[field.name]?.string else { return nil }
      for target in field.targets {
        guard let parent = tables[target]?[id], let type = SalesforceObject.all[target] else {
          continue
        }
        return try path(parent, parts[1], type)
      }
      return nil
    }
    guard let field = object.field(name) else { throw Self.noColumn(name, object) }
    return value(of: record, field.name, object)
  }

  /// A record with the fields that were asked for.
  func row(
    _ record: DoubleRecord, _ fields: [String], _ object: SalesforceObject
  ) throws(SalesforceFault) -> WireValue {
    var out: WireValue = [
      "attributes": [
        "type": .string(object.name),
        "url": .string("/services/data/v67.0/sobjects/\(object.name)/\(record.id)"),
      ]
    ]
    for name in fields {
      let found = try path(record, name, object)
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      if parts.count == 2 {
        if out[parts[0]] == nil { out[parts[0]] = [:] }
        out[parts[0]]?[parts[1]] = found
      } else {
        out[object.field(name)?.name ?? name] = found
      }
    }
    return out
  }
}

/// A SOQL query: one object, conditions joined by AND.
struct SalesforceQuery: Hashable, Sendable {
  private struct Test: Hashable, Sendable {
    let field: String
    let comparison: String
    /// `nil` is null.
    let values: [String?]
  }

  let fields: [String]
  let object: String
  private(set) var isCount = false
  private(set) var limit: Int?
  private(set) var offset = 0
  private(set) var orderField: String?
  private(set) var falls = false
  private var tests: [Test] = []

  /// The field to sort by, and whether from the last.
  var order: (String, Bool)? { orderField.map { ($0, falls) } }

  init(_ text: String) throws(SalesforceFault) {
    var tokens = Self.tokens(text)[...]
    func fault(_ at: String?) -> SalesforceFault {
      SalesforceFault(code: "MALFORMED_QUERY", message: "unexpected token: '\(at ?? "<EOF>")'")
    }
    guard tokens.popFirst()?.lowercased() == "select",
      let from = tokens.firstIndex(where: { $0.lowercased() == "from" })
    else { throw fault(tokens.first) }
    let selected = tokens[..<from].filter { $0 != "," }
    tokens = tokens[(from + 1)...]
    isCount = selected.first?.lowercased() == "count"
    fields = Array(selected)
    guard let object = tokens.popFirst() else { throw fault(nil) }
    self.object = object
    while let word = tokens.popFirst() {
      switch word.lowercased() {
      case "where", "and": tests.append(try Self.test(&tokens))
      case "order":
        guard tokens.popFirst()?.lowercased() == "by", let name = tokens.popFirst() else {
          throw fault(word)
        }
        orderField = name
        if let way = tokens.first?.lowercased(), ["asc", "desc"].contains(way) {
          falls = way == "desc"
          tokens.removeFirst()
        }
      case "limit": limit = tokens.popFirst().flatMap { Int($0) }
      case "offset": offset = tokens.popFirst().flatMap { Int($0) } ?? 0
      default: throw fault(word)
      }
    }
  }

  /// Whether a record fits, whose values `value` finds.
  func fits(_ value: (String) throws(SalesforceFault) -> WireValue) throws(SalesforceFault) -> Bool
  {
    for test in tests {
      let found = Self.text(try value(test.field))?.lowercased()
      let wanted = test.values.map { $0?.lowercased() }
      let first = wanted.first ?? nil
      let isGood =
        switch test.comparison {
        case "=", "in": wanted.contains(found)
        case "!=", "not in": !wanted.contains(found)
        case "like": found?.contains((first ?? "").replacing("%", with: "")) ?? false
        case ">": found.map { Self.precedes(first ?? "", $0) } ?? false
        case ">=": found.map { !Self.precedes($0, first ?? "") } ?? false
        case "<": found.map { Self.precedes($0, first ?? "") } ?? false
        default: found.map { !Self.precedes(first ?? "", $0) } ?? false
        }
      guard isGood else { return false }
    }
    return true
  }

  static func text(_ value: WireValue) -> String? {
    switch value {
    case .string(let text): text
    case .number(let digits): digits
    case .bool(let isTrue): String(isTrue)
    default: nil
    }
  }

  static func precedes(_ left: String, _ right: String) -> Bool {
    guard let leftNumber = Double(left), let rightNumber = Double(right) else {
      return left < right
    }
    return leftNumber < rightNumber
  }

  private static func test(_ tokens: inout ArraySlice<String>) throws(SalesforceFault) -> Test {
    let fault = SalesforceFault(code: "MALFORMED_QUERY", message: "a condition is not understood")
    guard let field = tokens.popFirst(), var comparison = tokens.popFirst()?.lowercased() else {
      throw fault
    }
    if comparison == "not", tokens.popFirst()?.lowercased() == "in" { comparison = "not in" }
    guard ["=", "!=", ">", ">=", "<", "<=", "like", "in", "not in"].contains(comparison) else {
      throw fault
    }
    var values: [String?] = []
    if comparison.hasSuffix("in") {
      guard tokens.popFirst() == "(" else { throw fault }
      while let word = tokens.popFirst(), word != ")" {
        if word != "," { values.append(literal(word)) }
      }
    } else {
      guard let word = tokens.popFirst() else { throw fault }
      values = [literal(word)]
    }
    return Test(field: field, comparison: comparison, values: values)
  }

  /// A text keeps the quote that began it, so that `null` and `'null'` stay apart.
  private static func literal(_ word: String) -> String? {
    if word.hasPrefix("'") { return String(word.dropFirst()) }
    return word.lowercased() == "null" ? nil : word
  }

  /// What the SOQL reference knows behind a backslash; anything else stands for itself.
  private static let escapes: [Character: Character] = [
    "n": "\n", "r": "\r", "t": "\t", "b": "\u{8}", "f": "\u{C}",
  ]

  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var word = ""
    var rest = text[...]
    func end() {
      if !word.isEmpty { tokens.append(word) }
      word = ""
    }
    while let character = rest.popFirst() {
      switch character {
      case "'":
        end()
        word = "'"
        while let inner = rest.popFirst(), inner != "'" {
          let escaped = inner == "\\" ? rest.popFirst() ?? inner : nil
          word.append(escaped.map { escapes[$0] ?? $0 } ?? inner)
        }
        tokens.append(word)
        word = ""
      case ",", "(", ")":
        end()
        tokens.append(String(character))
      case "=", "!", "<", ">":
        end()
        var sign = String(character)
        if rest.first == "=" {
          sign.append("=")
          rest.removeFirst()
        }
        tokens.append(sign)
      case _ where character.isWhitespace: end()
      default: word.append(character)
      }
    }
    end()
    return tokens
  }
}
