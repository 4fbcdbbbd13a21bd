/// A text that is no YAML, or YAML that Ferry does not take.
///
/// This room stands below `FerryCore`, so the error tells its words itself; whoever reads a file
/// puts the file's name before them.
public struct YAMLError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    /// The words of libyaml.
    case syntax(String)
    /// Bytes that are no UTF-8 or UTF-16.
    case notText
    /// The same key twice in one mapping; where the first stands.
    case duplicateKey(String, first: YAMLMark)
    /// A key that is a list or a mapping.
    case compoundKey
    /// An alias whose anchor is not there, or not complete yet.
    case unknownAnchor(String)
    /// A tag such as `!!int`.
    case tag(String)
    /// More than one document.
    case severalDocuments
    /// Nothing but comments.
    case empty
    /// Nested deeper than ``YAMLNode/deepestNesting``.
    case tooDeep
    /// More nodes than ``YAMLNode/mostNodes`` once aliases are resolved.
    case tooLarge
  }

  /// What is wrong.
  public let kind: Kind
  /// Where.
  public let mark: YAMLMark

  /// States an error.
  public init(_ kind: Kind, at mark: YAMLMark) {
    self.kind = kind
    self.mark = mark
  }

  /// What is wrong, in English.
  public var english: String {
    switch kind {
    case .syntax(let problem):
      Self.plainWords[problem]?.english ?? "the YAML can't be read: \(problem)"
    case .notText: "the text is not UTF-8; save the file as UTF-8"
    case .duplicateKey(let key, let first): "the key '\(key)' stands already on line \(first.line)"
    case .compoundKey: "a key must be a plain text, not a list or a mapping"
    case .unknownAnchor(let name): "no anchor '&\(name)' stands before this alias"
    case .tag(let tag): "the tag '\(tag)' is not used here: every value is read as text; remove it"
    case .severalDocuments: "a second document starts here; put it into a file of its own"
    case .empty: "the file holds nothing"
    case .tooDeep: "nested deeper than \(YAMLNode.deepestNesting) levels"
    case .tooLarge: "more than \(YAMLNode.mostNodes) values, aliases resolved"
    }
  }

  /// What is wrong, in Chinese.
  public var chinese: String {
    switch kind {
    case .syntax(let problem):
      Self.plainWords[problem]?.chinese ?? "YAML 无法读取：\(problem)"
    case .notText: "文件不是 UTF-8 编码，请另存为 UTF-8"
    case .duplicateKey(let key, let first): "键“\(key)”在第 \(first.line) 行已经出现过"
    case .compoundKey: "键必须是普通文本，不能是列表或映射"
    case .unknownAnchor(let name): "此引用之前没有锚点“&\(name)”"
    case .tag(let tag): "这里不使用标签“\(tag)”：所有值都按文本读取，请删除"
    case .severalDocuments: "这里开始了第二个文档，请放到单独的文件中"
    case .empty: "文件没有内容"
    case .tooDeep: "嵌套超过 \(YAMLNode.deepestNesting) 层"
    case .tooLarge: "展开引用后超过 \(YAMLNode.mostNodes) 个值"
    }
  }

  // What libyaml says, and what a person should do; libyaml 0.2.5, src/scanner.c, src/parser.c.
  private static let plainWords: [String: (english: String, chinese: String)] = [
    "mapping values are not allowed in this context": (
      "a ': ' is not allowed here; put the text before it in quotes, or check the indentation",
      "此处不允许出现“: ”，请给前面的文本加引号，或检查缩进"
    ),
    "could not find expected ':'": (
      "expected ':' after the key", "键后面缺少“:”"
    ),
    "did not find expected key": (
      "expected a key here; check the indentation and the quotes", "此处应为一个键，请检查缩进和引号"
    ),
    "did not find expected '-' indicator": (
      "expected '- ' here; check the indentation", "此处应为“- ”，请检查缩进"
    ),
    "did not find expected ',' or '}'": (
      "expected ',' or '}'; the brace that opened here is not closed", "缺少“,”或“}”：花括号没有闭合"
    ),
    "did not find expected ',' or ']'": (
      "expected ',' or ']'; the bracket that opened here is not closed", "缺少“,”或“]”：方括号没有闭合"
    ),
    "found character that cannot start any token": (
      "this character can't start a value; indent with blanks, not tabs, and put @ or ` in quotes",
      "值不能以此字符开头：缩进请用空格而不是制表符，@ 和 ` 请加引号"
    ),
    "found a tab character that violates indentation": (
      "a tab stands in the indentation; use blanks", "缩进中有制表符，请改用空格"
    ),
    "found unexpected end of stream": (
      "the text ends inside quotes that are not closed", "文件结束时引号没有闭合"
    ),
    "block sequence entries are not allowed in this context": (
      "a '- ' is not allowed here; start the list on a line of its own", "此处不允许出现“- ”，列表请另起一行"
    ),
  ]
}
