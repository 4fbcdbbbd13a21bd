import FerryCore

/// The number format of each cell style.
struct Styles: Sendable {
  /// By style index, the `s` of a cell.
  private var formats: ContiguousArray<NumberFormat> = []

  /// No styles: every number is a number.
  static let none = Styles()

  private init() {}

  /// The formats in the order of the styles.
  init(_ formats: ContiguousArray<NumberFormat>) { self.formats = formats }

  /// The format of style `index`; an unknown one shows numbers.
  @inline(__always)
  func format(_ index: Int) -> NumberFormat {
    index >= 0 && index < formats.count ? formats[index] : .number
  }
}

/// Reads `styles.xml`.
///
/// Source: ECMA-376 Part 1, 18.8.30 (numFmt), 18.8.10 (cellXfs), 18.8.45 (xf).
final class StylesHandler: XMLEventHandler {
  private var custom: [Int: NumberFormat] = [:]
  private var formatIDs: [Int] = []
  private var isInCellFormats = false
  // Conditional formats have such elements too, numbered by themselves.
  private var isInNumberFormats = false

  /// What has been read; custom formats may stand anywhere.
  var styles: Styles {
    Styles(ContiguousArray(formatIDs.map { custom[$0] ?? NumberFormat.builtIn($0) ?? .number }))
  }

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    switch name {
    case "cellXfs": isInCellFormats = true
    case "numFmts": isInNumberFormats = true
    case "xf" where isInCellFormats:
      formatIDs.append(attributes.value("numFmtId").flatMap { Int($0) } ?? 0)
    case "numFmt" where isInNumberFormats:
      guard let id = attributes.value("numFmtId").flatMap({ Int($0) }),
        let code = attributes.value("formatCode")
      else { return }
      custom[id] = NumberFormat(code: code)
    default: break
    }
  }

  func endElement(_ name: String) {
    if name == "cellXfs" { isInCellFormats = false }
    if name == "numFmts" { isInNumberFormats = false }
  }

  func text(_ characters: Span<UInt8>) {}
}
