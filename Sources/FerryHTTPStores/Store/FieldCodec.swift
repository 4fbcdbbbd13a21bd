import FerryCore
import FerryRecords

/// One of Ferry's fields in one object: its name there, and how values are written and read.
struct FieldCodec: Sendable {
  let field: Field
  let remote: RemoteField
  let name: RemoteName
  /// By Ferry's value: the product's, where both have a closed set of words.
  private var written: [String: String] = [:]
  private var read: [String: String] = [:]
  /// Ferry's values, in the product's order; `nil` for any.
  let options: [String]?
  /// Values of the profile that the product has not.
  let strangers: [String]

  init(_ field: Field, _ remote: RemoteField, _ name: RemoteName) {
    self.field = field
    self.remote = remote
    self.name = name
    guard !remote.options.isEmpty else {
      written = name.values
      read = Dictionary(name.values.map { ($1, $0) }) { first, _ in first }
      options = nil
      strangers = []
      return
    }
    var (written, read, lost) = ([String: String](), [String: String](), [String]())
    for (ours, theirs) in name.values.sorted(by: { $0.key < $1.key }) {
      guard let option = Self.option(theirs, in: remote.options) else {
        lost.append(theirs)
        continue
      }
      written[ours] = option.value
      if read[option.value] == nil { read[option.value] = ours }
    }
    for (ours, option) in Self.known(field, remote.options) where written[ours] == nil {
      written[ours] = option.value
      if read[option.value] == nil { read[option.value] = ours }
    }
    self.written = written
    self.read = read
    strangers = lost
    options = remote.options.compactMap { read[$0.value] }
  }

  /// The pairs that need no profile: equal words, or for free text the labels themselves.
  private static func known(
    _ field: Field, _ options: [RemoteField.Option]
  ) -> [(String, RemoteField.Option)] {
    guard case .choice(let set) = field.type else {
      // A currency is a code everywhere, whatever people call it; where the value is an id, the label is.
      let isCode = { (text: String) in text.count == 3 && text.allSatisfy(\.isUppercase) }
      return options.map {
        (field.type == .currency && isCode($0.value) ? $0.value : $0.label, $0)
      }
    }
    return set.options.compactMap { word in
      let names = [word.value, word.label.english, word.label.chinese] + word.synonyms
      let option = names.lazy.compactMap { Self.option($0, in: options) }.first
      return option.map { (word.value, $0) }
    }
  }

  private static func option(
    _ text: String, in options: [RemoteField.Option]
  ) -> RemoteField.Option? {
    options.first { $0.value == text }
      ?? options.first { $0.label.lowercased() == text.lowercased() }
  }

  /// The product's word for a value; the value itself where it has none of its own.
  func word(for text: String) -> String { written[text] ?? text }

  /// Ferry's value for a product's word.
  func meaning(of word: String) -> String { read[word] ?? word }
}
