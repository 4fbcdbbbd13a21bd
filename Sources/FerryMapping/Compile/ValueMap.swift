import FerryCore
import FerryRecords
import Foundation

/// The lines of a `map:`: what a sheet writes, and the value that is meant.
///
/// Keys are compared exactly first, then trimmed, without regard to case and width.
struct ValueMap: Hashable, Sendable {
  /// The values, canonical.
  private(set) var values: [ContiguousArray<UInt8>] = []
  /// The keys in the order of the mapping; of a set's own words its labels.
  private(set) var keys: [Words] = []
  private var exact: [String: Int] = [:]
  private var foldedKeys: [String: FoldedKey] = [:]

  private struct FoldedKey: Hashable, Sendable {
    let index: Int
    let key: String
  }

  /// The words of a set with their labels and synonyms.
  init(_ set: ValueSet) {
    for option in set.options {
      let names = [option.value, option.label.english, option.label.chinese] + option.synonyms
      for name in names { _ = add(name, ContiguousArray(option.value.utf8)) }
    }
    keys = set.options.map(\.label)
  }

  init() {}

  /// Adds a line.
  ///
  /// - Returns: The earlier key that is the same once folded but stands for another value.
  mutating func add(_ key: String, _ value: ContiguousArray<UInt8>) -> String? {
    let index = values.firstIndex(of: value) ?? values.count
    if index == values.count { values.append(value) }
    if exact[key] == nil {
      exact[key] = index
      keys.append(Words(en: key, zh: key))
    }
    let foldedKey = Self.fold(key)
    if let known = foldedKeys[foldedKey] { return known.index == index ? nil : known.key }
    foldedKeys[foldedKey] = FoldedKey(index: index, key: key)
    return nil
  }

  /// The index into ``values`` for what a cell holds; `nil` where no line covers it.
  func index(of text: String) -> Int? { exact[text] ?? foldedKeys[Self.fold(text)]?.index }

  private static func fold(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
      .folding(options: [.caseInsensitive, .widthInsensitive], locale: nil)
      .precomposedStringWithCanonicalMapping
  }
}
