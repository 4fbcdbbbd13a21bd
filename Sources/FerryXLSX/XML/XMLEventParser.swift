import CLibXML2
import FerryCore

/// One attribute, its value with all references replaced.
struct XMLAttribute {
  /// The name without a prefix.
  let name: String
  /// The namespace, or the prefix where nothing declares it; `nil` for a name without a prefix.
  let namespace: String?
  let value: String
}

extension [XMLAttribute] {
  /// The value of the attribute of that name without a namespace.
  func value(_ name: String) -> String? {
    first { $0.name == name && $0.namespace == nil }?.value
  }
}

/// Gets what libxml2 finds, in the order of the document.
protocol XMLEventHandler: AnyObject {
  /// An element begins; `name` is without a prefix.
  func startElement(_ name: String, attributes: [XMLAttribute])
  /// An element ends.
  func endElement(_ name: String)
  /// Some characters; one text may come in several pieces.
  func text(_ characters: Span<UInt8>)
}

/// Why libxml2 stopped.
struct XMLFault: Error {
  enum Kind {
    case malformed
    /// There is a document type declaration.
    case documentType
    /// Elements lie deeper in each other than ``Limits/nesting``.
    case tooDeep
  }

  var kind = Kind.malformed
  /// How many bytes were read before it.
  let offset: Int
  let reason: String
}

/// Reads XML of any encoding with libxml2, piece by piece.
///
/// A document type declaration is a fault: a workbook may not have one (ECMA-376 Part 2, 8.1.4),
/// and XML bombs are made of the entities that it defines. Nothing is ever fetched.
@safe
final class XMLEventParser {
  private let handler: any XMLEventHandler
  private var context: xmlParserCtxtPtr?
  // The first bytes, until there are enough to tell the encoding.
  private var head = ContiguousArray<UInt8>()
  private var fault: XMLFault?
  private var depth = 0

  init(_ handler: any XMLEventHandler) {
    self.handler = handler
    unsafe context = nil
  }

  deinit { unsafe xmlFreeParserCtxt(context) }

  /// Parses the next piece; `isLast` ends the document.
  func parse(_ bytes: Span<UInt8>, isLast: Bool) throws(XMLFault) {
    if unsafe context == nil {
      head.append(copying: bytes)
      guard head.count >= 4 || isLast else { return }
      let first = head
      head = []
      unsafe context = makeContext()
      try feed(first.span, isLast: isLast)
    } else {
      try feed(bytes, isLast: isLast)
    }
  }

  private var offset: Int { max(0, unsafe xmlByteConsumed(context)) }

  private func feed(_ bytes: Span<UInt8>, isLast: Bool) throws(XMLFault) {
    let status = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe xmlParseChunk(
          context, characters.baseAddress, Int32(characters.count), isLast ? 1 : 0)
      }
    }
    if let fault { throw fault }
    // Codes below 100 and some others are warnings; libxml2 then still calls it well-formed.
    guard status != 0, unsafe context?.pointee.wellFormed == 0 else { return }
    throw XMLFault(offset: offset, reason: "not well-formed (libxml2 code \(status))")
  }

  private func makeContext() -> xmlParserCtxtPtr? {
    var sax = unsafe xmlSAXHandler()
    unsafe sax.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe sax.startElementNs = { context, name, _, _, _, _, count, _, attributes in
      unsafe XMLEventParser.of(context)?.started(name, count, attributes)
    }
    unsafe sax.endElementNs = { context, name, _, _ in
      unsafe XMLEventParser.of(context)?.ended(name)
    }
    let characters: charactersSAXFunc = { context, text, count in
      unsafe XMLEventParser.of(context)?.found(text, count)
    }
    unsafe sax.characters = characters
    unsafe sax.ignorableWhitespace = characters
    unsafe sax.cdataBlock = characters
    unsafe sax.internalSubset = { context, _, _, _ in
      unsafe XMLEventParser.of(context)?
        .stop(because: "a document type declaration", .documentType)
    }
    unsafe sax.reference = { context, name in
      unsafe XMLEventParser.of(context)?.stop(because: "an entity that XML does not define")
    }
    unsafe sax.serror = { context, error in
      unsafe XMLEventParser.of(context)?.failed(error)
    }
    let own = unsafe Unmanaged.passUnretained(self).toOpaque()
    let made = unsafe xmlCreatePushParserCtxt(&sax, own, nil, 0, nil)
    unsafe xmlCtxtUseOptions(made, Int32(XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue))
    return unsafe made
  }
}

// MARK: - What libxml2 calls

extension XMLEventParser {
  private static func of(_ context: UnsafeMutableRawPointer?) -> XMLEventParser? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<XMLEventParser>.fromOpaque(context).takeUnretainedValue()
  }

  // Attributes come as five pointers each: name, prefix, namespace, value, value's end.
  private func started(
    _ name: UnsafePointer<xmlChar>?, _ count: Int32,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard fault == nil else { return }
    depth += 1
    guard depth <= Limits.nesting else {
      stop(because: "elements in elements", .tooDeep)
      return
    }
    var list: [XMLAttribute] = []
    for index in 0..<Int(count) {
      guard let fields = unsafe attributes?.advanced(by: index * 5),
        let start = unsafe fields[3], let end = unsafe fields[4]
      else { continue }
      let value = unsafe UnsafeBufferPointer(start: start, count: end - start)
      list.append(
        XMLAttribute(
          name: unsafe Self.string(fields[0]),
          namespace: unsafe (fields[2] ?? fields[1]).map { unsafe Self.string($0) },
          value: unsafe String(decoding: value, as: UTF8.self)))
    }
    handler.startElement(unsafe Self.string(name), attributes: list)
  }

  private func ended(_ name: UnsafePointer<xmlChar>?) {
    guard fault == nil else { return }
    depth -= 1
    handler.endElement(unsafe Self.string(name))
  }

  private func found(_ text: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard fault == nil, let text = unsafe text else { return }
    unsafe handler.text(Span(_unsafeStart: text, count: Int(count)))
  }

  private func failed(_ error: xmlErrorPtr?) {
    guard let error = unsafe error, unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue
    else { return }
    let isFatal = unsafe error.pointee.level == XML_ERR_FATAL
    guard fault == nil, isFatal else { return }
    let message = unsafe error.pointee.message.map { unsafe String(cString: $0) } ?? ""
    fault = XMLFault(offset: offset, reason: String(message.prefix { $0 != "\n" }))
  }

  private func stop(because reason: String, _ kind: XMLFault.Kind = .malformed) {
    guard fault == nil else { return }
    fault = XMLFault(kind: kind, offset: offset, reason: reason)
    unsafe xmlStopParser(context)
  }

  private static func string(_ characters: UnsafePointer<xmlChar>?) -> String {
    guard let characters = unsafe characters else { return "" }
    return unsafe String(cString: characters)
  }
}
