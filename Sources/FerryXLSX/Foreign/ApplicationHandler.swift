import FerryCore

/// Reads which program wrote a workbook.
///
/// Source: ECMA-376 Part 1, 22.2.2.1 (Application).
final class ApplicationHandler: XMLEventHandler {
  static let part = "docProps/app.xml"

  private var bytes = ContiguousArray<UInt8>()
  private var isInside = false
  // A name, not a novel.
  private static let mostBytes = 200

  /// The program as it names itself; `nil` where it does not.
  var name: String? { bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }

  func startElement(_ name: String, attributes: [XMLAttribute]) { isInside = name == "Application" }

  func endElement(_ name: String) { isInside = false }

  func text(_ characters: Span<UInt8>) {
    guard isInside, bytes.count + characters.count <= Self.mostBytes else { return }
    bytes.append(copying: characters)
  }
}
