import FerryCore

/// The styles of a workbook, with those added that marked cells and the sheet of questions need.
///
/// A marked cell keeps its number format, font, border and alignment: its style is copied, and the
/// copy filled with a colour.
///
/// Source: ECMA-376 Part 1, 18.8.10 (cellXfs), 18.8.20 (fill), 18.8.45 (xf).
final class StyleBook {
  /// How cells of the sheet of questions look.
  enum Look: Int, CaseIterable {
    case title, note, head, text, link, answer
  }

  private let part: SmallPart
  private let formats: [XMLElement]
  private let formatList: XMLElement
  private var added: [String] = []
  private var known: [MarkedStyle: Int] = [:]
  private let firstFill: Int
  private let firstFont: Int
  private let border: Int

  private struct MarkedStyle: Hashable {
    let style: Int
    let isError: Bool
  }

  /// Excel takes 64,000 (its specification); a few are left for people.
  private static let mostFormats = 63_000

  /// Reads the styles.
  init(_ given: SmallPart) throws(AnnotationError) {
    let part = try Self.completed(given)
    self.part = part
    guard let list = part.first("cellXfs"), part.first("fills") != nil, part.first("fonts") != nil,
      part.first("borders") != nil
    else { throw .oddPart(part.name) }
    formatList = list
    formats = part.children(of: list)
    firstFill = part.first("fills").map { part.children(of: $0).count } ?? 0
    firstFont = part.first("fonts").map { part.children(of: $0).count } ?? 0
    border = part.first("borders").map { part.children(of: $0).count } ?? 0
    for look in Look.allCases { added.append(format(look)) }
  }

  /// The lists that styles must have, in their order, and what stands in them at least.
  private static let lists: [(name: StaticString, content: String)] = [
    ("fonts", "<{}font><{}sz val=\"11\"/><{}name val=\"Calibri\"/></{}font>"),
    (
      "fills",
      "<{}fill><{}patternFill patternType=\"none\"/></{}fill>"
        + "<{}fill><{}patternFill patternType=\"gray125\"/></{}fill>"
    ), ("borders", "<{}border/>"),
    ("cellStyleXfs", "<{}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"),
  ]

  /// The part with the lists that a frugal program left out.
  private static func completed(_ part: SmallPart) throws(AnnotationError) -> SmallPart {
    guard let formats = part.first("cellXfs") else { throw .oddPart(part.name) }
    let prefix = part.prefix(of: formats)
    var edits = PartEdits()
    var isComplete = true
    for (index, list) in lists.enumerated() where part.first(list.name) == nil {
      isComplete = false
      let next = lists[(index + 1)...].lazy.compactMap { part.first($0.name) }.first ?? formats
      let content = list.content.replacing("{}", with: prefix)
      edits.insert(
        "<\(prefix)\(list.name)>\(content)</\(prefix)\(list.name)>",
        at: next.range.lowerBound)
    }
    return isComplete ? part : try SmallPart(part.name, edits.applied(to: part.bytes))
  }

  /// The style of a cell of the sheet of questions.
  func style(_ look: Look) -> Int { formats.count + look.rawValue }

  /// The style of a cell that had `style` and is marked.
  func marked(_ style: Int, _ severity: Severity) -> Int {
    let key = MarkedStyle(style: style, isError: severity == .error)
    if let index = known[key] { return index }
    guard formats.count + added.count < Self.mostFormats else { return style }
    let index = formats.count + added.count
    added.append(copy(of: style, fill: firstFill + (key.isError ? 0 : 1)))
    known[key] = index
    return index
  }

