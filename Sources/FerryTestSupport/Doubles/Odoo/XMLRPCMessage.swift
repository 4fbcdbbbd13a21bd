/// XML-RPC as a server takes and gives it.
///
/// Source: D. Winer, "XML-RPC Specification" (1999), and what Python's `xmlrpc` adds: no `nil`
/// unless both sides say so, whole numbers of 32 bits.
struct XMLRPCMessage {
  /// Why a body is no call.
  struct Fault: Error, Hashable {
    let reason: String
  }

  let method: String
  let params: [WireValue]

  /// Reads a call.
  init(_ bytes: [UInt8]) throws(Fault) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(reason: "not UTF-8")
    }
    var reader = XMLRPCReader(text)
    try reader.skipProlog()
    try reader.open("methodCall")
    try reader.open("methodName")
    method = try reader.text()
    try reader.close("methodName")
    var params: [WireValue] = []
    if try reader.opens("params") {
      while try reader.opens("param") {
        params.append(try reader.value())
        try reader.close("param")
      }
      try reader.close("params")
    }
    try reader.close("methodCall")
    self.params = params
  }

  /// An answer; `nil` where it holds null, which can't be marshalled.
  static func answer(_ value: WireValue) -> [UInt8]? {
    guard let text = marshalled(value) else { return nil }
    return whole("<params><param>\(text)</param></params>")
  }

  /// A fault in place of an answer.
  static func fault(_ code: Int, _ text: String) -> [UInt8] {
    let value: WireValue = ["faultCode": WireValue(code), "faultString": .string(text)]
    return whole("<fault>\(marshalled(value) ?? "")</fault>")
  }

  private static func whole(_ text: String) -> [UInt8] {
    Array("<?xml version='1.0'?>\n<methodResponse>\n\(text)\n</methodResponse>\n".utf8)
  }

  private static func marshalled(_ value: WireValue) -> String? {
    let inner: String
    switch value {
    case .null: return nil
    case .bool(let isTrue): inner = "<boolean>\(isTrue ? 1 : 0)</boolean>"
    case .number(let digits):
      let isWhole = digits.allSatisfy { $0.isNumber || $0 == "-" }
      guard !isWhole || Int32(digits) != nil else { return nil }
      inner = isWhole ? "<int>\(digits)</int>" : "<double>\(digits)</double>"
    case .string(let text): inner = "<string>\(escaped(text))</string>"
    case .list(let items):
      let parts = items.map { marshalled($0) }
      guard !parts.contains(nil) else { return nil }
      inner = "<array><data>\(parts.compactMap(\.self).joined())</data></array>"
    case .object(let members):
      let parts = members.sorted { $0.key < $1.key }.map { name, value in
        marshalled(value).map { "<member><name>\(escaped(name))</name>\($0)</member>" }
      }
      guard !parts.contains(nil) else { return nil }
      inner = "<struct>\(parts.compactMap(\.self).joined())</struct>"
    }
    return "<value>\(inner)</value>"
  }

  /// As Python escapes: what ends a line stands as it is.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

