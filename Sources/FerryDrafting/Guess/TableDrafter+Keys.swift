import FerryCore
import FerryRecords

// Names, lines and keys.
extension TableDrafter {
  /// Finds a name where no column bears one: its parts, or the most telling column.
  mutating func findNames() {
    for index in blocks.indices {
      let required = blocks[index].entity.fields.first { $0.isRequired }
      guard let required, blocks[index].picks[required.name] == nil else { continue }
      if let parts = nameParts(of: index) {
        blocks[index].picks["name"] = parts
      } else if let column = tellingColumn(for: required, of: index) {
        blocks[index].picks[required.name] = Pick(
          columns: [column], guess: Guess(0.4, [Evidence(DraftWords.nameFallback)]))
        taken.insert(column)
      }
    }
  }

  private func nameParts(of index: Int) -> Pick? {
    let block = blocks[index]
    let given = block.column(of: "given_name") ?? column(meaning: "given_name")
    let family = block.column(of: "family_name") ?? column(meaning: "family_name")
    guard ["contact", "lead", "user"].contains(block.entity.name), let given, let family else {
      return nil
    }
    let isChinese = columns[family].values.prefix(20).contains { value in
      value.text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
    var pick = Pick(
      columns: isChinese ? [family, given] : [given, family],
      guess: Guess(0.9, [Evidence(DraftWords.joinedName)]))
    pick.add("join", isChinese ? "\"\"" : "\" \"")
    return pick
  }

  /// A lead has no fields for its name's parts; a contact's words know them.
  private func column(meaning field: String) -> Int? {
    columns.indices.first { means($0, SalesChain.contact, field) && left[$0] == nil }
  }

  private func tellingColumn(for field: Field, of index: Int) -> Int? {
    let free = columns.indices.filter { !taken.contains($0) && left[$0] == nil }
    if field.type == .amount { return free.first { columns[$0].fits.number > 0.9 } }
    if let key = columns.indices.first(where: { means($0, blocks[index].entity, "key") }) {
      return key
    }
    return free.filter { columns[$0].fits.number < 0.5 && columns[$0].fits.date < 0.5 }
      .max { columns[$0].distinct.count < columns[$1].distinct.count }
  }

  // MARK: Lines

  /// Products with a quantity in rows of quotes, contracts and orders are lines.
  mutating func findLines() {
    guard let name = blocks.first?.entity.name, ["quote", "contract", "order"].contains(name),
      let line = SalesChain.entities.first(where: { $0.parent == name })
    else { return }
    func best(_ field: String) -> Int? {
      columns.indices.filter { left[$0] == nil || field == "key" }.first { column in
        words.meanings(of: columns[column].header, for: "lines").contains {
          $0.field == field && $0.strength > 0.9
        }
      }
    }
    guard let quantity = best("quantity"), let product = best("product") else { return }
    var found = ["quantity": quantity]
    found["price"] = best("price")
    found["amount"] = lineAmount()
    for (field, column) in found.sorted(by: { $0.key < $1.key }) {
      guard let type = line.field(field) else { continue }
      release(column)
      var pick = Pick(
        columns: [column], guess: Guess(0.95, [Evidence(DraftWords.header)]))
      addOptions(to: &pick, type, column)
      blocks[0].lines[field] = pick
      taken.insert(column)
    }
    release(product)
    blocks[0].lines["product"] = Pick(
      columns: [product], guess: Guess(0.9, [Evidence(DraftWords.header)]))
    taken.insert(product)
    if let key = best("key"), columns[key].filled == survey.rowCount {
      blocks[0].lineKey = key
      left[key] = nil
      taken.insert(key)
    }
  }

  /// The line's own amount stands behind the product; the whole one before it.
  private func lineAmount() -> Int? {
    let all = columns.indices.filter { column in
      words.meanings(of: columns[column].header, for: "lines").contains {
        $0.field == "amount" && $0.strength > 0.9
      }
    }
    let whole = columns.indices.filter { means($0, entity.entity, "amount") }
    if let own = all.first(where: { !whole.contains($0) }) { return own }
    return all.count > 1 || whole.count > 1 ? all.last : nil
  }

  /// Takes a column from the field that has it.
  private mutating func release(_ column: Int) {
    for index in blocks.indices {
      for (field, pick) in blocks[index].picks where pick.columns == [column] {
        blocks[index].picks[field] = nil
      }
    }
    taken.insert(column)
    // A field that lost its column may find another.
    assign()
  }

  // MARK: Keys

  mutating func findKey(of index: Int) {
    let entity = blocks[index].entity
    guard entity != SalesChain.activity else { return }
    if let column = numberColumn(of: index) {
      blocks[index].key = [column]
      taken.insert(column)
      blocks[index].keyGuess = guess(ofKey: [column], isPrimary: blocks[index].isPrimary, by: nil)
      addNumberField(column, to: index)
      return
    }
    let parts = naturalKey(of: index)
    guard !parts.columns.isEmpty else { return }
    blocks[index].key = parts.columns
    blocks[index].keyGuess = guess(
      ofKey: parts.columns, isPrimary: blocks[index].isPrimary, by: parts.reason)
  }

  private func numberColumn(of index: Int) -> Int? {
    let entity = blocks[index].entity
    let others = blocks.indices.filter { $0 != index }
    let found = columns.indices.compactMap { column -> (column: Int, score: Double)? in
      guard columns[column].filled > 0,
        let meaning = meanings(column, entity).first(where: { $0.field == "key" }),
        meaning.strength > 0.8 || meaning.isLearned
      else { return nil }
      if !blocks[index].isPrimary, HeaderWords.bareKeys.contains(columns[column].header.folded) {
        return nil
      }
      // 客户编号 in a table of contacts is the customer's.
      if others.contains(where: { means(column, blocks[$0].entity, "key", from: 0.96) }),
        meaning.strength < 1
      {
        return nil
      }
      let share = Double(columns[column].distinct.count) / Double(max(1, survey.rowCount))
      let filled = Double(columns[column].filled) / Double(max(1, survey.rowCount))
      guard filled > 0.5 else { return nil }
      let isFirst = column == 0 && columns[column].isUnique ? 0.1 : 0
      let referenced = neighbours.referenced(column, entity)
      return (
        column,
        meaning.strength + (blocks[index].isPrimary ? share : 0) + filled + isFirst + referenced
      )
    }
    return found.max { $0.score != $1.score ? $0.score < $1.score : $0.column > $1.column }?.column
  }

  /// The number of a paper, the code of a product are fields too.
  private mutating func addNumberField(_ column: Int, to index: Int) {
    for field in ["number", "code"] {
      guard blocks[index].entity.field(field) != nil, blocks[index].picks[field] == nil else {
        continue
      }
      blocks[index].picks[field] = Pick(columns: [column], guess: blocks[index].keyGuess)
    }
  }

  private func naturalKey(of index: Int) -> (columns: [Int], reason: Words) {
    let block = blocks[index]
    func column(_ fields: String...) -> [Int] { fields.compactMap { block.column(of: $0) } }
    switch block.entity.name {
    case "account":
      return (column("name"), DraftWords.keyByName)
    case "contact":
      if let account = self.index(of: "account"),
        let key = blocks[account].key.first ?? blocks[account].column(of: "name")
      {
        return ([key] + (block.picks["name"]?.columns ?? []), DraftWords.keyParts)
      }
      if let account = accountColumn() {
        return ([account] + (block.picks["name"]?.columns ?? []), DraftWords.keyParts)
      }
      return (
        uniqueOf(column("email", "mobile")) ?? block.picks["name"]?.columns ?? [],
        DraftWords.keyByName
      )
    case "user":
      return (uniqueOf(column("email", "name")) ?? column("name"), DraftWords.keyByName)
    case "deal", "case":
      let name = column("name") + column("subject") + column("opened_at")
      if let account = self.index(of: "account") {
        return ((blocks[account].key.prefix(1)) + name, DraftWords.keyParts)
      }
      return ((accountColumn().map { [$0] } ?? []) + name, DraftWords.keyParts)
    case "payment":
      return ((accountColumn().map { [$0] } ?? []) + column("date", "amount"), DraftWords.keyParts)
    case "quote", "contract", "order":
      let name = column("number", "name")
      if let first = name.first { return ([first], DraftWords.keyByName) }
      return ((accountColumn().map { [$0] } ?? []) + column("date", "amount"), DraftWords.keyParts)
    case "lead":
      return (
        uniqueOf(column("mobile", "email")) ?? column("company")
          + (block.picks["name"]?.columns ?? []), DraftWords.keyParts
      )
    default:
      return (column("code").isEmpty ? column("name") : column("code"), DraftWords.keyByName)
    }
  }

  /// The first of these columns that is filled in each row and different in each.
  private func uniqueOf(_ columns: [Int]) -> [Int]? {
    columns.first { self.columns[$0].isUnique && self.columns[$0].filled == survey.rowCount }
      .map { [$0] }
  }

  /// The column that names the customer of a row, its number before its name.
  private func accountColumn() -> Int? {
    let named = ["key", "name"].lazy.compactMap { field in
      columns.indices.first { column in
        means(column, SalesChain.account, field, from: 0.8) && columns[column].filled > 0
          && blocks[0].column(of: "name") != column
      }
    }
    return named.first
  }

  private func guess(ofKey key: [Int], isPrimary: Bool, by reason: Words?) -> Guess {
    var evidence = reason.map { [Evidence($0)] } ?? []
    let blank = key.map { survey.rowCount - columns[$0].filled }.max() ?? 0
    var confidence = reason == nil ? 0.97 : reason == DraftWords.keyByName ? 0.82 : 0.78
    if key.count == 1, let only = key.first {
      if columns[only].isUnique {
        evidence.append(Evidence(DraftWords.unique))
      } else {
        evidence.append(
          Evidence(
            DraftWords.repeats, String(columns[only].distinct.count), String(columns[only].filled)))
      }
    }
    if blank > 0, isPrimary {
      confidence -= 0.3
      evidence.append(Evidence(DraftWords.keyBlank, String(blank)))
    }
    return Guess(confidence, evidence)
  }
}
