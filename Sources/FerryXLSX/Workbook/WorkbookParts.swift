import FerryCore

/// One line of a `.rels` part: what another part is to this one.
struct Relationship {
  let id: String
  /// The last word of the type's URI, such as `worksheet`; the same in strict workbooks.
  let kind: String
  /// The target's part name, without a slash in front.
  let target: String
}

/// Reads a `.rels` part.
///
/// Source: ECMA-376 Part 2, 8.5.3 (relationships part).
final class RelationshipsHandler: XMLEventHandler {
  private(set) var relationships: [Relationship] = []
  private let folder: String

  /// - Parameter part: The part that the relationships are of; targets are relative to it.
  init(of part: String) {
    folder = part.split(separator: "/").dropLast().joined(separator: "/")
  }

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    guard name == "Relationship", attributes.value("TargetMode") != "External",
      let id = attributes.value("Id"), let target = attributes.value("Target")
    else { return }
    let kind = attributes.value("Type")?.split(separator: "/").last.map(String.init) ?? ""
    relationships.append(
      Relationship(id: id, kind: kind, target: Self.resolved(target, in: folder)))
  }

  func endElement(_ name: String) {}

  func text(_ characters: Span<UInt8>) {}

  /// The part that carries the relationships of `part`.
  static func name(of part: String) -> String {
    let steps = part.split(separator: "/")
    let folder = steps.dropLast().map { $0 + "/" }.joined()
    return "\(folder)_rels/\(steps.last ?? "").rels"
  }

  static func resolved(_ target: String, in folder: String) -> String {
    let target = target.replacing("\\", with: "/")
    var steps: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for step in target.split(separator: "/") {
      switch step {
      case ".": continue
      case "..": _ = steps.popLast()
      default: steps.append(step)
      }
    }
    return steps.joined(separator: "/")
  }
}

/// Reads `workbook.xml`.
///
/// Source: ECMA-376 Part 1, 18.2.19 (sheet), 18.2.28 (workbookPr).
final class WorkbookHandler: XMLEventHandler {
  struct Sheet {
    let name: String
    let relationshipID: String
    let visibility: SheetVisibility
  }

  private(set) var sheets: [Sheet] = []
  private(set) var is1904 = false
  /// Whether the root element was `workbook`.
  private(set) var isWorkbook = false

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    switch name {
    case "workbook": isWorkbook = true
    case "workbookPr":
      // Excel 2013's extension has an element of that name too, without this attribute.
      guard let value = attributes.value("date1904") else { return }
      is1904 = value == "1" || value == "true" || value == "on"
    case "sheet" where sheets.count < Limits.sheets:
      // The id is the one attribute with a namespace, whatever its prefix.
      let id = attributes.first { $0.name == "id" && $0.namespace != nil }?.value
      let state = attributes.value("state").flatMap { SheetVisibility(rawValue: $0) }
      sheets.append(
        Sheet(
          name: attributes.value("name") ?? "", relationshipID: id ?? "",
          visibility: state ?? .visible))
    default: break
    }
  }

  func endElement(_ name: String) {}

  func text(_ characters: Span<UInt8>) {}
}
