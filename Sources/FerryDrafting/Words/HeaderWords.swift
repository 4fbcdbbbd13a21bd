import FerryCore
import FerryRecords
import Foundation

/// What a header may mean: a field of an entity, or its key.
struct HeaderMeaning: Hashable {
  /// The entity's name; `lines` for the lines of a quote, a contract or an order.
  let entity: String
  /// The field's name, or `key`.
  let field: String
  /// From 0 to 1: how plainly the header says so.
  let strength: Double
  /// Whether the header names the entity too, as 客户电话 and `Account Phone` do.
  let namesEntity: Bool
  /// Whether a person taught it.
  var isLearned = false
}

/// Every header that Ferry knows, in Chinese and English, and what it may mean.
///
/// The words stand in `HeaderWords+….swift`, readable tables; what people taught comes first.
struct HeaderWords {
  /// The words for entities alone, longest first: what sheets and files are called by.
  private(set) var entityWords: [(word: String, entity: String)] = []
  private var meanings: [String: [HeaderMeaning]] = [:]
  private var ignored: Set<String> = []
  /// What people taught.
  var learned = LearnedWords()

  /// Ends of a header that names another record: 客户编号, `Account ID`, `OwnerId`.
  static let keyEnds = [
    "编号", "编码", "代码", "号", "id", "number", "no", "code", "key", "ref", "reference",
  ]
  /// Headers that are a key of whatever the table is about.
  static let bareKeys: Set<String> = [
    "编号", "编码", "代码", "id", "recordid", "key", "code", "externalid", "externalkey", "uid",
    "guid", "uuid", "no", "number", "主键", "单号", "单据编号", "记录id", "数据id", "oldid", "sysid",
    "legacyid", "sourceid",
  ]
  private static let nameEnds = ["名称", "name", "全称"]

  /// The words that Ferry brings along; made once, since there are many.
  private static let builtIn = HeaderWords()

  init(learned: LearnedWords) {
    self = Self.builtIn
    self.learned = learned
  }

  private init() {
    let tables = Self.parties.merging(Self.sales) { $1 }.merging(Self.service) { $1 }
    let parsed = tables.mapValues { Self.parse($0) }
    let shared = parsed["any"] ?? [:]
    ignored = Set(shared["-", default: []].map(HeaderText.fold))
    for entity in SalesChain.entities where entity.parent == nil {
      add(entity, parsed[entity.name] ?? [:], shared)
    }
    if let lines = parsed["lines"] { addLines(lines) }
    entityWords.sort {
      $0.word.count != $1.word.count ? $0.word.count > $1.word.count : $0.word < $1.word
    }
  }