  /// The part with all that was asked for.
  func bytes() -> ContiguousArray<UInt8> {
    var edits = PartEdits()
    let prefix = part.prefix(of: formatList)
    add(added.joined(), added.count, to: formatList, formats.count, &edits)
    let fills = ["FFFFC7CE", "FFFFEB9C", "FFDDE6F0", "FFFFF2CC"].map { colour in
      "<\(prefix)fill><\(prefix)patternFill patternType=\"solid\"><\(prefix)fgColor "
        + "rgb=\"\(colour)\"/><\(prefix)bgColor indexed=\"64\"/></\(prefix)patternFill>"
        + "</\(prefix)fill>"
    }
    if let list = part.first("fills") { add(fills.joined(), 4, to: list, firstFill, &edits) }
    if let list = part.first("fonts") {
      add(fonts(prefix).joined(), 3, to: list, firstFont, &edits)
    }
    let side = { (name: String) in
      "<\(prefix)\(name) style=\"thin\"><\(prefix)color rgb=\"FFBFC7D1\"/></\(prefix)\(name)>"
    }
    let border =
      "<\(prefix)border>" + ["left", "right", "top", "bottom"].map(side).joined()
      + "<\(prefix)diagonal/></\(prefix)border>"
    if let list = part.first("borders") { add(border, 1, to: list, self.border, &edits) }
    return edits.applied(to: part.bytes)
  }

  private func add(
    _ text: String, _ count: Int, to list: XMLElement, _ before: Int, _ edits: inout PartEdits
  ) {
    part.append(text, to: list, &edits)
    part.set("count", String(before + count), of: list, &edits)
  }

  // A title, a heading and a link in the workbook's own typeface.
  private func fonts(_ prefix: String) -> [String] {
    let first = part.first("fonts").flatMap { part.children(of: $0).first }
    let names = first.map { part.children(of: $0) } ?? []
    let face = names.first { part.isNamed("name", $0) }
    let name = face.flatMap { part.value("val", of: $0) } ?? "Calibri"
    let tail = { (size: Int) in
      "<\(prefix)sz val=\"\(size)\"/>{}<\(prefix)name val=\"\(XMLText.encoded(name))\"/>"
    }
    let looks = [
      ("<\(prefix)b/>" + tail(14), ""), ("<\(prefix)b/>" + tail(11), ""),
      ("<\(prefix)u/>" + tail(11), "<\(prefix)color rgb=\"FF0563C1\"/>"),
    ]
    return looks.map { look, colour in
      "<\(prefix)font>\(look.replacing("{}", with: colour))</\(prefix)font>"
    }
  }

  private func format(_ look: Look) -> String {
    let prefix = part.prefix(of: formatList)
    let (font, fill, border, number, wraps): (Int, Int, Int, Int, Bool) =
      switch look {
      case .title: (firstFont, 0, 0, 0, false)
      case .note: (0, 0, 0, 0, false)
      case .head: (firstFont + 1, firstFill + 2, self.border, 0, true)
      case .text: (0, 0, self.border, 49, true)
      case .link: (firstFont + 2, 0, self.border, 49, true)
      case .answer: (0, firstFill + 3, self.border, 49, true)
      }
    let alignment =
      "<\(prefix)alignment vertical=\"top\"" + (wraps ? " wrapText=\"1\"" : "") + "/>"
    return "<\(prefix)xf numFmtId=\"\(number)\" fontId=\"\(font)\" fillId=\"\(fill)\" "
      + "borderId=\"\(border)\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" "
      + "applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">\(alignment)</\(prefix)xf>"
  }

  private func copy(of style: Int, fill: Int) -> String {
    guard formats.indices.contains(style) else {
      let prefix = part.prefix(of: formatList)
      return "<\(prefix)xf numFmtId=\"0\" fontId=\"0\" fillId=\"\(fill)\" borderId=\"0\" "
        + "xfId=\"0\" applyFill=\"1\"/>"
    }
    let format = formats[style]
    let own = ContiguousArray(part.bytes[format.range])
    guard case .tag(let tag) = XMLTag.next(in: own.span, from: 0, to: own.count) else { return "" }
    var edits = PartEdits()
    for (name, value) in [("fillId" as StaticString, fill), ("applyFill", 1)] {
      if let range = tag.attribute(name, in: own.span) {
        edits.replace(range, String(value))
      } else {
        edits.insert(" \(name)=\"\(value)\"", at: tag.fullName.upperBound)
      }
    }
    return String(decoding: edits.applied(to: own), as: UTF8.self)
  }
}

extension StyleBook {
  /// The styles of a workbook that has none.
  static let plain = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
    <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
    <fills count="2"><fill><patternFill patternType="none"/></fill>\
    <fill><patternFill patternType="gray125"/></fill></fills>\
    <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
    <cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
    <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
    </styleSheet>
    """
}
