import Foundation

/// Base 64 as XML has it (xsd:base64Binary), blanks allowed.
enum Base64 {
  static func decoded(_ text: String) -> ContiguousArray<UInt8>? {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { ContiguousArray($0) }
  }
}
