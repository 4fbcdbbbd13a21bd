import CLibXML2

/// An element of a small XML document, read by libxml2.
struct XMLElement: Sendable {
  let name: String
  /// The characters in it, without those of its children; references are replaced.
  private(set) var text = ""
  private(set) var children: [XMLElement] = []

  /// The outermost element; `nil` for what is no XML, or brings a document type with it.
  ///
  /// Nothing is fetched, and libxml2's own limits hold: 256 elements in each other, 10 MB a text.
  init?(document bytes: [UInt8]) {
    guard !bytes.isEmpty, let size = Int32(exactly: bytes.count) else { return nil }
    let options = [XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING]
      .reduce(Int32(0)) { $0 | Int32($1.rawValue) }
    let parsed = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe xmlReadMemory(characters.baseAddress, size, nil, nil, options)
      }
    }
    guard let document = unsafe parsed else { return nil }
    defer { unsafe xmlFreeDoc(document) }
    guard unsafe document.pointee.intSubset == nil,
      let root = unsafe xmlDocGetRootElement(document)
    else { return nil }
    unsafe self.init(root)
  }

  private init(_ node: xmlNodePtr) {
    name = unsafe node.pointee.name.map { unsafe String(cString: $0) } ?? ""
    var next = unsafe node.pointee.children
    while let child = unsafe next {
      switch unsafe child.pointee.type {
      case XML_ELEMENT_NODE: children.append(unsafe XMLElement(child))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        text += unsafe child.pointee.content.map { unsafe String(cString: $0) } ?? ""
      default: break
      }
      unsafe next = child.pointee.next
    }
  }

  /// The first child of that name.
  func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}