/// Reads the XML of one call from its beginning to its end.
private struct XMLRPCReader {
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) { rest = text[...].unicodeScalars }

  /// The declaration, but no document type.
  mutating func skipProlog() throws(XMLRPCMessage.Fault) {
    skipBlanks()
    guard rest.starts(with: "<?xml".unicodeScalars) else { return }
    while let scalar = rest.popFirst(), scalar != ">" {}
  }

  mutating func open(_ name: String) throws(XMLRPCMessage.Fault) {
    guard try opens(name) else { throw fault("<\(name)>") }
  }

  /// Whether a tag of that name comes next, which then is read.
  mutating func opens(_ name: String) throws(XMLRPCMessage.Fault) -> Bool {
    skipBlanks()
    return takes("<\(name)>")
  }

  mutating func close(_ name: String) throws(XMLRPCMessage.Fault) {
    skipBlanks()
    guard takes("</\(name)>") else { throw fault("</\(name)>") }
  }

  mutating func value() throws(XMLRPCMessage.Fault) -> WireValue {
    skipBlanks()
    if takes("<value/>") { return "" }
    try open("value")
    let isBare = !beginsWith("<")
    guard !isBare else { return .string(try ended(try text(), "value")) }
    skipBlanks()
    // What has no type is a text.
    if takes("</value>") { return "" }
    return try ended(try typed(), "value")
  }

  private mutating func ended<T>(_ value: T, _ name: String) throws(XMLRPCMessage.Fault) -> T {
    try close(name)
    return value
  }

  private mutating func typed() throws(XMLRPCMessage.Fault) -> WireValue {
    for name in ["string", "array", "struct"] where takes("<\(name)/>") {
      guard name == "string" else { throw fault("the inside of <\(name)>") }
      return ""
    }
    if try opens("array") { return try list() }
    if try opens("struct") { return try members() }
    for name in ["string", "int", "i4", "boolean", "double"] {
      guard try opens(name) else { continue }
      return try ended(try scalar(name, try text()), name)
    }
    throw fault("a type")
  }

  private func scalar(_ type: String, _ text: String) throws(XMLRPCMessage.Fault) -> WireValue {
    switch type {
    case "string": return .string(text)
    case "boolean":
      guard ["0", "1"].contains(text) else { throw fault("0 or 1") }
      return .bool(text == "1")
    case "double":
      guard Double(text) != nil, let number = try? WireValue(parsing: text), case .number = number
      else { throw fault("a number") }
      return number
    default:
      guard Int32(text) != nil else { throw fault("a whole number of 32 bits") }
      return .number(text)
    }
  }

  private mutating func list() throws(XMLRPCMessage.Fault) -> WireValue {
    var items: [WireValue] = []
    skipBlanks()
    if !takes("<data/>") {
      try open("data")
      while beginsWith("<value") {
        items.append(try value())
      }
      try close("data")
    }
    return try ended(.list(items), "array")
  }

  private mutating func members() throws(XMLRPCMessage.Fault) -> WireValue {
    var members: [String: WireValue] = [:]
    while try opens("member") {
      try open("name")
      let name = try ended(try text(), "name")
      members[name] = try ended(try value(), "member")
    }
    return try ended(.object(members), "struct")
  }

  /// Characters up to the next tag, references replaced, line ends as XML has them.
  ///
  /// Source: XML 1.0, sections 2.2, 2.11 and 4.6.
  mutating func text() throws(XMLRPCMessage.Fault) -> String {
    var out = String.UnicodeScalarView()
    while let next = rest.first, next != "<" {
      rest.removeFirst()
      switch next {
      case "&": out.append(try reference())
      case "\r":
        if rest.first == "\n" { rest.removeFirst() }
        out.append("\n")
      case _ where Self.isAllowed(next): out.append(next)
      default: throw fault("characters of XML")
      }
    }
    return String(out)
  }

  private mutating func reference() throws(XMLRPCMessage.Fault) -> Unicode.Scalar {
    var name = ""
    while let next = rest.popFirst(), next != ";" { name.unicodeScalars.append(next) }
    let known: [String: Unicode.Scalar] = [
      "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'",
    ]
    if let scalar = known[name] { return scalar }
    let code =
      name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
    guard name.hasPrefix("#"), let code, let scalar = Unicode.Scalar(code), Self.isAllowed(scalar)
    else { throw fault("a reference") }
    return scalar
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9, 10, 13, 0x20...0xFFFD, 0x10000...: true
    default: false
    }
  }

  private mutating func skipBlanks() {
    while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
  }

  /// Whether a text follows, blanks aside.
  private func beginsWith(_ text: String) -> Bool {
    rest.drop { $0.properties.isWhitespace }.starts(with: text.unicodeScalars)
  }

  private mutating func takes(_ text: String) -> Bool {
    guard rest.starts(with: text.unicodeScalars) else { return false }
    rest.removeFirst(text.unicodeScalars.count)
    return true
  }

  private func fault(_ wanted: String) -> XMLRPCMessage.Fault {
    XMLRPCMessage.Fault(reason: "expected \(wanted) at \(String(Substring(rest).prefix(20)))")
  }
}
