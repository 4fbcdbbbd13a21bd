import CYAML

// How it works: libyaml turns the text into events; a recursive descent makes nodes of them. An
// alias copies the node of its anchor (a shared array, no memory) and adds its full size to the
// count of nodes, so that a bomb of aliases ends at `mostNodes` and not in a walk without end.

extension YAMLNode {
  /// The most values of one document, aliases resolved; an onboarding mapping has some thousands.
  public static let mostNodes = 500_000
  /// The deepest nesting of lists and mappings; a mapping file needs seven.
  public static let deepestNesting = 64

  /// Reads the one document of a text in UTF-8, or in UTF-16 with a byte order mark.
  public static func parse(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode {
    try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(YAMLError) in
      var builder = unsafe NodeBuilder(buffer)
      return try builder.document()
    }
  }

  /// Reads the one document of a text.
  public static func parse(_ text: String) throws(YAMLError) -> YAMLNode {
    try parse(Array(text.utf8))
  }
}

extension YAMLMark {
  fileprivate init(_ mark: yaml_mark_t) { self.init(line: mark.line + 1, column: mark.column + 1) }
}

/// What an event tells, copied out of libyaml's memory.
private enum YAMLEvent {
  case document
  case documentEnd
  case streamEnd
  case alias(String)
  case scalar(String, YAMLNode.Style, anchor: String?)
  case sequence(anchor: String?)
  case mapping(anchor: String?)
  case end
  case other
}

/// The parser of libyaml and the buffer it reads; lives on the heap, since it points to itself.
@safe private struct EventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe self.bytes = unsafe bytes
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    precondition(unsafe yaml_parser_initialize(parser) == 1, "out of memory")
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
  }

  func next() throws(YAMLError) -> (event: YAMLEvent, mark: YAMLMark, endMark: YAMLMark) {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { unsafe yaml_event_delete(&event) }
    let marks = unsafe (YAMLMark(event.start_mark), YAMLMark(event.end_mark))
    return (try unsafe Self.copied(event, at: marks.0), marks.0, marks.1)
  }

  private func problem() -> YAMLError {
    if unsafe parser.pointee.error == YAML_READER_ERROR {
      return unsafe YAMLError(.notText, at: mark(ofOffset: parser.pointee.problem_offset))
    }
    let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) }
    return unsafe YAMLError(
      .syntax(words ?? "unknown"), at: YAMLMark(parser.pointee.problem_mark))
  }

  private func mark(ofOffset offset: Int) -> YAMLMark {
    let before = unsafe bytes.prefix(offset)
    let line = unsafe before.count { $0 == 0x0A } + 1
    let start = unsafe before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let last = unsafe String(decoding: bytes[start..<max(start, before.count)], as: UTF8.self)
    return YAMLMark(line: line, column: last.unicodeScalars.count + 1)
  }

  private static func copied(
    _ event: yaml_event_t, at mark: YAMLMark
  ) throws(YAMLError) -> YAMLEvent {
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: return .document
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_ALIAS_EVENT:
      return unsafe .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      try unsafe refuse(scalar.tag, at: mark)
      let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return unsafe .scalar(
        String(decoding: value, as: UTF8.self), style(scalar.style), anchor: text(scalar.anchor))
    case YAML_SEQUENCE_START_EVENT:
      try unsafe refuse(event.data.sequence_start.tag, at: mark)
      return unsafe .sequence(anchor: text(event.data.sequence_start.anchor))
    case YAML_MAPPING_START_EVENT:
      try unsafe refuse(event.data.mapping_start.tag, at: mark)
      return unsafe .mapping(anchor: text(event.data.mapping_start.anchor))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
    default: return .other
    }
  }

  private static func refuse(
    _ tag: UnsafeMutablePointer<UInt8>?, at mark: YAMLMark
  ) throws(YAMLError) {
    if let tag = unsafe text(tag) { throw YAMLError(.tag(tag), at: mark) }
  }

  private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
    default: .plain
    }
  }
}

/// Makes nodes of events.
private struct NodeBuilder: ~Copyable {
  private let events: EventReader
  private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
  private var count = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { events = unsafe EventReader(bytes) }

  mutating func document() throws(YAMLError) -> YAMLNode {
    var root: YAMLNode?
    while true {
      let (event, mark, _) = try events.next()
      switch event {
      case .document where root != nil: throw YAMLError(.severalDocuments, at: mark)
      case .document: root = try node(after: try events.next())
      case .streamEnd:
        guard let root, !root.isEmpty else { throw YAMLError(.empty, at: mark) }
        return root
      default: continue
      }
    }
  }

  private mutating func node(
    after head: (event: YAMLEvent, mark: YAMLMark, endMark: YAMLMark)
  ) throws(YAMLError) -> YAMLNode {
    let before = count
    try add(1, at: head.mark)
    switch head.event {
    case .alias(let name):
      guard let known = anchors[name] else { throw YAMLError(.unknownAnchor(name), at: head.mark) }
      try add(known.size, at: head.mark)
      return known.node
    case .scalar(let text, let style, let anchor):
      let node = YAMLNode(.scalar(text, style), mark: head.mark, endMark: head.endMark)
      return remember(node, as: anchor, since: before)
    case .sequence(let anchor):
      let (items, endMark) = try nested(at: head.mark) { (self) throws(YAMLError) in
        try self.sequence()
      }
      let node = YAMLNode(.sequence(items), mark: head.mark, endMark: endMark)
      return remember(node, as: anchor, since: before)
    case .mapping(let anchor):
      let (entries, endMark) = try nested(at: head.mark) { (self) throws(YAMLError) in
        try self.mapping()
      }
      let node = YAMLNode(.mapping(entries), mark: head.mark, endMark: endMark)
      return remember(node, as: anchor, since: before)
    default: throw YAMLError(.syntax("unexpected event"), at: head.mark)
    }
  }

  private mutating func sequence() throws(YAMLError) -> ([YAMLNode], YAMLMark) {
    var items: [YAMLNode] = []
    while true {
      let head = try events.next()
      if case .end = head.event { return (items, head.endMark) }
      items.append(try node(after: head))
    }
  }

  private mutating func mapping() throws(YAMLError) -> ([YAMLNode.Entry], YAMLMark) {
    var entries: [YAMLNode.Entry] = []
    var places: [String: YAMLMark] = [:]
    while true {
      let head = try events.next()
      if case .end = head.event { return (entries, head.endMark) }
      guard let key = try node(after: head).text else {
        throw YAMLError(.compoundKey, at: head.mark)
      }
      if let first = places.updateValue(head.mark, forKey: key) {
        throw YAMLError(.duplicateKey(key, first: first), at: head.mark)
      }
      let value = try node(after: try events.next())
      entries.append(YAMLNode.Entry(key: key, keyMark: head.mark, value: value))
    }
  }

  private mutating func nested<Result>(
    at mark: YAMLMark, _ body: (inout NodeBuilder) throws(YAMLError) -> Result
  ) throws(YAMLError) -> Result {
    guard depth < YAMLNode.deepestNesting else { throw YAMLError(.tooDeep, at: mark) }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func add(_ nodes: Int, at mark: YAMLMark) throws(YAMLError) {
    count += nodes
    guard count <= YAMLNode.mostNodes else { throw YAMLError(.tooLarge, at: mark) }
  }

  private mutating func remember(
    _ node: YAMLNode, as anchor: String?, since before: Int
  ) -> YAMLNode {
    if let anchor { anchors[anchor] = (node, count - before) }
    return node
  }
}
