/// A place in a YAML text.
public struct YAMLMark: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// One-based line.
  public let line: Int
  /// One-based column in characters, as editors count, not in bytes.
  public let column: Int

  /// Names a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place as compilers print it: `14:9`.
  public var description: String { "\(line):\(column)" }

  /// Orders as a text is read.
  public static func < (left: YAMLMark, right: YAMLMark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// One value of a YAML document and where it stands.
///
/// No scalar is guessed: `no`, `1.0` and `2024-03-05` are text, as they stand. Aliases are
/// resolved; a node that an alias gives keeps the mark of its anchor.
public struct YAMLNode: Hashable, Sendable {
  /// How a scalar is written.
  public enum Style: Hashable, Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    /// `|` or `>`.
    case block
  }

  /// One line of a mapping.
  public struct Entry: Hashable, Sendable {
    /// The key's text.
    public let key: String
    /// Where the key stands.
    public let keyMark: YAMLMark
    /// What it holds.
    public let value: YAMLNode

    /// Pairs them.
    public init(key: String, keyMark: YAMLMark, value: YAMLNode) {
      self.key = key
      self.keyMark = keyMark
      self.value = value
    }
  }

  /// What a node holds.
  public indirect enum Content: Hashable, Sendable {
    case scalar(String, Style)
    case sequence([YAMLNode])
    /// Keys are unique and in the order of the text.
    case mapping([Entry])
  }

  /// What it holds.
  public let content: Content
  /// Where it starts; for a scalar its first character or quote.
  public let mark: YAMLMark
  /// Where it ends, one past the last character.
  public let endMark: YAMLMark

  /// Makes a node.
  public init(_ content: Content, mark: YAMLMark, endMark: YAMLMark) {
    self.content = content
    self.mark = mark
    self.endMark = endMark
  }

  /// The text of a scalar; `nil` for anything else.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// Whether nothing stands here: an empty scalar without quotes, such as after `key:`.
  public var isEmpty: Bool {
    if case .scalar(let text, .plain) = content { text.isEmpty } else { false }
  }

  /// Whether it is a scalar in quotes or a block.
  public var isQuoted: Bool {
    if case .scalar(_, let style) = content { style != .plain } else { false }
  }

  /// The items of a sequence; `nil` for anything else.
  public var items: [YAMLNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// The lines of a mapping; `nil` for anything else.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value under `key`; `nil` where there is none, or this is no mapping.
  public subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }

  /// The place of the character at `characterOffset` of a scalar's text.
  ///
  /// Characters are Unicode scalars, as libyaml counts columns. Exact where the scalar stands on one line; its start where it does not.
  public func mark(ofCharacter characterOffset: Int) -> YAMLMark {
    guard case .scalar(let text, let style) = content, mark.line == endMark.line else {
      return mark
    }
    let before = text.unicodeScalars.prefix(characterOffset)
    let extra: Int
    switch style {
    case .plain: extra = 0
    case .singleQuoted: extra = 1 + before.count { $0 == "'" }
    case .doubleQuoted: extra = 1 + before.count { "\"\\\n\t".unicodeScalars.contains($0) }
    case .block: return mark
    }
    return YAMLMark(line: mark.line, column: mark.column + characterOffset + extra)
  }
}
