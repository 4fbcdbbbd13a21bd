import FerryCore
import FerryXLSX

// How it works: a copy of the archive is written part by part. A part that nothing has to be changed
// in is copied as it is packed; the others are patched as bytes. Sheets come before the styles,
// since only then it is known which styles marked cells need.

/// Writes a copy of a workbook with marked cells and the sheet of questions.
struct WorkbookPatch {
  private let archive: WorkbookArchive
  private let annotations: Annotations
  private let language: Language
  private let kinds: WorkbookNamespaces
  private let writer: ZipWriter
  private let styles: StyleBook
  private let stylesPart: String
  private let hasStyles: Bool
  private let sheets: [(name: String, part: String?)]
  private let names: (questions: String, memory: String)
  /// What new content of the archive is, as `[Content_Types].xml` must say.
  private var types: [String: String] = [:]
  private var needsDrawingType = false
  /// Parts that are written already.
  private var done: Set<String> = []
  private var taken: Set<String>

  private static let typesPart = "[Content_Types].xml"

  /// Reads what has to be known of the workbook; the file at `path` is made.
  init(
    _ archive: WorkbookArchive, _ annotations: Annotations, _ language: Language, to path: String
  ) throws {
    self.archive = archive
    self.annotations = annotations
    self.language = language
    let workbook = try SmallPart(archive.workbookPart, archive.bytes(of: archive.workbookPart))
    let isStrict = workbook.bytes.span.text(workbook.elements[0].open.range).contains(
      "purl.oclc.org")
    kinds = isStrict ? .strict : .transitional
    sheets = try archive.worksheets()
    names = QuestionSheet.names(besides: sheets.map(\.name), language)
    let links = try archive.links(of: archive.workbookPart)
    let named = links.first { $0.kind == "styles" && archive.spelling($0.target) != nil }
    hasStyles = named != nil
    stylesPart = named.flatMap { archive.spelling($0.target) } ?? "xl/ferryStyles.xml"
    let styleBytes =
      named == nil ? ContiguousArray(StyleBook.plain.utf8) : try archive.bytes(of: stylesPart)
    styles = try StyleBook(SmallPart(stylesPart, styleBytes))
    taken = Set(archive.parts.map { $0.name.lowercased() })
    writer = try ZipWriter(path: path)
  }

  /// Writes the copy.
  mutating func write() throws {
    let marks = Dictionary(grouping: annotations.marks, by: \.sheet)
    for sheet in sheets {
      guard let part = sheet.part.flatMap({ archive.spelling($0) }) else { continue }
      let marked = (marks[sheet.name] ?? []).sorted { $0.address < $1.address }
      if !marked.isEmpty {
        try write(part, marked)
      } else if try isSelected(part) {
        try patch(part, [], drawing: nil)
      }
    }
    try writeQuestions()
    try add(stylesPart, styles.bytes())
    if !hasStyles { types[stylesPart] = WorkbookNamespaces.stylesType }
    try writeTypes()
    for part in archive.parts where !done.contains(part.name) {
      try writer.copy(part, of: archive)
    }
    try writer.finish()
  }

  private mutating func add(_ part: String, _ bytes: ContiguousArray<UInt8>) throws {
    done.insert(part)
    try writer.add(part, bytes)
  }

  private mutating func freeName(_ start: String, _ end: String) -> String {
    var number = 1
    while taken.contains("\(start)\(number)\(end)".lowercased()) { number += 1 }
    taken.insert("\(start)\(number)\(end)".lowercased())
    return "\(start)\(number)\(end)"
  }

  // MARK: - Sheets

  // Only the head of the sheet is looked at.
  private func isSelected(_ part: String) throws -> Bool {
    struct Found: Error { let isSelected: Bool }
    var head = ContiguousArray<UInt8>()
    do {
      try archive.read(part) { (bytes) throws(Found) in
        unsafe bytes.withUnsafeBufferPointer { unsafe head.append(contentsOf: $0) }
        var place = 0
        while case .tag(let tag) = XMLTag.next(in: head.span, from: place, to: head.count) {
          place = tag.range.upperBound
          if head.span.equals("sheetData", tag.name) { throw Found(isSelected: false) }
          guard head.span.equals("sheetView", tag.name) else { continue }
          if tag.attribute("tabSelected", in: head.span) != nil { throw Found(isSelected: true) }
        }
      }
    } catch let found as Found {
      return found.isSelected
    }
    return false
  }