  /// `field: word, word,` with further words on lines that are set in.
  private static func parse(_ table: String) -> [String: [String]] {
    var result: [String: [String]] = [:]
    var field = ""
    for line in table.split(separator: "\n") {
      var text = line[...]
      if !line.hasPrefix(" "), let colon = line.firstIndex(of: ":") {
        field = String(line[..<colon])
        text = line[line.index(after: colon)...]
      }
      result[field, default: []] += text.split(separator: ",")
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
    return result
  }

  private mutating func add(
    _ entity: Entity, _ own: [String: [String]], _ shared: [String: [String]]
  ) {
    let names = ((own["*"] ?? []) + entity.synonyms + [entity.label.chinese, entity.label.english])
      .map(HeaderText.fold)
    let prefixes = Set(names).sorted()
    entityWords += prefixes.map { ($0, entity.name) }
    for word in own["key"] ?? [] { add(HeaderText.fold(word), entity.name, "key", 0.95) }
    for prefix in prefixes where prefix.count > 1 {
      for end in Self.keyEnds { add(prefix + end, entity.name, "key", 1, namesEntity: true) }
      if entity.field("name") != nil { add(prefix, entity.name, "name", 0.8) }
    }
    for field in entity.fields where field.name != "custom" {
      let words =
        (own[field.name] ?? []) + (shared[field.name] ?? []) + field.synonyms
        + [field.label.chinese, field.label.english]
      for weak in words where weak.hasPrefix("~") {
        add(HeaderText.fold(weak), entity.name, field.name, 0.85)
      }
      for word in Set(words.filter { !$0.hasPrefix("~") }.map(HeaderText.fold)).sorted() {
        // 问题描述 is a word of its own, whatever 问题 and 描述 would say.
        let isWhole = prefixes.contains {
          $0.count > 1 && word.count > $0.count && word.hasPrefix($0)
        }
        add(word, entity.name, field.name, isWhole ? 0.99 : 0.95, namesEntity: isWhole)
        for prefix in prefixes where prefix.count > 1 && !word.hasPrefix(prefix) {
          add(prefix + word, entity.name, field.name, 0.98, namesEntity: true)
        }
        guard field.referenced != nil else { continue }
        for end in Self.keyEnds + Self.nameEnds { add(word + end, entity.name, field.name, 0.95) }
      }
    }
  }

  private mutating func addLines(_ lines: [String: [String]]) {
    for (field, words) in lines.sorted(by: { $0.key < $1.key }) where field != "*" {
      for word in words { add(HeaderText.fold(word), "lines", field, 0.95) }
    }
  }

  private mutating func add(
    _ word: String, _ entity: String, _ field: String, _ strength: Double,
    namesEntity: Bool = false
  ) {
    guard !word.isEmpty else { return }
    if let known = meanings[word]?.firstIndex(where: { $0.entity == entity && $0.field == field }) {
      if (meanings[word]?[known].strength ?? 1) >= strength { return }
      meanings[word]?.remove(at: known)
    }
    meanings[word, default: []].append(
      HeaderMeaning(entity: entity, field: field, strength: strength, namesEntity: namesEntity))
  }

  /// How many words there are.
  var count: Int { meanings.count }
}

// MARK: - Questions

extension HeaderWords {
  /// What a header may mean for one entity, the plainest first.
  func meanings(of header: HeaderText, for entity: String) -> [HeaderMeaning] {
    let taught = learned.meanings(of: header.folded).filter { $0.entity == entity }
    if !taught.isEmpty { return taught }
    var found = (meanings[header.folded] ?? []).filter { $0.entity == entity }
    if Self.bareKeys.contains(header.folded), entity != "lines",
      !found.contains(where: { $0.field == "key" })
    {
      found.append(
        HeaderMeaning(entity: entity, field: "key", strength: 0.9, namesEntity: false))
    }
    if found.isEmpty, let near = partial(header.folded, entity) { found = [near] }
    return found.sorted {
      $0.strength != $1.strength ? $0.strength > $1.strength : $0.field < $1.field
    }
  }

  /// Everything that a header means without doubt, for any entity.
  func exactMeanings(of header: HeaderText) -> [HeaderMeaning] {
    let taught = learned.meanings(of: header.folded)
    return taught.isEmpty ? meanings[header.folded] ?? [] : taught
  }

  /// Whether a CRM makes such a column itself, or a person said that nobody needs it.
  func isIgnored(_ header: HeaderText) -> Bool {
    learned.ignores(header.folded) || ignored.contains(header.folded)
  }

  /// A header that ends, or begins, in a word that is known.
  private func partial(_ folded: String, _ entity: String) -> HeaderMeaning? {
    let characters = Array(folded)
    guard characters.count > 2 else { return nil }
    let isLatin = folded.utf8.count == characters.count
    let least = isLatin ? 5 : 2
    for cut in 1..<characters.count where characters.count - cut >= least {
      for (text, weight) in [
        (String(characters[cut...]), 0.55), (String(characters[..<(characters.count - cut)]), 0.4),
      ] {
        guard let found = meanings[text]?.first(where: { $0.entity == entity }) else { continue }
        let share = Double(characters.count - cut) / Double(characters.count)
        return HeaderMeaning(
          entity: entity, field: found.field, strength: weight + 0.25 * share,
          namesEntity: false)
      }
    }
    return nil
  }

  /// The words of a name such as `crm-export-deals` or `insertAccountCsv`, and runs of two of them.
  private static func words(of name: String) -> Set<String> {
    var words: [String] = []
    var isInWord = false
    var last: Character = " "
    for character in name {
      if !character.isLetter {
        isInWord = false
      } else if isInWord, !(character.isUppercase && last.isLowercase) {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
        isInWord = true
      }
      last = character
    }
    let single = words.map(HeaderText.fold)
    return Set(single + zip(single, single.dropFirst()).map { $0 + $1 })
  }

  /// The entity that a sheet's or a file's name speaks of; the longest word decides.
  func entity(named name: String) -> (entity: String, word: String)? {
    if let taught = learned.entity(of: HeaderText.fold(name)) { return (taught, name) }
    let folded = HeaderText.fold(name)
    let spoken = Self.words(of: name)
    // `backquote.csv` is no quote, though 客户台账 is of customers.
    return entityWords.first { entry in
      guard entry.word.count > 1, folded.contains(entry.word) else { return false }
      return entry.word.utf8.count > entry.word.count || spoken.contains(entry.word)
    }.map { ($0.entity, $0.word) }
  }
}
