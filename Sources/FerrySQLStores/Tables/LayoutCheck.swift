import FerryCore
import FerryRecords
import FerryStores

/// What a database says of one table.
struct TableFacts {
  struct Column {
    let name: String
    /// The type as the database spells it, in lower case.
    let type: String
    /// Whether a new row must bring a value.
    let isRequired: Bool
    /// Whether the database makes the value where a row brings none.
    let isMade: Bool
    let idKind: SQLTable.IDKind
    /// Digits behind the point, where the database would round what has more.
    var scale: Int?
    /// Whether it holds a day and a time, and takes no text of its own form for it.
    var isTime = false
  }

  var columns: [Column] = []
  /// The columns of the primary key.
  var primaryKey: [String] = []
  /// Columns that no two rows share a value of.
  var unique: Set<String> = []
  /// Columns of unique indexes of several columns.
  var uniqueTogether: [[String]] = []
  /// Whether a column can hold external ids just as they are.
  var holdsText: Set<String> = []

  /// Takes in a unique index.
  mutating func addUnique(_ columns: [String]) {
    if columns.count == 1 { unique.insert(columns[0]) } else { uniqueTogether.append(columns) }
  }
}

/// Holds a layout against the tables that are there.
struct LayoutCheck {
  let layout: StoreLayout
  let store: String
  private(set) var tables: [String: SQLTable] = [:]
  private(set) var findings: [Finding] = []

  init(_ layout: StoreLayout, store: String) {
    self.layout = layout
    self.store = store
  }

  /// What is wrong, as one error; `nil` where all fits.
  var error: StoreError? {
    guard !findings.isEmpty else { return nil }
    let sorted = findings.enumerated().sorted {
      (Self.line($0.element), $0.offset) < (Self.line($1.element), $1.offset)
    }
    return StoreError(.wrongUsage, isTransient: false, findings: sorted.map(\.element))
  }

  /// The line that a finding names, for the order of the file.
  private static func line(_ finding: Finding) -> Int {
    let parts = (finding.provenance?.file ?? "").split(separator: ":")
    return parts.dropLast().last.flatMap { Int($0) } ?? 0
  }

  /// Checks all tables; `facts` gives `nil` for one that is not there, `others` the names there are.
  mutating func check(
    facts: (TableLayout) throws(StoreError) -> TableFacts?,
    others: (TableLayout) throws(StoreError) -> [String]
  ) throws(StoreError) {
    for (entity, table) in layout.tables.sorted(by: { $0.key < $1.key }) {
      guard let found = try facts(table), !found.columns.isEmpty else {
        addUnknown(
          SQLLayoutRules.noTable, SQLLayoutRules.noTableNear, table.table,
          among: try others(table))
        continue
      }
      var made = SQLTable(table, timeZone: layout.timeZone)
      let isWhole = checkColumns(table, found)
      made.take(found)
      checkID(table, found, &made)
      checkKey(table, found, &made)
      if isWhole, table.isLoaded { checkRequired(table, found, made) }
      tables[entity] = made
    }
  }

  /// Whether all columns are there that the layout names.
  private mutating func checkColumns(_ table: TableLayout, _ facts: TableFacts) -> Bool {
    let named = table.columns.values.map(\.column) + table.constants.map(\.column)
    let found = named.sorted { $0.place < $1.place }.map { checkIsThere($0, table, facts) }
    return found.allSatisfy { $0 }
  }

  private mutating func checkIsThere(
    _ column: StoreName, _ table: TableLayout, _ facts: TableFacts
  ) -> Bool {
    let names = facts.columns.map(\.name)
    if names.contains(column.text) { return true }
    addUnknown(
      SQLLayoutRules.noColumn, SQLLayoutRules.noColumnNear, column, among: names,
      table.table.text)
    return false
  }

  /// A new row must get its id from the database, from its external id, or from Ferry.
  private mutating func checkID(
    _ table: TableLayout, _ facts: TableFacts, _ made: inout SQLTable
  ) {
    if let id = table.id {
      guard checkIsThere(id, table, facts) else { return }
      guard facts.unique.contains(id.text) else {
        return add(SQLLayoutRules.notUnique, id, table.table.text)
      }
    } else if facts.primaryKey.count != 1 {
      return add(SQLLayoutRules.noPrimaryKey, table.table, table.table.text)
    }
    made.id = table.id?.text ?? facts.primaryKey.first ?? made.id
    guard let column = facts.columns.first(where: { $0.name == made.id }) else { return }
    made.idKind = column.idKind
    if made.id == made.key {
      made.idSource = .key
      if made.idKind != .whole { made.idKind = .text }
    } else if column.isMade {
      made.idSource = .store
    } else if column.idKind != .whole {
      made.idSource = .ferry
    } else if table.isLoaded {
      add(SQLLayoutRules.idNotMade, table.id ?? table.table, table.table.text, made.id)
    }
  }