  private mutating func patch(_ part: String, _ marks: [CellMark], drawing: String?) throws {
    let (archive, styles) = (archive, styles)
    done.insert(part)
    try writer.add(part) { put in
      try withoutActuallyEscaping(put) { put in
        let patcher = SheetPatcher(
          part: part, marks: marks, styles: styles, legacyDrawing: drawing, put: put)
        try archive.read(part) { (bytes) throws in try patcher.take(bytes) }
        try patcher.finish()
      }
    }
  }

  private mutating func write(_ part: String, _ marks: [CellMark]) throws {
    let links = try archive.links(of: part)
    let comments = links.first { $0.kind == "comments" && archive.spelling($0.target) != nil }
    let drawing = links.first { $0.kind == "vmlDrawing" && isForComments($0, of: comments) }
    var added: [(id: String, kind: String, target: String)] = []
    var known: Set<CellAddress> = []
    if let name = comments.flatMap({ archive.spelling($0.target) }) {
      let part = try SmallPart(name, archive.bytes(of: name))
      let result = try CommentPart(kinds).added(marks, to: part)
      known = result.known
      try add(name, result.bytes)
    } else {
      let name = freeName("xl/ferryComments", ".xml")
      try add(name, CommentPart(kinds).new(marks))
      types[name] = WorkbookNamespaces.commentsType
      added.append(("rIdFerryComments", "comments", name))
    }
    let shapes = CommentDrawing(marks.filter { !known.contains($0.address) })
    var element: String?
    if let name = drawing.flatMap({ archive.spelling($0.target) }) {
      try add(name, shapes.added(to: archive.bytes(of: name), of: name))
    } else {
      let name = freeName("xl/drawings/ferryDrawing", ".vml")
      try add(name, shapes.new())
      needsDrawingType = true
      added.append(("rIdFerryDrawing", "vmlDrawing", name))
    }
    if added.contains(where: { $0.kind == "vmlDrawing" }) {
      element =
        "<legacyDrawing xmlns=\"\(kinds.main)\" xmlns:r=\"\(kinds.links)\" "
        + "r:id=\"rIdFerryDrawing\"/>"
    }
    try addReplies(marks, links)
    try addLinks(added, to: part)
    try patch(part, marks, drawing: element)
  }

  // A sheet may also have a drawing for pictures in its header: comments come with the first one.
  private func isForComments(
    _ link: WorkbookArchive.Link, of comments: WorkbookArchive.Link?
  ) -> Bool {
    guard comments != nil, let name = archive.spelling(link.target) else { return false }
    // What can't be read shows when it is patched.
    let bytes = (try? archive.bytes(of: name)) ?? []
    return String(decoding: bytes, as: UTF8.self).contains("ObjectType=\"Note\"")
  }

  private mutating func addReplies(
    _ marks: [CellMark], _ links: [WorkbookArchive.Link]
  ) throws {
    let threads = links.filter { $0.kind == "threadedComment" }
    var isReplied = false
    for name in threads.compactMap({ archive.spelling($0.target) }) {
      guard let bytes = ThreadReplies.added(marks, to: try SmallPart(name, archive.bytes(of: name)))
      else { continue }
      try add(name, bytes)
      isReplied = true
    }
    guard isReplied else { return }
    let people = try archive.links(of: archive.workbookPart).filter { $0.kind == "person" }
    for name in people.compactMap({ archive.spelling($0.target) }) where !done.contains(name) {
      let part = try SmallPart(name, archive.bytes(of: name))
      if let bytes = ThreadReplies.addedPerson(to: part) { try add(name, bytes) }
    }
  }

  // MARK: - Lists

