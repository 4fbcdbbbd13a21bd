import FerryCore

/// What the records of one batch held before it, packed.
///
/// First the number of field names and the names, each with its length. Then for each record its place
/// in the plan, external id and store id, the number of its fields, and for each field the number of
/// its name, one byte of what follows (0 nothing: it was null; 1 the old text; 2 the old text and the
/// store id that stood for it), and that. Numbers are LEB128; a text has its length before it.
struct BeforeBlock {
  private enum Form {
    static let null: UInt8 = 0
    static let text: UInt8 = 1
    static let reference: UInt8 = 2
  }

  private(set) var bytes = Bytes()
  private(set) var count = 0

  /// Starts a block of records whose fields have these names.
  init(fieldNames: some Collection<String>) {
    bytes.append(leb128: fieldNames.count)
    for name in fieldNames { Self.append(Bytes(name.utf8).span, to: &bytes) }
  }

  /// Adds a record; `fields` is what ``append(_:place:_:to:)`` wrote for it.
  mutating func append(
    seq: Int, externalID: Span<UInt8>, storeID: Span<UInt8>, fieldCount: Int, fields: Span<UInt8>
  ) {
    bytes.append(leb128: seq)
    Self.append(externalID, to: &bytes)
    Self.append(storeID, to: &bytes)
    bytes.append(leb128: fieldCount)
    bytes.append(copying: fields)
    count += 1
  }

  /// Writes what one field of a record held; `place` is the number of its name.
  static func append(
    _ field: ParsedField, place: Int, _ parsed: ParsedFields, to bytes: inout Bytes
  ) {
    bytes.append(leb128: place)
    guard case .text(let old) = field.old else { return bytes.append(Form.null) }
    let text = parsed.text.span
    guard case .text(let id) = field.oldID else {
      bytes.append(Form.text)
      return append(text.extracting(old), to: &bytes)
    }
    bytes.append(Form.reference)
    append(text.extracting(old), to: &bytes)
    append(text.extracting(id), to: &bytes)
  }

  private static func append(_ text: Span<UInt8>, to bytes: inout Bytes) {
    bytes.append(leb128: text.count)
    bytes.append(copying: text)
  }

  /// The records of a block, in order; `nil` where it is damaged.
  static func images(in bytes: Span<UInt8>) -> [BeforeImage]? {
    var reader = Reader()
    guard let nameCount = reader.number(in: bytes), nameCount <= bytes.count else { return nil }
    var names: [String] = []
    for _ in 0..<nameCount {
      guard let name = reader.text(in: bytes) else { return nil }
      names.append(name)
    }
    var found: [BeforeImage] = []
    while reader.offset < bytes.count {
      guard let image = reader.image(in: bytes, names) else { return nil }
      found.append(image)
    }
    return found
  }

  private struct Reader {
    var offset = 0

    mutating func image(in bytes: Span<UInt8>, _ names: [String]) -> BeforeImage? {
      guard let seq = number(in: bytes), let externalID = text(in: bytes),
        let storeID = text(in: bytes), let count = number(in: bytes), count <= bytes.count
      else { return nil }
      var fields: [BeforeImage.Field] = []
      fields.reserveCapacity(count)
      for _ in 0..<count {
        guard let field = field(in: bytes, names) else { return nil }
        fields.append(field)
      }
      return BeforeImage(seq: seq, externalID: externalID, storeID: storeID, fields: fields)
    }

    private mutating func field(in bytes: Span<UInt8>, _ names: [String]) -> BeforeImage.Field? {
      guard let place = number(in: bytes), names.indices.contains(place), offset < bytes.count
      else { return nil }
      let form = bytes[offset]
      offset += 1
      switch form {
      case Form.null: return BeforeImage.Field(name: names[place], old: "", oldLabel: nil)
      case Form.text:
        guard let old = text(in: bytes) else { return nil }
        return BeforeImage.Field(name: names[place], old: old, oldLabel: old)
      case Form.reference:
        guard let label = text(in: bytes), let id = text(in: bytes) else { return nil }
        return BeforeImage.Field(name: names[place], old: id, oldLabel: label)
      default: return nil
      }
    }

    mutating func number(in bytes: Span<UInt8>) -> Int? { bytes.leb128(at: &offset) }

    mutating func text(in bytes: Span<UInt8>) -> String? {
      guard let count = number(in: bytes), count <= bytes.count - offset else { return nil }
      defer { offset += count }
      return bytes.extracting(offset..<offset + count).text
    }
  }
}

/// What a record held before a run changed or removed it.
struct BeforeImage {
  /// A field of it.
  struct Field {
    let name: String
    /// In the store's words: a reference by its id; empty for nothing.
    let old: String
    /// What people call that.
    let oldLabel: String?
  }

  let seq: Int
  let externalID: String
  let storeID: String
  /// The fields that were changed; of a removed record all that it held.
  let fields: [Field]
}
