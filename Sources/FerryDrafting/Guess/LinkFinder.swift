import FerryRecords
import FerryTables

// References: which column of one table is contained in which of another. Keys are known by now.

/// A field of another table's records that a reference can be found by.
struct LinkTarget {
  /// Index of the table.
  let table: Int
  /// The entity's name.
  let entity: String
  /// `key` or the field's name.
  let field: String
  /// The columns that hold it.
  let columns: [Int]
}

/// Fills the references of all drafted tables.
struct LinkFinder {
  /// A link needs at least this part of the values to be found.
  static let leastShare = 0.3

  let surveys: [TableSurvey]
  let words: HeaderWords
  var drafters: [TableDrafter]
  private var targets: [LinkTarget] = []

  /// `drafters` stand beside `surveys`.
  init(_ surveys: [TableSurvey], _ drafters: [TableDrafter], _ words: HeaderWords) {
    self.surveys = surveys
    self.drafters = drafters
    self.words = words
    targets = drafters.indices.flatMap { table in
      drafters[table].blocks.flatMap { Self.targets(of: $0, table) }
    }
  }

  private static func targets(of block: WorkingBlock, _ table: Int) -> [LinkTarget] {
    let name = block.entity.name
    var found: [LinkTarget] = []
    if !block.key.isEmpty {
      found.append(LinkTarget(table: table, entity: name, field: "key", columns: block.key))
    }
    for field in ["number", "code", "name", "email", "credit_code"] {
      guard let column = block.column(of: field) else { continue }
      found.append(LinkTarget(table: table, entity: name, field: field, columns: [column]))
    }
    return found
  }

  /// Finds the column and the target of every reference.
  mutating func run() {
    for table in drafters.indices {
      for block in drafters[table].blocks.indices {
        let entity = drafters[table].blocks[block].entity
        for field in entity.fields where field.referenced != nil { link(field, block, table) }
      }
      linkProducts(of: table)
    }
  }

  private mutating func link(_ field: Field, _ block: Int, _ table: Int) {
    guard let entity = field.referenced else { return }
    let own = drafters[table].blocks[block].entity
    if field.name == entity, own.name != entity, drafters[table].index(of: entity) != nil,
      drafters[table].blocks[block].picks[field.name] == nil
    {
      // The same row makes it.
      if own.name != "account" {
        var pick = Pick(columns: [], guess: Guess(0.95, [Evidence(DraftWords.sameRow)]))
        pick.add("link", entity)
        drafters[table].blocks[block].picks[field.name] = pick
        return
      }
    }
    let best = candidates(for: field, block, table).max { one, two in
      one.score != two.score ? one.score < two.score : one.column > two.column
    }
    guard let best else { return }
    drafters[table].blocks[block].picks[field.name] = best.pick
    drafters[table].taken.formUnion(best.pick.columns)
  }

  private struct Candidate {
    let column: Int
    let score: Double
    let pick: Pick
  }

  private func candidates(for field: Field, _ block: Int, _ table: Int) -> [Candidate] {
    let drafter = drafters[table]
    let entity = drafter.blocks[block].entity
    return drafter.columns.indices.compactMap { column in
      guard drafter.left[column] == nil else { return nil }
      let meaning = drafter.meanings(column, entity).first {
        $0.field == field.name && $0.strength >= 0.6
      }
      guard let meaning else { return nil }
      if drafter.taken.contains(column), !isShared(column, field, drafter) { return nil }
      if !drafter.blocks[block].isPrimary, field.name != "owner" { return nil }
      return candidate(column, field, meaning, block, table)
    }
  }

  /// A column of a key may be a reference too, and one owner may own all that a row makes.
  private func isShared(_ column: Int, _ field: Field, _ drafter: TableDrafter) -> Bool {
    let isField = drafter.blocks.contains { block in
      block.picks.values.contains {
        $0.columns.contains(column) && !$0.options.contains { $0.key == "find" }
      }
    }
    if isField { return false }
    return field.referenced == "user" || drafter.blocks.contains { $0.key.contains(column) }
  }

