import FerryCore
import FerryRecords
import FerryTables

/// What a table is about.
struct EntityGuess {
  let entity: Entity
  let guess: Guess

  /// The entity that most speaks for; `nil` where nothing does.
  static func of(_ survey: TableSurvey, _ words: HeaderWords) -> EntityGuess? {
    let scored = SalesChain.entities.filter { $0.parent == nil }.map { entity in
      let names = nameScore(entity, survey, words)
      let headers = headerScore(entity, survey, words)
      let key = keyScore(entity, survey, words)
      var total = names.score + headers.score + key.score
      if entity == SalesChain.account,
        nameScore(SalesChain.contact, survey, words).score == 0
      {
        // A list of customers mostly names a person at each.
        total += 0.6 * headerScore(SalesChain.contact, survey, words).score
      } else if entity == SalesChain.lead, names.score + key.score == 0 {
        total -= 1.5
      }
      let evidence = [names.evidence, key.evidence, headers.evidence].compactMap { $0 }
      let isNamed = names.score > 0 || key.score > 0.5
      let hasEnough = total >= 1 && headers.score >= (isNamed ? 0.1 : 0.5)
      return (entity: entity, score: total, hasEnough: hasEnough, evidence: evidence)
    }.sorted { $0.score > $1.score }
    guard let best = scored.first(where: { canStand($0.entity, survey, words) }),
      best.hasEnough
    else { return nil }
    let next = scored.first { $0.entity != best.entity }?.score ?? 0
    let lead = (best.score - next) / best.score
    let confidence = min(0.99, 0.55 + 0.5 * lead + 0.02 * best.score)
    return EntityGuess(entity: best.entity, guess: Guess(confidence, best.evidence))
  }

  /// What sheet and file are called; the sheet says more.
  private static func nameScore(
    _ entity: Entity, _ survey: TableSurvey, _ words: HeaderWords
  ) -> (score: Double, evidence: Evidence?) {
    let stem = survey.table.file.split(separator: ".").first.map(String.init) ?? ""
    if survey.needsSheet, let named = words.entity(named: survey.table.sheet) {
      guard named.entity == entity.name else { return (0, nil) }
      return (5, Evidence(DraftWords.sheetName, survey.table.sheet))
    }
    guard let named = words.entity(named: stem), named.entity == entity.name else {
      return (0, nil)
    }
    return (survey.needsSheet ? 1.5 : 4.5, Evidence(DraftWords.fileName, survey.table.file))
  }

  /// A header counts more where few entities have it.
  private static func headerScore(
    _ entity: Entity, _ survey: TableSurvey, _ words: HeaderWords
  ) -> (score: Double, evidence: Evidence?) {
    var score = 0.0
    var found: [String] = []
    for column in survey.columns {
      let all = words.exactMeanings(of: column.header)
      guard
        let own = all.first(where: { meaning in
          guard meaning.entity == entity.name, !common.contains(meaning.field) else { return false }
          return meaning.field == "key" || entity.field(meaning.field)?.referenced == nil
        })
      else { continue }
      let others = Set(all.filter { isOwn($0) }.map(\.entity)).count
      score += (own.namesEntity ? 1.2 : 1) / Double(max(1, others))
      found.append(column.column.name)
    }
    guard !found.isEmpty else { return (0, nil) }
    let list = found.prefix(3).joined(separator: ", ") + (found.count > 3 ? " …" : "")
    return (score, Evidence(DraftWords.headersFit, String(found.count), list))
  }

  /// Whether a meaning is a field of its entity, and not a reference to another.
  private static func isOwn(_ meaning: HeaderMeaning) -> Bool {
    guard !common.contains(meaning.field) else { return false }
    return meaning.field == "key"
      || SalesChain.entity(meaning.entity)?.field(meaning.field)?.referenced == nil
  }

  /// Fields that nearly every entity has.
  private static let common: Set = [
    "owner", "created_at", "created_by", "updated_at", "description", "currency",
  ]

  /// The finest number of the table says what a row is.
  private static func keyScore(
    _ entity: Entity, _ survey: TableSurvey, _ words: HeaderWords
  ) -> (score: Double, evidence: Evidence?) {
    var best = (share: 0.0, column: "")
    for column in survey.columns where column.filled > 0 {
      let isKey = words.exactMeanings(of: column.header).contains {
        $0.entity == entity.name && $0.field == "key" && $0.strength > 0.9
      }
      guard isKey else { continue }
      let share = Double(column.distinct.count) / Double(max(1, survey.rowCount))
      if share > best.share { best = (share, column.column.name) }
    }
    guard best.share > 0 else { return (0, nil) }
    let evidence =
      best.share > 0.98 ? Evidence(DraftWords.numberIsUnique, best.column) : nil
    return (4 * best.share * best.share, evidence)
  }

  /// Whether the table can give what the entity can't be without.
  private static func canStand(
    _ entity: Entity, _ survey: TableSurvey, _ words: HeaderWords
  ) -> Bool {
    let needed = entity.fields.filter(\.isRequired).map(\.name)
    return needed.allSatisfy { field in
      survey.columns.contains { column in
        let meanings = words.meanings(of: column.header, for: entity.name)
        if meanings.contains(where: { $0.field == field || $0.field == "key" }) { return true }
        return ["family_name", "given_name"].contains(meanings.first?.field)
      }
    }
  }
}
