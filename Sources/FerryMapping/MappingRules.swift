import FerryCore

// What can be wrong with a mapping file, in words. Arguments are names as the mapping spells
// them; messages stand after `mapping.yaml:14:9: error: `, so they begin in lower case.
extension Rule {
  private static func fault(_ id: String, en: String, zh: String, doEN: String, doZH: String)
    -> Rule
  {
    Rule(
      id: "mapping.\(id)", severity: .error, message: Words(en: en, zh: zh),
      suggestion: Words(en: doEN, zh: doZH))
  }

  static let mappingUnreadable = fault(
    "unreadable", en: "the mapping can't be read: {0}", zh: "映射文件无法读取：{0}",
    doEN: "Check the path and the permissions.", doZH: "请检查路径和权限。")
  static let mappingMissing = fault(
    "missing", en: "there is no such mapping file", zh: "没有这个映射文件",
    doEN: "Check the path.", doZH: "请检查路径。")
  static let mappingSourceUnreadable = fault(
    "source-unreadable", en: "the source can't be read: {0}", zh: "来源文件无法读取：{0}",
    doEN: "Check the file.", doZH: "请检查文件。")
  // Both languages as arguments: the words come from the YAML room.
  static let mappingYAML = fault(
    "yaml", en: "{0}", zh: "{1}", doEN: "Correct the YAML there.", doZH: "请改正此处的 YAML。")
  static let mappingVersion = fault(
    "version", en: "expected 'ferry: 1', found '{0}'", zh: "应为“ferry: 1”，实为“{0}”",
    doEN: "Write 'ferry: 1' in the first line.", doZH: "请在第一行写“ferry: 1”。")
  static let mappingMissingKey = fault(
    "missing-key", en: "'{0}' is missing under '{1}'", zh: "“{1}”下缺少“{0}”",
    doEN: "Add the key.", doZH: "请补上这个键。")
  static let mappingExpectedText = fault(
    "expected-text", en: "expected one text under '{0}'", zh: "“{0}”下应为一个文本",
    doEN: "Write one value there.", doZH: "请在此处写一个值。")
  static let mappingExpectedMapping = fault(
    "expected-mapping", en: "expected keys with values under '{0}'", zh: "“{0}”下应为键和值",
    doEN: "Write 'key: value' lines, indented.", doZH: "请写缩进的“键: 值”行。")
  static let mappingExpectedList = fault(
    "expected-list", en: "expected a list under '{0}'", zh: "“{0}”下应为列表",
    doEN: "Write lines that begin with '- '.", doZH: "请写以“- ”开头的行。")
  static let mappingExpectedNumber = fault(
    "expected-number", en: "expected {1} under '{0}', found '{2}'",
    zh: "“{0}”下应为 {1}，实为“{2}”", doEN: "Correct the number.", doZH: "请改正数字。")
  static let mappingCondition = fault(
    "condition", en: "{0}", zh: "{1}", doEN: "Correct the condition there.", doZH: "请改正此处的条件。")
  static let mappingNoSource = fault(
    "no-source", en: "'sources' lists no file", zh: "“sources”没有列出任何文件",
    doEN: "Add a source with 'file' and 'records'.", doZH: "请添加含“file”和“records”的来源。")
  static let mappingNoKey = fault(
    "no-key",
    en: "'{0}' has no 'key': each record needs an id that stays the same in every run",
    zh: "“{0}”没有“key”：每条记录都需要一个每次运行都不变的标识",
    doEN: "Add 'key:' with the column, or columns, that tell one record from another.",
    doZH: "请添加“key:”，写明能区分各条记录的一列或多列。")
  static let mappingLineBlock = fault(
    "line-block", en: "'{0}' is written as 'lines:' under '{1}'", zh: "“{0}”应写在“{1}”的“lines:”下",
    doEN: "Move the block.", doZH: "请移动这一段。")
  static let mappingNoLines = fault(
    "no-lines", en: "'{0}' has no lines; quote, contract and order have",
    zh: "“{0}”没有明细行；只有 quote、contract、order 有", doEN: "Remove 'lines'.",
    doZH: "请删除“lines”。")
  static let mappingNoContent = fault(
    "no-content", en: "'{0}' needs 'from', 'value' or 'link'",
    zh: "“{0}”需要“from”“value”或“link”", doEN: "Say where the value comes from.",
    doZH: "请说明值从哪里来。")
  static let mappingContradiction = fault(
    "contradiction", en: "'{0}' and '{1}' can't stand together under '{2}'",
    zh: "“{2}”下不能同时写“{0}”和“{1}”", doEN: "Remove one of them.", doZH: "请删除其中之一。")
  static let mappingUselessOption = fault(
    "useless-option", en: "'{0}' means nothing for {1}, which holds {2}",
    zh: "“{0}”对 {1} 没有意义（其类型为 {2}）", doEN: "Remove it.", doZH: "请删除它。")
  static let mappingBareReference = fault(
    "bare-reference",
    en: "{0} is a reference to {1}: say how '{2}' names it, "
      + "such as { from: {2}, find: {1}.{3} } or find: {1}.key",
    zh: "{0} 引用 {1}：请说明“{2}”如何指代，例如 { from: {2}, find: {1}.{3} } 或 find: {1}.key",
    doEN: "Add 'find' or 'link'.", doZH: "请添加“find”或“link”。")
  static let mappingFindForm = fault(
    "find-form", en: "'{0}' is not of the form entity.field, such as {1}.key",
    zh: "“{0}”不是“实体.字段”的形式，例如 {1}.key", doEN: "Correct 'find'.", doZH: "请改正“find”。")
  static let mappingWrongEntity = fault(
    "wrong-entity", en: "{0} refers to {1}, not to '{2}'", zh: "{0} 引用的是 {1}，不是“{2}”",
    doEN: "Name an entity that the field can refer to.", doZH: "请写该字段可以引用的实体。")
  static let mappingLinkElsewhere = fault(
    "link-elsewhere",
    en: "'link: {0}' needs a block '{0}' in the same source; it makes {1}",
    zh: "“link: {0}”要求同一来源中有“{0}”段；该来源只生成 {1}",
    doEN: "Use { from: COLUMN, find: {0}.key } for a record of another sheet.",
    doZH: "引用其他工作表的记录请用 { from: 列名, find: {0}.key }。")
  static let mappingBadConstant = fault(
    "bad-value", en: "'{0}' is no value for {1}: {2}", zh: "“{0}”不能作为 {1} 的值：{3}",
    doEN: "Correct the value.", doZH: "请改正这个值。")
  static let mappingMapKeyTwice = fault(
    "map-key-twice",
    en: "'{0}' and '{1}' are the same value once case and width are folded, "
      + "and stand for different ones",
    zh: "“{0}”和“{1}”在忽略大小写和全半角后相同，却对应不同的值",
    doEN: "Remove one of the lines.", doZH: "请删除其中一行。")
  static let mappingSplitForm = fault(
    "split-form", en: "expected { by: SEPARATOR, part: NUMBER } under 'split'",
    zh: "“split”下应为 { by: 分隔符, part: 序号 }", doEN: "Correct 'split'.", doZH: "请改正“split”。")
  static let mappingRequired = fault(
    "required", en: "{0} is required, and no source maps it", zh: "{0} 必填，但没有来源映射它",
    doEN: "Map it to a column, or give a 'value'.", doZH: "请映射到列，或用“value”给定常量。")
  static let mappingConflictTwice = fault(
    "conflict-twice", en: "'on_conflict' of {0} is '{1}' here and '{2}' on line {3}",
    zh: "{0} 的“on_conflict”在此为“{1}”，在第 {3} 行为“{2}”", doEN: "Make them agree.",
    doZH: "请改成一致。")
  static let mappingCurrencyTwice = fault(
    "currency-twice", en: "the amounts of one {0} are in '{1}' and in '{2}'",
    zh: "同一条 {0} 的金额币种既为“{1}”又为“{2}”", doEN: "Give one currency.",
    doZH: "请只给一个币种。")
  static let mappingThresholds = fault(
    "thresholds", en: "'review' ({0}) lies above 'merge' ({1})", zh: "“review”（{0}）高于“merge”（{1}）",
    doEN: "Give review a smaller number than merge.", doZH: "review 应小于 merge。")
  static let mappingRuleForm = fault(
    "rule-form", en: "a rule is 'entity: condition', such as 'deal: amount >= 0'",
    zh: "规则的形式为“实体: 条件”，例如“deal: amount >= 0”", doEN: "Write one entity and its condition.",
    doZH: "请写一个实体及其条件。")
  static let mappingControlForm = fault(
    "control-form",
    en: "expected 'count ENTITY', 'sum ENTITY.FIELD' and maybe 'by FIELD' or '= FIGURE', "
      + "found '{0}'",
    zh: "应为“count 实体”或“sum 实体.字段”，可加“by 字段”或“= 金额”，实为“{0}”",
    doEN: "Correct the control.", doZH: "请改正控制总数。")
  static let mappingControlGroups = fault(
    "control-groups", en: "'{0}' has a total for each group, so one figure can't be expected",
    zh: "“{0}”按组合计，不能只写一个预期值",
    doEN: "Write '{0}:' and below it a line for each group, such as 'won: 1,200.00'.",
    doZH: "请写成“{0}:”，并在其下为每个组各写一行，如“won: 1,200.00”。")
  static let mappingControlNumber = fault(
    "control-number", en: "'{0}' holds no numbers, so there is no sum of it",
    zh: "“{0}”不是数字，无法求和", doEN: "Sum an amount or a number, or count the records.",
    doZH: "请对金额或数字求和，或改为计数。")
  static let mappingControlAgainst = fault(
    "control-against", en: "'{0}' is no field of the record that '{1}' names",
    zh: "“{0}”不是“{1}”所指记录的字段",
    doEN: "Write 'against {2}.FIELD', with a reference behind 'by'.",
    doZH: "请写成“against {2}.字段”，“by”之后为关联字段。")
  static let mappingStoreNoColumn = fault(
    "store-no-column", en: "{0} has no column in the table {1}", zh: "{0} 在表 {1} 中没有对应的列",
    doEN: "Add it under 'store', 'fields', or take the field out.",
    doZH: "请在“store”的“fields”下补上，或去掉该字段。")
  static let mappingStoreNoRest = fault(
    "store-no-rest",
    en: "say where '{0}' keeps what has no column, such as owners that nobody knows: "
      + "'custom: COLUMN', or 'custom: none' to leave it out",
    zh: "请说明“{0}”把没有对应列的内容（如查无此人的负责人）存在哪里："
      + "“custom: 列名”，或用“custom: none”舍弃",
    doEN: "Add 'custom' under 'fields'.", doZH: "请在“fields”下添加“custom”。")
  static let mappingStoreForm = fault(
    "store-form", en: "a column of type '{0}' can't hold {1}", zh: "类型为“{0}”的列不能存放 {1}",
    doEN: "Remove 'type', or name another.", doZH: "请删除“type”或换一个类型。")
  static let mappingStoreWordTwice = fault(
    "store-word-twice", en: "'{0}' and '{1}' would both be written as '{2}'",
    zh: "“{0}”和“{1}”都会写成“{2}”",
    doEN: "Give each value a word of its own.", doZH: "请让每个值对应不同的写法。")
  static let mappingStoreColumnTwice = fault(
    "store-column-twice", en: "'{0}' and '{1}' would both be written to the column {2}",
    zh: "“{0}”和“{1}”都会写入列 {2}",
    doEN: "Give each field a column of its own.", doZH: "请让每个字段对应不同的列。")
  static let mappingGoneUnmapped = fault(
    "gone-unmapped", en: "'gone' names {0}, which no source makes", zh: "“gone”提到 {0}，但没有来源生成它",
    doEN: "Remove the line, or map {0}.", doZH: "请删除此行，或映射 {0}。")
  static let mappingMarkUnmapped = fault(
    "mark-unmapped", en: "'set' can only name a mapped field that is no reference; {0} is none",
    zh: "“set”只能使用已映射且不是引用的字段；{0} 不符合",
    doEN: "Map the field too, so that a record that comes back gets its value again.",
    doZH: "请同时映射该字段，这样记录重新出现时可恢复其值。")
  static let mappingOwnerTwice = fault(
    "owner-twice", en: "the owner '{0}' stands in line {1} already", zh: "负责人“{0}”已在第 {1} 行出现",
    doEN: "Keep one of the two lines.", doZH: "请只保留其中一行。")
  static let mappingOwnerBlank = fault(
    "owner-blank", en: "nothing says what becomes of the records of '{0}'",
    zh: "没有写明“{0}”的记录如何处理",
    doEN: "Write a user, 公海 (pool) or inactive.", doZH: "请写接手的用户、公海或 inactive（离职）。")
  static let mappingOwnerNameless = fault(
    "owner-nameless", en: "no old name stands before '{0}'", zh: "“{0}”前没有原负责人姓名",
    doEN: "Write the owner as the sheets call them, or remove the line.",
    doZH: "请按表格中的写法填写原负责人，或删除此行。")
  static let mappingOwnerColumns = fault(
    "owner-columns", en: "an owner map has a head row and two columns: old name, new owner",
    zh: "负责人对照表应有标题行和两列：原负责人、新负责人",
    doEN: "Begin with a row such as `old,new`.", doZH: "请以“原负责人,新负责人”这样的标题行开头。")
  static let mappingOwnersEmpty = fault(
    "owners-empty", en: "no owner stands here", zh: "这里没有任何负责人",
    doEN: "Add lines such as `张伟: 李娜`, or leave the key out.",
    doZH: "请添加“张伟: 李娜”这样的行，或删除此键。")
  static let mappingOwnerLeft = fault(
    "owner-left", en: "'{0}' is to get records, but is inactive in this very map",
    zh: "“{0}”要接手记录，但在同一张表中已标为离职",
    doEN: "Name someone else, or give '{0}' a user of their own.", doZH: "请改为其他人，或更正“{0}”的那一行。")
  static let mappingNoOwnersFile = fault(
    "no-owners-file", en: "there is no owner map '{0}'", zh: "没有负责人对照表“{0}”",
    doEN: "Check the path; it is relative to the mapping's folder.",
    doZH: "请检查路径；路径相对于映射文件所在目录。")
  static let mappingNoFile = fault(
    "no-file", en: "no file matches '{0}'", zh: "没有文件匹配“{0}”",
    doEN: "Check the pattern; it is relative to the mapping's folder.",
    doZH: "请检查通配符；路径相对于映射文件所在目录。")
  static let mappingSourceAbsent = Rule(
    id: "mapping.source-absent", severity: .info,
    message: Words(
      en: "no file matches '{0}' this time: what it brought before ({1}) stays as it is",
      zh: "本次没有文件匹配“{0}”：它此前导入的内容（{1}）保持不变"),
    suggestion: Words(
      en:
        "Nothing needs to be done: the mapping says `absent: keep` of it. Rows that are gone are not "
        + "looked for among these entities.",
      zh: "无需处理：映射中已注明 `absent: keep`。这些对象不检查已消失的行。"))
  static let mappingNoPassword = fault(
    "no-password", en: "the environment variable '{0}' is not set", zh: "未设置环境变量“{0}”",
    doEN: "Set it to the workbook's password: `export {0}=…`.",
    doZH: "请将其设为工作簿的密码：`export {0}=…`。")
  static let mappingSeveralSheets = fault(
    "several-sheets", en: "{0} has several sheets, so 'sheet' must name one: {1}",
    zh: "{0} 有多个工作表，请用“sheet”指明：{1}", doEN: "Add 'sheet:'.", doZH: "请添加“sheet:”。")
  static let mappingEmptySheet = fault(
    "empty-sheet", en: "no table stands in {0}", zh: "{0} 中没有表格",
    doEN: "Check the sheet; name the table with 'header' or 'range'.",
    doZH: "请检查工作表，或用“header”“range”指明表格。")
  static let mappingRowTwice = fault(
    "row-twice", en: "row {0} stands under 'keep' and under 'drop'",
    zh: "第 {0} 行同时出现在“keep”和“drop”下", doEN: "Remove it from one of them.",
    doZH: "请从其中之一删去。")
  static let mappingNoTable = fault(
    "no-table", en: "there is no table {0} in {1}; it holds {2}",
    zh: "{1} 中没有第 {0} 个表格，共有 {2} 个", doEN: "Run ferry inspect to see them, and name one.",
    doZH: "请用 ferry inspect 查看后指定其中之一。")
  static let mappingEmptyPlace = fault(
    "empty-place", en: "'{0}' points at nothing in {1}", zh: "“{0}”所指的位置在 {1} 中没有内容",
    doEN: "Correct the row numbers, or leave the key out.", doZH: "请更正行号，或删除此键。")
  static let mappingColumnTwice = fault(
    "column-twice", en: "'{0}' stands {1} times in {2} ({3}); write '{0}#1' for the first",
    zh: "“{0}”在 {2} 中出现 {1} 次（{3}）；第一个请写“{0}#1”",
    doEN: "Rename a column, or add # and its number.", doZH: "请重命名列，或加 # 和序号。")
}

