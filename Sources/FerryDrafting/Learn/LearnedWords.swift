/// What a person taught: headers, sheets and values, and what they stand for.
///
/// Kept in a small YAML file that one can read, edit and delete from; see ``text``.
public struct LearnedWords: Hashable, Sendable {
  /// For each `entity.field` (or `entity.key`), the headers that mean it, as they were written.
  public internal(set) var headers: [String: [String]] = [:]
  /// For each entity, the names of sheets that hold it.
  public internal(set) var sheets: [String: [String]] = [:]
  /// For each `entity.field`, what a value stands for.
  public internal(set) var values: [String: [String: String]] = [:]
  /// Headers that nobody needs.
  public internal(set) var ignored: [String] = []

  private var foldedHeaders: [String: [String]] = [:]
  private var foldedSheets: [String: String] = [:]
  private var foldedIgnored: Set<String> = []

  /// Nothing was taught yet.
  public init() {}

  init(
    headers: [String: [String]], sheets: [String: [String]], values: [String: [String: String]],
    ignored: [String]
  ) {
    self.headers = headers
    self.sheets = sheets
    self.values = values
    self.ignored = ignored
    index()
  }

  /// Whether there is nothing.
  public var isEmpty: Bool {
    headers.isEmpty && sheets.isEmpty && values.isEmpty && ignored.isEmpty
  }

  /// How many words there are.
  public var count: Int {
    headers.values.reduce(0) { $0 + $1.count } + sheets.values.reduce(0) { $0 + $1.count }
      + values.values.reduce(0) { $0 + $1.count } + ignored.count
  }

  mutating func index() {
    foldedHeaders = [:]
    for (meaning, words) in headers.sorted(by: { $0.key < $1.key }) {
      for word in words { foldedHeaders[HeaderText.fold(word), default: []].append(meaning) }
    }
    foldedSheets = [:]
    for (entity, words) in sheets {
      for word in words { foldedSheets[HeaderText.fold(word)] = entity }
    }
    foldedIgnored = Set(ignored.map(HeaderText.fold))
  }

  func meanings(of folded: String) -> [HeaderMeaning] {
    (foldedHeaders[folded] ?? []).compactMap { meaning in
      guard let dot = meaning.firstIndex(of: ".") else { return nil }
      return HeaderMeaning(
        entity: String(meaning[..<dot]), field: String(meaning[meaning.index(after: dot)...]),
        strength: 1, namesEntity: true, isLearned: true)
    }
  }

  func entity(of folded: String) -> String? { foldedSheets[folded] }

  func ignores(_ folded: String) -> Bool { foldedIgnored.contains(folded) }

  func value(_ text: String, of field: String) -> String? { values[field]?[text] }
}