  private func candidate(
    _ column: Int, _ field: Field, _ meaning: HeaderMeaning, _ block: Int, _ table: Int
  ) -> Candidate? {
    let header = Evidence(meaning.isLearned ? DraftWords.headerTaught : DraftWords.header)
    let survey = surveys[table].columns[column]
    if field.referenced == "user" { return user(column, field, meaning, header, table) }
    if field.referenced == "contact", let pair = contactPair(column, header, block, table) {
      return pair
    }
    let entity = field.referenced ?? ""
    let found = targets.filter {
      $0.entity == entity && $0.columns.count == 1
        && ($0.table != table || drafters[table].blocks[block].entity.name == entity)
    }.map { (target: $0, share: share(of: column, table, in: $0)) }
      .max { $0.share != $1.share ? $0.share < $1.share : $0.target.field > $1.target.field }
    if survey.filled > 0, let found, found.share >= Self.leastShare {
      var pick = Pick(
        columns: [column],
        guess: Guess(
          min(0.99, 0.6 + 0.39 * found.share),
          [header, inColumn(found.share, found.target)]))
      pick.add("find", "\(entity).\(found.target.field)")
      return Candidate(column: column, score: 1 + found.share + meaning.strength, pick: pick)
    }
    guard meaning.strength > 0.7 else { return nil }
    return byHeader(column, field, entity, meaning, header, table)
  }

  /// No table of these files holds it: the header says whether it is a number or a name.
  private func byHeader(
    _ column: Int, _ field: Field, _ entity: String, _ meaning: HeaderMeaning,
    _ header: Evidence, _ table: Int
  ) -> Candidate {
    let survey = surveys[table].columns[column]
    let isNumber =
      HeaderWords.keyEnds.contains { survey.header.folded.hasSuffix($0) }
      || survey.fits.identifier > 0.8
    let fields = SalesChain.entity(entity)
    let name = ["name", "number", "subject"].first { fields?.field($0) != nil } ?? "key"
    let target =
      isNumber ? "key" : entity == "product" || fields?.field("name") == nil ? name : "name"
    let isElsewhere = targets.contains { $0.entity == entity }
    let evidence = [header] + (isElsewhere ? [] : [Evidence(DraftWords.notHere)])
    var pick = Pick(
      columns: [column],
      guess: Guess(isElsewhere && survey.filled > 0 ? 0.55 : 0.8 * meaning.strength, evidence))
    pick.add("find", "\(entity).\(target)")
    // A number is surer than a name.
    return Candidate(
      column: column, score: meaning.strength + (isNumber ? 0.1 : 0), pick: pick)
  }

  private func share(of column: Int, _ table: Int, in target: LinkTarget) -> Double {
    guard let other = target.columns.first else { return 0 }
    if target.table == table, other == column { return 0 }
    return surveys[table].columns[column].share(in: surveys[target.table].columns[other])
  }

  private func inColumn(_ share: Double, _ target: LinkTarget) -> Evidence {
    let survey = surveys[target.table]
    let names = target.columns.map { survey.columnName($0) }.joined(separator: " + ")
    return Evidence(
      DraftWords.inColumn, "\(Int((share * 100).rounded())) %", "\(survey.title)·\(names)")
  }
}

// MARK: - People

extension LinkFinder {
  private func user(
    _ column: Int, _ field: Field, _ meaning: HeaderMeaning, _ header: Evidence, _ table: Int
  ) -> Candidate {
    let survey = surveys[table].columns[column]
    let fits = survey.fits
    let found = targets.filter {
      $0.entity == "user" && $0.columns.count == 1 && $0.table != table && $0.field != "credit_code"
    }.map { (target: $0, share: share(of: column, table, in: $0)) }
      .max { $0.share != $1.share ? $0.share < $1.share : $0.target.field < $1.target.field }
    var target = "name"
    var confidence = 0.85 * meaning.strength
    var evidence = [header]
    if survey.filled > 0, let found, found.share >= Self.leastShare {
      target = found.target.field
      confidence = min(0.99, 0.7 + 0.29 * found.share)
      evidence.append(inColumn(found.share, found.target))
    } else if fits.email > 0.5 {
      target = "email"
      evidence.append(Evidence(DraftWords.looksEmail))
    } else if fits.identifier > 0.8 || survey.filled == 0 && survey.header.folded.hasSuffix("id") {
      target = "key"
      confidence -= 0.06
      evidence.append(Evidence(DraftWords.looksCode))
    } else {
      evidence.append(Evidence(DraftWords.notHere))
    }
    if target == "number" || target == "code" { target = "key" }
    var pick = Pick(columns: [column], guess: Guess(confidence, evidence))
    pick.add("find", "user.\(target)")
    if let pool = survey.values.first(where: { ValueWords.pool.contains(HeaderText.fold($0.text)) })
    {
      pick.add("otherwise", YAMLScalar.flow(pool.text))
    }
    return Candidate(column: column, score: meaning.strength + confidence, pick: pick)
  }

