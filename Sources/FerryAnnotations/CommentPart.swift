import FerryCore
import Foundation

/// The comments of a sheet, with those of marked cells added.
///
/// A cell that has a comment keeps it; ours follows it.
///
/// Source: ECMA-376 Part 1, 18.7 (comments).
struct CommentPart {
  /// Who signs.
  static let author = "Ferry"

  private let kinds: WorkbookNamespaces

  init(_ kinds: WorkbookNamespaces) { self.kinds = kinds }

  /// A new part.
  func new(_ marks: [CellMark]) -> ContiguousArray<UInt8> {
    let list = marks.map { comment($0, author: 0, prefix: "") }
    return ContiguousArray(
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <comments xmlns="\(kinds.main)"><authors><author>\(Self.author)</author></authors>\
      <commentList>\(list.joined())</commentList></comments>
      """.utf8)
  }

  /// A part that is there, with more comments, and the cells that had one already.
  func added(
    _ marks: [CellMark], to part: SmallPart
  ) throws(AnnotationError) -> (bytes: ContiguousArray<UInt8>, known: Set<CellAddress>) {
    guard let authors = part.first("authors"), let list = part.first("commentList") else {
      throw .oddPart(part.name)
    }
    let prefix = part.prefix(of: list)
    var edits = PartEdits()
    let author = part.children(of: authors).count
    part.append(
      "<\(prefix)author>\(Self.author)</\(prefix)author>", to: authors, &edits)
    var texts: [CellAddress: CellMark] = [:]
    for mark in marks { texts[mark.address] = mark }
    var known: Set<CellAddress> = []
    for comment in part.all("comment") {
      guard let address = part.value("ref", of: comment).flatMap({ CellAddress($0) }) else {
        continue
      }
      known.insert(address)
      if let mark = texts[address] { append(mark, to: comment, of: part, &edits) }
    }
    let new = marks.filter { !known.contains($0.address) }
    part.append(
      new.map { self.comment($0, author: author, prefix: prefix) }.joined(), to: list, &edits)
    return (edits.applied(to: part.bytes), known)
  }

  private func append(
    _ mark: CellMark, to comment: XMLElement, of part: SmallPart, _ edits: inout PartEdits
  ) {
    guard let text = part.children(of: comment).first(where: { part.isNamed("text", $0) }) else {
      return
    }
    let prefix = part.prefix(of: comment)
    let own = "\n— \(Self.author) —\n\(mark.text)"
    // Plain text before runs would be passed over by some programs: it becomes a run, too.
    for child in part.children(of: text) where part.isNamed("t", child) {
      edits.insert("<\(prefix)r>", at: child.range.lowerBound)
      edits.insert("</\(prefix)r>", at: child.range.upperBound)
    }
    let after = part.children(of: text).first {
      part.isNamed("rPh", $0) || part.isNamed("phoneticPr", $0)
    }
    if let after {
      edits.insert(run(own, prefix), at: after.range.lowerBound)
    } else {
      part.append(run(own, prefix), to: text, &edits)
    }
  }

  private func comment(_ mark: CellMark, author: Int, prefix: String) -> String {
    "<\(prefix)comment ref=\"\(mark.address)\" authorId=\"\(author)\"><\(prefix)text>"
      + run(mark.text, prefix) + "</\(prefix)text></\(prefix)comment>"
  }

  private func run(_ text: String, _ prefix: String) -> String {
    "<\(prefix)r><\(prefix)t xml:space=\"preserve\">\(XMLText.encodedCell(text))</\(prefix)t>"
      + "</\(prefix)r>"
  }
}

/// The drawing that comments of a sheet are shown by, in the old way that every program knows.
///
/// Source: ECMA-376 Part 4, 19.4 (VML, spreadsheet drawings).
struct CommentDrawing {
  private let marks: [CellMark]

  init(_ marks: [CellMark]) { self.marks = marks }

  private static let firstShape = 1025
  private static let shapesOfBlock = 1024
  private static let shapeType = """
    <v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
    <v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
    """
  private static let names = """
    xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
    xmlns:x="urn:schemas-microsoft-com:office:excel"
    """

  /// A new drawing.
  func new() -> ContiguousArray<UInt8> {
    let blocks = (0...marks.count / Self.shapesOfBlock).map { String($0 + 1) }
    return ContiguousArray(
      """
      <xml \(Self.names)><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" \
      data="\(blocks.joined(separator: ","))"/></o:shapelayout>\(Self.shapeType)\
      \(shapes(from: Self.firstShape))</xml>
      """.utf8)
  }

  /// A drawing that is there, with more shapes; it need not be well-formed XML.
  func added(
    to bytes: ContiguousArray<UInt8>, of part: String
  ) throws(AnnotationError) -> ContiguousArray<UInt8> {
    let text = String(decoding: bytes, as: UTF8.self)
    guard ContiguousArray(text.utf8) == bytes,
      let end = text.range(of: "</xml", options: .backwards)
    else { throw .oddPart(part) }
    let numbers = text.matches(of: #/_x0000_s(\d{1,9})/#).compactMap { Int($0.output.1) }
    let type = text.contains("\"_x0000_t202\"") ? "" : Self.shapeType
    let first = max(Self.firstShape, (numbers.max() ?? 0) + 1)
    // The namespaces are those of the shapes themselves: the drawing may call them otherwise.
    let added = type.isEmpty && shapes(from: first).isEmpty ? "" : type + shapes(from: first)
    let own = added.replacing("<v:shape ", with: "<v:shape \(Self.names) ")
      .replacing("<v:shapetype ", with: "<v:shapetype \(Self.names) ")
    return ContiguousArray((text[..<end.lowerBound] + own + text[end.lowerBound...]).utf8)
  }

  private func shapes(from first: Int) -> String {
    marks.enumerated().map { index, mark in shape(mark, number: first + index) }.joined()
  }

  private func shape(_ mark: CellMark, number: Int) -> String {
    let row = mark.address.rowNumber - 1
    let column = mark.address.columnIndex
    let lines = mark.text.split(separator: "\n").reduce(0) { $0 + 1 + $1.count / 24 }
    let anchor =
      "\(column + 1), 12, \(max(0, row - 1)), 4, \(column + 4), 24, \(row + 3 + lines), 4"
    return """
      <v:shape id="_x0000_s\(number)" type="#_x0000_t202" style="position:absolute;\
      margin-left:60pt;margin-top:2pt;width:200pt;height:80pt;z-index:\(number - 1024);\
      visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>\
      <v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
      <v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
      <x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>\
      <x:Anchor>\(anchor)</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>\(row)</x:Row>\
      <x:Column>\(column)</x:Column></x:ClientData></v:shape>
      """
  }
}

/// Replies in threads of comments, which new programs show in place of the old comment.
///
/// Source: [MS-XLSX] 2.6.205 (CT_ThreadedComment), 2.6.202 (CT_Person).
enum ThreadReplies {
  static let person = "{6F2B5C1E-0B5A-4D6E-9C0F-46455252590A}"

  /// The threads with a reply to each marked cell's.
  static func added(_ marks: [CellMark], to part: SmallPart) -> ContiguousArray<UInt8>? {
    guard let list = part.first("ThreadedComments") else { return nil }
    var texts: [CellAddress: CellMark] = [:]
    for mark in marks { texts[mark.address] = mark }
    var replies = ""
    let prefix = part.prefix(of: list)
    for (index, thread) in part.all("threadedComment").enumerated() {
      guard let address = part.value("ref", of: thread).flatMap({ CellAddress($0) }),
        part.value("parentId", of: thread) == nil, let mark = texts.removeValue(forKey: address),
        let parent = part.value("id", of: thread)
      else { continue }
      let digits = String(index + 1, radix: 16, uppercase: true)
      let number = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
      replies +=
        "<\(prefix)threadedComment ref=\"\(address)\" dT=\"2024-06-30T00:00:00.00\" "
        + "personId=\"\(person)\" id=\"{6F2B5C1E-0B5A-4D6E-9C0F-\(number)}\" "
        + "parentId=\"\(XMLText.encoded(parent))\"><\(prefix)text>\(XMLText.encoded(mark.text))"
        + "</\(prefix)text></\(prefix)threadedComment>"
    }
    guard !replies.isEmpty else { return nil }
    var edits = PartEdits()
    part.append(replies, to: list, &edits)
    return edits.applied(to: part.bytes)
  }

  /// The people with Ferry among them; `nil` where it is there.
  static func addedPerson(to part: SmallPart) -> ContiguousArray<UInt8>? {
    guard let list = part.first("personList"),
      !part.all("person").contains(where: { part.value("id", of: $0) == person })
    else { return nil }
    let prefix = part.prefix(of: list)
    var edits = PartEdits()
    part.append(
      "<\(prefix)person displayName=\"\(CommentPart.author)\" id=\"\(person)\" "
        + "userId=\"\(CommentPart.author)\" providerId=\"None\"/>", to: list, &edits)
    return edits.applied(to: part.bytes)
  }
}
