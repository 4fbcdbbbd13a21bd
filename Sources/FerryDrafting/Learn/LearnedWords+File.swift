public import FerryCore
import FerryYAML

// The synonyms file: YAML that one can read, edit and delete from.
extension LearnedWords {
  /// Reads a synonyms file.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - path: Its path, for messages.
  /// - Throws: What is wrong with it, with line and column.
  public init(bytes: [UInt8], path: String) throws(LearnError) {
    let root: YAMLNode
    do {
      root = try YAMLNode.parse(bytes)
    } catch {
      throw LearnError(
        path: "\(path):\(error.mark)", english: error.english, chinese: error.chinese)
    }
    self.init()
    for entry in root.entries ?? [] {
      let place = "\(path):\(entry.keyMark)"
      switch entry.key {
      case "headers": headers = try Self.lists(entry.value, place)
      case "sheets": sheets = try Self.lists(entry.value, place)
      case "ignore": ignored = try Self.texts(entry.value, place)
      case "values":
        for field in try Self.entries(entry.value, place) {
          for value in try Self.entries(field.value, "\(path):\(field.keyMark)") {
            values[field.key, default: [:]][value.key] = value.value.text
          }
        }
      case "ferry": continue
      default: throw LearnError(unknown: entry.key, at: place)
      }
    }
    index()
  }

  private static func entries(
    _ node: YAMLNode, _ place: String
  ) throws(LearnError) -> [YAMLNode.Entry] {
    if node.isEmpty { return [] }
    guard let entries = node.entries else { throw LearnError(noMapping: place) }
    return entries
  }

  private static func lists(
    _ node: YAMLNode, _ place: String
  ) throws(LearnError) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for entry in try entries(node, place) { found[entry.key] = try texts(entry.value, place) }
    return found
  }

  private static func texts(_ node: YAMLNode, _ place: String) throws(LearnError) -> [String] {
    if node.isEmpty { return [] }
    if let text = node.text { return [text] }
    guard let items = node.items else { throw LearnError(noMapping: place) }
    return items.compactMap(\.text)
  }

  /// The file's text: sorted, the same for the same words.
  public func text(in language: Language) -> String {
    var lines = Self.head.map { "# " + $0[language] } + ["ferry: 1"]
    func add(_ key: String, _ lists: [String: [String]]) {
      guard !lists.isEmpty else { return }
      lines.append("\(key):")
      for (name, words) in lists.sorted(by: { $0.key < $1.key }) where !words.isEmpty {
        let list = words.sorted().map(YAMLScalar.flow).joined(separator: ", ")
        lines.append("  \(YAMLScalar.block(name)): [\(list)]")
      }
    }
    add("headers", headers)
    add("sheets", sheets)
    if !values.isEmpty { lines.append("values:") }
    for (field, meanings) in values.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(YAMLScalar.block(field)):")
      for (text, meaning) in meanings.sorted(by: { $0.key < $1.key }) {
        lines.append("    \(YAMLScalar.block(text)): \(YAMLScalar.block(meaning))")
      }
    }
    if !ignored.isEmpty {
      lines.append("ignore: [\(ignored.sorted().map(YAMLScalar.flow).joined(separator: ", "))]")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let head = [
    Words(
      en: "What `ferry draft` has learned from mappings that people corrected (`ferry learn`).",
      zh: "`ferry draft` 从改好的映射中学到的内容（`ferry learn`）。"),
    Words(
      en: "Edit it as you like; a line that is deleted is forgotten.", zh: "可随意修改；删掉的行即被忘记。"),
  ]
}

/// A synonyms file that can't be used, or a mapping that nothing can be learned from.
public struct LearnError: Failure {
  /// What is wrong, with its place.
  public let findings: [Finding]
  /// Wrong usage.
  public var exitStatus: ExitStatus { .wrongUsage }

  init(path: String, english: String, chinese: String) {
    self.init(DraftRules.yaml, path, english, chinese)
  }

  init(unknown key: String, at place: String) { self.init(DraftRules.unknownKey, place, key) }

  init(noMapping place: String) { self.init(DraftRules.noMapping, place) }

  init(_ rule: Rule, _ place: String, _ arguments: String...) {
    findings = [Finding(rule, at: Provenance(file: place), arguments: arguments)]
  }
}

/// What can be wrong with a synonyms file, or a mapping to learn from.
enum DraftRules {
  static let yaml = Rule(
    id: "draft.yaml", severity: .error, message: Words(en: "{0}", zh: "{1}"),
    suggestion: Words(en: "Correct the line, or delete it.", zh: "请改正该行，或将其删去。"))
  static let unknownKey = Rule(
    id: "draft.unknown-key", severity: .error,
    message: Words(en: "a synonyms file has no key '{0}'", zh: "同义词文件没有键“{0}”"),
    suggestion: Words(
      en: "Use headers, sheets, values or ignore.", zh: "可用的键：headers、sheets、values、ignore。"))
  static let noMapping = Rule(
    id: "draft.no-mapping", severity: .error,
    message: Words(en: "names and lists of words are expected here", zh: "此处应为名称与词语列表"),
    suggestion: Words(
      en: "Write lines such as `account.level: [客户热度]`.", zh: "请写成 `account.level: [客户热度]` 的形式。"))
}
