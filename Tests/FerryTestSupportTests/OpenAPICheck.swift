import FerryTestSupport
import Foundation

/// Holds requests and answers against a vendor's OpenAPI 3.0 files, as far as those use JSON Schema.
struct OpenAPICheck {
  private struct Operation {
    let method: String
    let path: [String]
    let body: WireValue
    let spec: Int
  }

  private var specs: [WireValue] = []
  private var operations: [Operation] = []

  /// Reads the files of that prefix beside the checkout; `nil` where there are none.
  init?(prefix: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "../shared/contracts/specs").standardizedFileURL
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where name.hasPrefix(prefix) && name.hasSuffix(".json") {
      let text = try Data(contentsOf: folder.appending(path: name))
      let spec = try WireValue(parsing: Array(text))
      for (path, methods) in spec["paths"]?.object ?? [:] {
        for (method, body) in methods.object ?? [:] {
          operations.append(
            Operation(
              method: method.uppercased(), path: Self.parts(path), body: body, spec: specs.count))
        }
      }
      specs.append(spec)
    }
    guard !specs.isEmpty else { return nil }
  }

  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init)
  }

  /// What is wrong with an exchange; `nil` where no file knows the path.
  func faults(_ request: HTTPRequest, _ response: HTTPResponse) -> [String]? {
    let fitting = operations.filter { operation in
      let parts = Self.parts(request.path)
      return operation.method == request.method && operation.path.count == parts.count
        && zip(operation.path, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
    // A path that is spelt out says more than one with placeholders.
    let best = fitting.min { left, right in
      left.path.count { $0.hasPrefix("{") } < right.path.count { $0.hasPrefix("{") }
    }
    guard let best else { return nil }
    var faults: [String] = []
    if response.status < 400, let schema = Self.schema(best.body["requestBody"]) {
      check(request.json ?? nil, schema, "request", best.spec, &faults)
    }
    let answers = best.body["responses"]
    guard let answer = answers?[String(response.status)] ?? answers?["default"] else {
      return faults + ["no answer of status \(response.status)"]
    }
    if response.status < 400, answers?[String(response.status)] == nil {
      faults.append("no answer of status \(response.status)")
    }
    if let schema = Self.schema(answer) {
      check(response.json ?? nil, schema, "answer", best.spec, &faults)
    }
    return faults
  }

  private static func schema(_ part: WireValue?) -> WireValue? {
    part?["content"]?.object?.first { $0.key != "" }?.value["schema"]
  }

  private func check(
    _ value: WireValue, _ schema: WireValue, _ place: String, _ spec: Int, _ faults: inout [String]
  ) {
    if let name = schema["$ref"]?.string?.split(separator: "/").last {
      let found = specs[spec]["components"]?["schemas"]?[String(name)]
      return check(value, found ?? [:], place, spec, &faults)
    }
    if value == .null, schema["nullable"] == true { return }
    switch schema["type"]?.string {
    case "object": checkObject(value, schema, place, spec, &faults)
    case "array":
      guard let list = value.list else { return faults.append("\(place) is no array") }
      for (index, element) in list.enumerated() {
        check(element, schema["items"] ?? [:], "\(place)[\(index)]", spec, &faults)
      }
    case "string":
      guard let text = value.string else { return faults.append("\(place) is no string") }
      if let options = schema["enum"]?.strings, !options.contains(text) {
        faults.append("\(place) is \(text)")
      }
      if schema["format"] == "date-time", !text.hasSuffix("Z") {
        faults.append("\(place) is no instant")
      }
    case "integer": if value.integer == nil { faults.append("\(place) is no integer") }
    case "number": if case .number = value {} else { faults.append("\(place) is no number") }
    case "boolean": if value.bool == nil { faults.append("\(place) is no boolean") }
    default: break
    }
  }

  private func checkObject(
    _ value: WireValue, _ schema: WireValue, _ place: String, _ spec: Int, _ faults: inout [String]
  ) {
    guard let members = value.object else { return faults.append("\(place) is no object") }
    for name in schema["required"]?.strings ?? [] where members[name] == nil {
      faults.append("\(place) lacks \(name)")
    }
    let properties = schema["properties"]?.object
    for (name, member) in members {
      if let known = properties?[name] {
        check(member, known, "\(place).\(name)", spec, &faults)
      } else if let other = schema["additionalProperties"], other.object != nil {
        check(member, other, "\(place).\(name)", spec, &faults)
      } else if properties != nil {
        faults.append("\(place) has \(name)")
      }
    }
  }
}
