import FerryCore
import FerryRecords

// How it works: first it is decided which entities a row tells of, then every column is offered to
// every field of them, and the best offers win, each column and each field once. References come
// last, in `LinkFinder`, when the keys of all tables are known.

/// Drafts the blocks of one table.
struct TableDrafter {
  let survey: TableSurvey
  let words: HeaderWords
  let entity: EntityGuess
  var blocks: [WorkingBlock] = []
  /// Columns that a field or a key took.
  var taken: Set<Int> = []
  /// Why columns were left out, by position.
  var left: [Int: Evidence] = [:]

  /// How the other tables of the folder see the columns of this one.
  struct Neighbours {
    /// Whether a table of customers holds the column's values.
    let isOfAccounts: (Int) -> Bool
    /// What part of another table's references to an entity stands in the column.
    let referenced: (Int, Entity) -> Double
  }

  let neighbours: Neighbours

  init(
    _ survey: TableSurvey, _ entity: EntityGuess, _ words: HeaderWords, _ neighbours: Neighbours
  ) {
    self.survey = survey
    self.neighbours = neighbours
    self.words = words
    self.entity = entity
    blocks = [WorkingBlock(entity: entity.entity, isPrimary: true)]
    addFurtherEntities(isLinked: neighbours.isOfAccounts)
    leaveOut()
    findNotes()
    assign()
    findNames()
    findLines()
    for index in blocks.indices { findKey(of: index) }
    for index in blocks.indices
    where !blocks[index].isPrimary && blocks[index].entity != SalesChain.activity {
      blocks[index].when = blocks[index].column(of: "name") ?? blocks[index].key.last
    }
  }

  var columns: [ColumnSurvey] { survey.columns }

  /// The block of an entity, where the row makes one.
  func index(of entity: String) -> Int? { blocks.firstIndex { $0.entity.name == entity } }

  /// What a column's header means for an entity, the plainest first.
  func meanings(_ column: Int, _ entity: Entity) -> [HeaderMeaning] {
    words.meanings(of: columns[column].header, for: entity.name)
  }

  /// Whether a header means the field without doubt.
  func means(_ column: Int, _ entity: Entity, _ field: String, from least: Double = 0.9) -> Bool {
    meanings(column, entity).contains { $0.field == field && $0.strength >= least }
  }

  // MARK: Which entities

  private mutating func addFurtherEntities(isLinked: (Int) -> Bool) {
    let primary = entity.entity
    if makesContact(primary) {
      blocks.append(WorkingBlock(entity: SalesChain.contact, isPrimary: false))
    }
    if ["contact", "deal"].contains(primary.name), makesAccount(primary, isLinked) {
      blocks.append(WorkingBlock(entity: SalesChain.account, isPrimary: false))
    }
    if ["account", "contact"].contains(primary.name), makesDeal(primary) {
      blocks.append(WorkingBlock(entity: SalesChain.deal, isPrimary: false))
    }
  }

  /// The column of a person's name at a customer, where the row is not about a person itself.
  private func makesContact(_ primary: Entity) -> Bool {
    guard !["contact", "lead", "user", "product", "campaign", "payment"].contains(primary.name)
    else { return false }
    let named = columns.indices.contains { column in
      means(column, SalesChain.contact, "name", from: 0.8)
        && !means(column, primary, "name", from: 0.8) && !means(column, primary, "owner")
    }
    guard named else { return false }
    if primary.name == "account" { return true }
    return columns.indices.contains { column in
      ["mobile", "email", "wechat", "title"].contains { field in
        means(column, SalesChain.contact, field) && primary.field(field) == nil
      }
    }
  }

  /// A customer's name that no table of customers has.
  private func makesAccount(_ primary: Entity, _ isLinked: (Int) -> Bool) -> Bool {
    let naming = columns.indices.filter { column in
      columns[column].filled > 0 && means(column, SalesChain.account, "name", from: 0.8)
        && !means(column, primary, "name", from: 0.8)
    }
    guard !naming.isEmpty else { return false }
    let telling = columns.indices.filter { column in
      ["name", "key"].contains { means(column, SalesChain.account, $0, from: 0.8) }
        && !means(column, primary, "name", from: 0.8)
    }
    return !telling.contains { isLinked($0) }
  }

  private func makesDeal(_ primary: Entity) -> Bool {
    let named = columns.indices.contains { column in
      means(column, SalesChain.deal, "name")
        && !meanings(column, primary).contains { $0.strength > 0.8 }
    }
    let staged = columns.indices.contains { column in
      means(column, SalesChain.deal, "stage")
        && !meanings(column, primary).contains { $0.strength > 0.9 }
    }
    return named && staged
  }

  // MARK: What nobody needs

  private mutating func leaveOut() {
    for (position, column) in columns.enumerated() {
      if words.isIgnored(column.header) {
        let counts = ["序号", "no", "index", "row", "rownumber"].contains(column.header.folded)
        left[position] = Evidence(counts ? DraftWords.leftCounter : DraftWords.leftSystem)
      }
    }
    // 序号 is the number of a row unless it is all the key there is.
    for (position, reason) in left where reason.words == DraftWords.leftCounter {
      if means(position, entity.entity, "key"), columns[position].isUnique, !hasOtherKey(position) {
        left[position] = nil
      }
    }
  }

  private func hasOtherKey(_ position: Int) -> Bool {
    columns.indices.contains { $0 != position && means($0, entity.entity, "key", from: 0.7) }
  }
}
