import Foundation

/// A JSON document as Foundation reads it, so that our writer is not checked by itself.
enum ParsedJSON: Decodable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([ParsedJSON])
  case object([String: ParsedJSON])

  init(_ text: String) throws {
    self = try JSONDecoder().decode(ParsedJSON.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    // Each shape is tried in turn; the last one tells what is wrong with the document.
    if value.decodeNil() {
      self = .null
    } else if let found = try? value.decode(Bool.self) {
      self = .boolean(found)
    } else if let found = try? value.decode(Int.self) {
      self = .integer(found)
    } else if let found = try? value.decode(Double.self) {
      self = .number(found)
    } else if let found = try? value.decode(String.self) {
      self = .string(found)
    } else if let found = try? value.decode([ParsedJSON].self) {
      self = .array(found)
    } else {
      self = .object(try value.decode([String: ParsedJSON].self))
    }
  }

  subscript(name: String) -> ParsedJSON? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var members: [String: ParsedJSON] { if case .object(let found) = self { found } else { [:] } }
  var elements: [ParsedJSON] { if case .array(let found) = self { found } else { [] } }
  var string: String? { if case .string(let found) = self { found } else { nil } }

  var typeName: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

/// The part of JSON Schema that ``RunSchema`` uses, checked plainly.
struct SchemaCheck {
  /// What does not hold, each with its path; empty where the document fits.
  private(set) var faults: [String] = []
  private let root: ParsedJSON

  init(schema: String, document: String) throws {
    root = try ParsedJSON(schema)
    check(try ParsedJSON(document), against: root, path: "$")
  }

  private mutating func check(_ value: ParsedJSON, against schema: ParsedJSON, path: String) {
    if let reference = schema["$ref"]?.string {
      let name = String(reference.dropFirst("#/$defs/".count))
      guard let definition = root["$defs"]?[name] else {
        faults.append("\(path): the schema defines no \(name)")
        return
      }
      check(value, against: definition, path: path)
    }
    let allowed = schema["enum"]?.elements.map(\.string)
    if let allowed, !allowed.contains(value.string) {
      faults.append("\(path): \(value) is none of \(allowed)")
    }
    if let type = schema["type"] {
      let names = type.string.map { [$0] } ?? type.elements.compactMap(\.string)
      if !names.contains(value.typeName) {
        faults.append("\(path): expected \(names), found \(value.typeName)")
      }
    }
    if case .integer(let least)? = schema["minimum"], case .integer(let number) = value,
      number < least
    {
      faults.append("\(path): \(number) is below \(least)")
    }
    if case .object = value { checkMembers(of: value, schema, path: path) }
    if let items = schema["items"] {
      for (index, element) in value.elements.enumerated() {
        check(element, against: items, path: "\(path)[\(index)]")
      }
    }
  }

  private mutating func checkMembers(of value: ParsedJSON, _ schema: ParsedJSON, path: String) {
    for name in schema["required"]?.elements.compactMap(\.string) ?? []
    where value[name] == nil {
      faults.append("\(path): \(name) is missing")
    }
    for (name, member) in value.members {
      if let property = schema["properties"]?[name] {
        check(member, against: property, path: "\(path).\(name)")
      } else if case .boolean(false)? = schema["additionalProperties"] {
        faults.append("\(path): \(name) is not in the schema")
      } else if let others = schema["additionalProperties"] {
        check(member, against: others, path: "\(path).\(name)")
      }
    }
  }
}
