import FerryCore

// What can be wrong with a match config, in words; they stand after `match.yaml:3:5: error: `.
extension Rule {
  private static func fault(_ id: String, _ what: Words, _ order: Words) -> Rule {
    Rule(id: "match.\(id)", severity: .error, message: what, suggestion: order)
  }

  static let configMissing = fault(
    "config-missing", Words(en: "there is no such config", zh: "没有这个配置文件"),
    Words(
      en: "Check the path; without --config the columns' kinds are found by themselves.",
      zh: "请检查路径；不写 --config 时会自动判断各列的种类。"))
  static let configUnreadable = fault(
    "config-unreadable", Words(en: "the config can't be read", zh: "配置文件无法读取"),
    Words(en: "Check the path and the permissions.", zh: "请检查路径和权限。"))
  // Both languages as arguments: the words come from the YAML room.
  static let configYAML = fault(
    "yaml", Words(en: "{0}", zh: "{1}"),
    Words(en: "Correct the YAML there.", zh: "请改正此处的 YAML。"))
  static let configExpectedText = fault(
    "expected-text", Words(en: "expected one text under '{0}'", zh: "“{0}”下应为一个文本"),
    Words(en: "Write one value there.", zh: "请在此处写一个值。"))
  static let configExpectedMapping = fault(
    "expected-mapping", Words(en: "expected keys with values under '{0}'", zh: "“{0}”下应为键和值"),
    Words(en: "Write 'key: value' lines, indented.", zh: "请写缩进的“键: 值”行。"))
  static let configExpectedList = fault(
    "expected-list", Words(en: "expected a list under '{0}'", zh: "“{0}”下应为列表"),
    Words(en: "Write it as {1}.", zh: "请写成 {1}。"))
  static let configExpectedNumber = fault(
    "expected-number",
    Words(en: "expected a number {1} under '{0}', found '{2}'", zh: "“{0}”下应为 {1} 的数，实为“{2}”"),
    Words(en: "Correct the number.", zh: "请改正数字。"))
  static let configThresholds = fault(
    "thresholds",
    Words(en: "'review' ({0}) lies above 'merge' ({1})", zh: "“review”（{0}）高于“merge”（{1}）"),
    Words(en: "Give review a smaller number than merge.", zh: "review 应小于 merge。"))
  static let configColumnTwice = fault(
    "column-twice",
    Words(
      en: "'{0}' stands {1} times in {2}; write '{0}#1' for the first",
      zh: "“{0}”在 {2} 中出现 {1} 次；第一个请写“{0}#1”"),
    Words(en: "Rename a column, or add # and its number.", zh: "请重命名列，或加 # 和序号。"))
  static let configTooMany = fault(
    "too-many-columns",
    Words(
      en:
        "more than {0} columns are compared; names, addresses, phones and e-mails count once each",
      zh: "参与比较的列超过 {0} 个；姓名、地址、电话、邮箱各自合计为一个"),
    Words(en: "Leave out those that say least.", zh: "请去掉最不重要的列。"))
  static let configLevel = fault(
    "level",
    Words(
      en: "'{0}' is no level; expected exact, damerau 1, jaro 0.9 or else",
      zh: "“{0}”不是比较级别；可写 exact、damerau 1、jaro 0.9 或 else"),
    Words(en: "Correct the level.", zh: "请改正级别。"))
  static let configLevelBehindElse = fault(
    "level-behind-else",
    Words(en: "nothing can come behind 'else'", zh: "“else”之后不能再有级别"),
    Words(en: "Put 'else' last.", zh: "请把 else 放在最后。"))
  static let configNoModel = fault(
    "no-model", Words(en: "there is no model file '{0}'", zh: "没有模型文件“{0}”"),
    Words(
      en: "Check the path; it is relative to the config.", zh: "请检查路径；它相对于配置文件所在目录。"))
}

extension UnknownName {
  private static let oneOf = Words(en: "expected one of", zh: "可选")

  static let configKey = UnknownName(
    id: "match.unknown-key",
    what: Words(en: "unknown key '{0}' under '{2}'", zh: "“{2}”下没有键“{0}”"), listed: oneOf)
  static let configKind = UnknownName(
    id: "match.unknown-kind", what: Words(en: "unknown kind '{0}'", zh: "没有种类“{0}”"), listed: oneOf)
  static let configWord = UnknownName(
    id: "match.unknown-word",
    what: Words(en: "'{0}' is no value for '{2}'", zh: "“{0}”不能作为“{2}”的值"), listed: oneOf)
  static let configColumn = UnknownName(
    id: "match.unknown-column", what: Words(en: "no column '{0}' in {2}", zh: "{2} 中没有列“{0}”"),
    listed: Words(en: "it has", zh: "现有列"))
  static let unusedColumn = UnknownName(
    id: "match.unused-column",
    what: Words(en: "'{0}' is not among the columns that count", zh: "“{0}”不在参与匹配的列中"),
    listed: Words(en: "they are", zh: "参与的列"))
}