  /// People whose key is their customer's number and their own name.
  private func contactPair(
    _ column: Int, _ header: Evidence, _ block: Int, _ table: Int
  ) -> Candidate? {
    let survey = surveys[table]
    let pairs = targets.filter {
      $0.entity == "contact" && $0.columns.count == 2 && $0.table != table
    }
    guard
      let account = drafters[table].blocks[block].picks["account"]?.columns.first
        ?? survey.columns.indices.first(where: {
          drafters[table].means($0, SalesChain.account, "key", from: 0.8)
        })
    else { return nil }
    let mine = Self.pairs(survey.columns[account], survey.columns[column])
    guard !mine.isEmpty else { return nil }
    let found = pairs.map { target in
      let other = surveys[target.table]
      let theirs = Self.pairs(other.columns[target.columns[0]], other.columns[target.columns[1]])
      return (
        target: target, share: Double(mine.count { theirs.contains($0) }) / Double(mine.count)
      )
    }.max { $0.share < $1.share }
    guard let found, found.share >= Self.leastShare else { return nil }
    var pick = Pick(
      columns: [account, column],
      guess: Guess(0.65 + 0.34 * found.share, [header, inColumn(found.share, found.target)]))
    pick.add("find", "contact.key")
    return Candidate(column: column, score: 2 + found.share, pick: pick)
  }

  private static func pairs(_ one: ColumnSurvey, _ two: ColumnSurvey) -> Set<UInt64> {
    var found: Set<UInt64> = []
    for (first, second) in zip(one.rows, two.rows) where first != 0 && second != 0 {
      found.insert(first &* 0x9E37_79B9_7F4A_7C15 ^ second)
    }
    return found
  }
}

// MARK: - Products of lines

extension LinkFinder {
  /// The product of a line, by code where some table has it, otherwise as the header says.
  private mutating func linkProducts(of table: Int) {
    guard var pick = drafters[table].blocks.first?.lines["product"] else { return }
    let all = drafters[table].columns.indices.filter { column in
      drafters[table].left[column] == nil
        && words.meanings(of: surveys[table].columns[column].header, for: "lines").contains {
          $0.field == "product" && $0.strength > 0.9
        }
    }
    let header = Evidence(DraftWords.header)
    let found = bestProduct(all, table)
    if let found, found.share >= Self.leastShare {
      pick.columns = [found.column]
      pick.guess = Guess(0.6 + 0.39 * found.share, [header, inColumn(found.share, found.target)])
      pick.add("find", "product.\(found.target.field)")
    } else if let column = all.first {
      let isCode =
        HeaderWords.keyEnds.contains {
          surveys[table].columns[column].header.folded.hasSuffix($0)
        } || surveys[table].columns[column].fits.identifier > 0.8
      pick.columns = [column]
      pick.guess = Guess(0.78, [header, Evidence(DraftWords.notHere)])
      pick.add("find", isCode ? "product.code" : "product.name")
    }
    drafters[table].taken.formUnion(pick.columns)
    drafters[table].blocks[0].lines["product"] = pick
  }
  private struct ProductLink {
    let column: Int
    let target: LinkTarget
    let share: Double
    /// The code before the key, which mostly is the same: it says what it is.
    var rank: Int { ["code": 3, "key": 2, "name": 1][target.field] ?? 0 }

    static func isWorse(_ one: ProductLink, _ two: ProductLink) -> Bool {
      if one.share != two.share { return one.share < two.share }
      return one.rank != two.rank ? one.rank < two.rank : one.column > two.column
    }
  }

  private func bestProduct(_ columns: [Int], _ table: Int) -> ProductLink? {
    var links: [ProductLink] = []
    for column in columns {
      for target in targets where target.entity == "product" && target.columns.count == 1 {
        let share = share(of: column, table, in: target)
        links.append(ProductLink(column: column, target: target, share: share))
      }
    }
    return links.max(by: ProductLink.isWorse)
  }
}