  /// Adds lines to the relationships of a part, which may have none so far.
  private mutating func addLinks(
    _ links: [(id: String, kind: String, target: String)], to part: String
  ) throws {
    guard !links.isEmpty else { return }
    let wanted = WorkbookArchive.linksPart(of: part)
    let kinds = kinds
    let lines = { (prefix: String) in
      links.map {
        "<\(prefix)Relationship Id=\"\($0.id)\" Type=\"\(kinds.links)/\($0.kind)\" "
          + "Target=\"/\(XMLText.encoded($0.target))\"/>"
      }.joined()
    }
    guard let name = archive.spelling(wanted) else {
      let text = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="\(WorkbookNamespaces.package)">\(lines(""))</Relationships>
        """
      return try add(wanted, ContiguousArray(text.utf8))
    }
    let list = try SmallPart(name, archive.bytes(of: name))
    var edits = PartEdits()
    let root = list.elements[0]
    list.append(lines(list.prefix(of: root)), to: root, &edits)
    try add(name, edits.applied(to: list.bytes))
  }

  private mutating func writeTypes() throws {
    guard let name = archive.spelling(Self.typesPart) else {
      throw AnnotationError.oddPart(Self.typesPart)
    }
    let list = try SmallPart(name, archive.bytes(of: name))
    let root = list.elements[0]
    let prefix = list.prefix(of: root)
    let hasDrawings = list.all("Default").contains {
      list.value("Extension", of: $0)?.lowercased() == "vml"
    }
    var edits = PartEdits()
    if needsDrawingType, !hasDrawings {
      edits.insert(
        "<\(prefix)Default Extension=\"vml\" ContentType=\"\(WorkbookNamespaces.drawingType)\"/>",
        at: root.content.lowerBound)
    }
    let overrides = types.sorted { $0.key < $1.key }.map {
      "<\(prefix)Override PartName=\"/\($0.key)\" ContentType=\"\($0.value)\"/>"
    }
    list.append(overrides.joined(), to: root, &edits)
    try add(name, edits.applied(to: list.bytes))
  }

  // MARK: - Questions

  private mutating func writeQuestions() throws {
    let sheet = QuestionSheet(annotations, kinds, language)
    let part = freeName("xl/worksheets/ferryQuestions", ".xml")
    let memory = freeName("xl/worksheets/ferryCells", ".xml")
    try add(part, sheet.bytes(styles.style))
    try add(memory, sheet.memoryBytes())
    for name in [part, memory] { types[name] = WorkbookNamespaces.sheetType }
    var added = [
      ("rIdFerryQuestions", "worksheet", part), ("rIdFerryCells", "worksheet", memory),
    ]
    if !hasStyles { added.append(("rIdFerryStyles", "styles", stylesPart)) }
    try addLinks(added.map { (id: $0.0, kind: $0.1, target: $0.2) }, to: archive.workbookPart)
    let book = try SmallPart(archive.workbookPart, archive.bytes(of: archive.workbookPart))
    try add(
      archive.spelling(archive.workbookPart) ?? archive.workbookPart,
      WorkbookList(book, kinds).bytes(names))
  }
}

/// The list of sheets, with the sheet of questions first.
struct WorkbookList {
  private let part: SmallPart
  private let kinds: WorkbookNamespaces

  init(_ part: SmallPart, _ kinds: WorkbookNamespaces) {
    self.part = part
    self.kinds = kinds
  }

  /// The part with both sheets in it, and all that counts sheets by their place moved on by one.
  ///
  /// Source: ECMA-376 Part 1, 18.2.5 (definedName), 18.2.19 (sheet), 18.2.30 (workbookView).
  func bytes(
    _ names: (questions: String, memory: String)
  ) throws(AnnotationError) -> ContiguousArray<UInt8> {
    guard let list = part.first("sheets") else { throw .oddPart(part.name) }
    let sheets = part.children(of: list)
    let prefix = part.prefix(of: list)
    let id =
      (sheets.compactMap { part.value("sheetId", of: $0).flatMap { Int($0) } }.max() ?? 0) + 1
    let element = { (name: String, id: Int, link: String, state: String) in
      "<\(prefix)sheet xmlns:r=\"\(self.kinds.links)\" name=\"\(XMLText.encoded(name))\" "
        + "sheetId=\"\(id)\"\(state) r:id=\"\(link)\"/>"
    }
    var edits = PartEdits()
    edits.insert(
      element(names.questions, id, "rIdFerryQuestions", ""), at: list.content.lowerBound)
    part.append(
      element(names.memory, id + 1, "rIdFerryCells", " state=\"veryHidden\""), to: list, &edits)
    for name in part.all("definedName") {
      guard let place = part.value("localSheetId", of: name).flatMap({ Int($0) }) else { continue }
      part.set("localSheetId", String(place + 1), of: name, &edits)
    }
    for view in part.all("workbookView") {
      for attribute in ["activeTab" as StaticString, "firstSheet"]
      where part.value(attribute, of: view) != nil {
        part.set(attribute, "0", of: view, &edits)
      }
    }
    return edits.applied(to: part.bytes)
  }
}