extension UnknownNameRule {
  private static let oneOf = Words(en: "expected one of", zh: "可选")

  static let key = UnknownNameRule(
    "mapping.unknown-key", Words(en: "unknown key '{0}' under '{2}'", zh: "“{2}”下没有键“{0}”"),
    listed: oneOf)
  static let entity = UnknownNameRule(
    "mapping.unknown-entity", Words(en: "unknown entity '{0}'", zh: "没有实体“{0}”"), listed: oneOf)
  static let field = UnknownNameRule(
    "mapping.unknown-field", Words(en: "{2} has no field '{0}'", zh: "{2} 没有字段“{0}”"),
    listed: Words(en: "it has", zh: "可选"))
  static let word = UnknownNameRule(
    "mapping.unknown-word", Words(en: "'{0}' is no value for '{2}'", zh: "“{0}”不能作为“{2}”的值"),
    listed: oneOf)
  static let timeZone = UnknownNameRule(
    "mapping.unknown-time-zone", Words(en: "unknown time zone '{0}'", zh: "没有时区“{0}”"),
    listed: Words(en: "expected an IANA name such as", zh: "应为 IANA 名称，例如"))
  static let currency = UnknownNameRule(
    "mapping.unknown-currency", Words(en: "unknown currency '{0}'", zh: "没有币种“{0}”"),
    listed: Words(en: "expected an ISO 4217 code such as", zh: "应为 ISO 4217 代码，例如"))
  static let region = UnknownNameRule(
    "mapping.unknown-region", Words(en: "unknown region '{0}'", zh: "没有地区“{0}”"),
    listed: Words(en: "expected an ISO 3166 code such as", zh: "应为 ISO 3166 代码，例如"))
  static let unit = UnknownNameRule(
    "mapping.unknown-unit", Words(en: "unknown unit '{0}'", zh: "没有单位“{0}”"),
    listed: Words(en: "expected one such as", zh: "例如"))
  static let normalizer = UnknownNameRule(
    "mapping.unknown-normalizer", Words(en: "unknown normalizer '{0}'", zh: "没有规范化类型“{0}”"),
    listed: oneOf)
  static let column = UnknownNameRule(
    "mapping.unknown-column", Words(en: "no column '{0}' in {2}", zh: "{2} 中没有列“{0}”"),
    listed: Words(en: "it has", zh: "现有列"))
  static let sheet = UnknownNameRule(
    "mapping.unknown-sheet", Words(en: "no sheet '{0}' in {2}", zh: "{2} 中没有工作表“{0}”"),
    listed: Words(en: "it has", zh: "现有工作表"))
}