  /// External ids must be kept letter by letter, and be unique among the rows that count.
  private mutating func checkKey(
    _ table: TableLayout, _ facts: TableFacts, _ made: inout SQLTable
  ) {
    guard let key = table.key, checkIsThere(key, table, facts) else { return }
    let fixed = Set(table.constants.map(\.column.text) + [key.text])
    if !facts.unique.contains(key.text) {
      let index = facts.uniqueTogether.first { $0.contains(key.text) && fixed.isSuperset(of: $0) }
      if let index {
        made.keyIndex = index
      } else {
        add(SQLLayoutRules.notUnique, key, table.table.text)
      }
    }
    guard !facts.holdsText.contains(key.text) else { return }
    let column = facts.columns.first { $0.name == key.text }
    made.isKeyWhole = column?.idKind == .whole
    if !made.isKeyWhole {
      add(SQLLayoutRules.keyNotText, key, table.table.text, column?.type ?? "?")
    }
  }

  /// A column that must be filled and that nothing fills would refuse every record.
  private mutating func checkRequired(
    _ table: TableLayout, _ facts: TableFacts, _ made: SQLTable
  ) {
    var filled = Set(table.columns.values.map(\.column.text) + table.constants.map(\.column.text))
    filled.formUnion([made.id, made.key])
    for column in facts.columns where column.isRequired && !filled.contains(column.name) {
      add(SQLLayoutRules.columnRequired, table.table, table.table.text, column.name)
    }
  }

  private mutating func add(_ rule: Rule, _ name: StoreName, _ more: String...) {
    findings.append(
      Finding(rule, at: Provenance(file: name.place), arguments: [name.text] + more))
  }

  private mutating func addUnknown(
    _ rule: Rule, _ nearRule: Rule, _ name: StoreName, among known: [String], _ more: String...
  ) {
    let near = NearestName.of(name.text, among: known)
    let list = known.isEmpty ? "–" : known.prefix(20).joined(separator: ", ")
    findings.append(
      Finding(
        near == nil ? rule : nearRule, at: Provenance(file: name.place),
        arguments: [name.text, near ?? list] + more))
  }
}

/// The words for a layout that does not fit; `{0}` is the name that the mapping says.
enum SQLLayoutRules {
  private static func rule(
    _ id: String, en: String, zh: String, doEN: String, doZH: String
  ) -> Rule {
    Rule(
      id: "store.\(id)", severity: .error, message: Words(en: en, zh: zh),
      suggestion: Words(en: doEN, zh: doZH))
  }

  static let noTable = rule(
    "no-table", en: "the store has no table '{0}'; it has {1}", zh: "目标库中没有表“{0}”；现有：{1}",
    doEN: "Correct 'table' or 'schema'.", doZH: "请改正“table”或“schema”。")
  static let noTableNear = rule(
    "no-table", en: "the store has no table '{0}'; did you mean '{1}'?",
    zh: "目标库中没有表“{0}”，是否指“{1}”？",
    doEN: "Correct 'table' or 'schema'.", doZH: "请改正“table”或“schema”。")
  static let noColumn = rule(
    "no-column", en: "no column '{0}' in the table {2}; it has {1}", zh: "表 {2} 中没有列“{0}”；现有：{1}",
    doEN: "Correct the column's name.", doZH: "请改正列名。")
  static let noColumnNear = rule(
    "no-column", en: "no column '{0}' in the table {2}; did you mean '{1}'?",
    zh: "表 {2} 中没有列“{0}”，是否指“{1}”？", doEN: "Correct the column's name.", doZH: "请改正列名。")
  static let notUnique = rule(
    "not-unique", en: "two rows of {1} may have the same '{0}'", zh: "{1} 的两行可能有相同的“{0}”",
    doEN: "Name a column with a unique index of its own, or make that index; columns under "
      + "'where' may be part of it.",
    doZH: "请指定有唯一索引的列，或先建立唯一索引；“where”下的列可以包含在索引中。")
  static let noPrimaryKey = rule(
    "no-primary-key", en: "{1} has no primary key of one column", zh: "{1} 没有单列主键",
    doEN: "Name a unique column by 'id'.", doZH: "请用“id”指定一个唯一的列。")
  static let idNotMade = rule(
    "id-not-made", en: "{1}.{2} is a number that the database does not give by itself",
    zh: "{1}.{2} 是数字，但数据库不会自动编号",
    doEN: "Let the column count by itself (identity, auto_increment), or name another by 'id'.",
    doZH: "请让该列自动编号（identity、auto_increment），或用“id”指定其他列。")
  static let keyNotText = rule(
    "key-not-text",
    en: "'{0}' of {1} is of type {2}, which does not keep external ids letter by letter",
    zh: "{1} 的列“{0}”类型为 {2}，不能逐字保存外部标识",
    doEN: "Name a column of texts or whole numbers, or leave 'key' out: Ferry then adds the column "
      + "ferry_id.",
    doZH: "请指定文本列或整数列，或省略“key”：Ferry 会添加 ferry_id 列。")
  static let columnRequired = rule(
    "column-required",
    en: "{1}.{2} must be filled in every row (NOT NULL, no default), and nothing fills it",
    zh: "{1}.{2} 不能为空（NOT NULL 且无默认值），但没有内容填入",
    doEN: "Map a field to it, or give it a value under 'where'.",
    doZH: "请将某个字段映射到该列，或在“where”下给出固定值。")
}
