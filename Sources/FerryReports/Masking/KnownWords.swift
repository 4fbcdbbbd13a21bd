import FerryCore
import FerryRecords
import Foundation

/// Words that are Ferry's own or the files', and so tell nothing of a person: entities, fields,
/// values of the value sets, currencies, months, small numbers.
struct KnownWords {
  /// Numbers of fewer digits tell nobody's phone, postcode or id.
  private static let longestNumber = 3

  private static let words: Set<String> = {
    // Units of amounts, which findings name.
    var found: Set = ["元", "千", "千元", "万", "万元", "百万", "亿", "亿元", "thousand", "million"]
    for entity in SalesChain.entities {
      found.insert(entity.name)
      for field in entity.fields {
        found.formUnion([field.name, "\(entity.name).\(field.name)"])
        if case .choice(let set) = field.type { found.formUnion(set.options.map(\.value)) }
      }
    }
    return found
  }()

  private static let currencies = Set(Locale.Currency.isoCurrencies.map(\.identifier))

  /// Names of files, sheets, columns, gates of the run at hand.
  private var own: Set<String>

  init(_ own: Set<String> = []) { self.own = own }

  /// Whether a text may be shown where no value of a cell may.
  func contains(_ text: String) -> Bool {
    Self.words.contains(text) || own.contains(text) || Self.isSmallNumber(text)
      || Self.isMonth(text) || Self.currencies.contains(text) || text.isEmpty || text == "-"
  }

  /// Whether every part of a list such as `name, mobile` is known.
  func containsAll(_ list: String) -> Bool {
    list.split(separator: ",").allSatisfy { part in
      contains(part.drop { $0 == " " }.description)
    }
  }

  private static func isSmallNumber(_ text: String) -> Bool {
    (1...longestNumber).contains(text.utf8.count)
      && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  // 2024-03
  private static func isMonth(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 7, bytes[4] == UInt8(ascii: "-") else { return false }
    return bytes.enumerated().allSatisfy {
      $0.offset == 4 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0.element)
    }
  }
}
