import FerryCore
import FerryNormalization
import FerryRecords
import FerryTables

// Columns and fields: every offer is weighed, the best ones win.
extension TableDrafter {
  /// What speaks for one column in one field.
  struct Offer {
    let block: Int
    let column: Int
    let field: Field
    let score: Double
    let evidence: [Evidence]
  }

  /// Offers that are worse than this are none.
  private static let leastScore = 0.45

  /// Gives the columns to the fields that are no references.
  mutating func assign() {
    let offers = blocks.indices.flatMap { block in
      columns.indices.flatMap { column in self.offers(of: column, for: block) }
    }.sorted { one, two in
      if one.score != two.score { return one.score > two.score }
      if one.block != two.block { return one.block < two.block }
      return one.column < two.column
    }
    for offer in offers where !taken.contains(offer.column) {
      guard blocks[offer.block].picks[offer.field.name] == nil else { continue }
      var pick = Pick(
        columns: [offer.column], guess: Guess(offer.score, offer.evidence))
      addOptions(to: &pick, offer.field, offer.column)
      blocks[offer.block].picks[offer.field.name] = pick
      taken.insert(offer.column)
    }
  }

  private func offers(of column: Int, for block: Int) -> [Offer] {
    guard left[column] == nil, blocks[block].picks["notes"] == nil else { return [] }
    let entity = blocks[block].entity
    let all = meanings(column, entity)
    // A number is kept for the key, unless a field wants it by its own name.
    let found = all.filter { $0.field != "key" && entity.field($0.field)?.referenced == nil }
    if block > 0, found.allSatisfy({ !isOwn($0, column, blocks[block]) }) { return [] }
    guard !found.isEmpty else { return all.isEmpty ? byCells(column, block, entity) : [] }
    if all.contains(where: { $0.field != "key" && entity.field($0.field)?.referenced != nil }),
      found.allSatisfy({ $0.strength < 0.9 })
    {
      return []
    }
    return found.compactMap { meaning in
      guard let field = entity.field(meaning.field),
        block == 0 || isOwn(meaning, column, blocks[block])
      else { return nil }
      return offer(column, block, field, meaning)
    }
  }

  /// Fields that every entity has belong to what the table is about; further entities of a row
  /// take only what the header plainly says.
  private func isOwn(_ meaning: HeaderMeaning, _ column: Int, _ block: WorkingBlock) -> Bool {
    let isCommon = ["description", "created_at", "updated_at", "currency", "source"]
    if meaning.namesEntity, meaning.strength > 0.9 {
      return !isCommon.contains(meaning.field)
        || !means(column, blocks[0].entity, meaning.field, from: 0.9)
    }
    return meaning.strength > 0.75 && !isCommon.contains(meaning.field)
  }

  private func offer(
    _ column: Int, _ block: Int, _ field: Field, _ meaning: HeaderMeaning
  ) -> Offer? {
    let words =
      meaning.isLearned
      ? DraftWords.headerTaught
      : meaning.strength < 0.75 ? DraftWords.headerPartly : DraftWords.header
    var evidence = [Evidence(words)]
    var score = meaning.strength
    if columns[column].filled == 0 {
      score *= 0.85
      evidence.append(Evidence(DraftWords.noData))
    } else if let look = look(of: field, column) {
      score *= look.fit >= 0.9 ? 1.02 : 0.45 + 0.55 * look.fit
      let isFair = look.fit >= 0.5
      evidence.append(
        Evidence(
          isFair ? DraftWords.cells : DraftWords.cellsDoubt, percent(look.fit),
          look.words[.english]
        ).localized(look.words))
    }
    if meaning.isLearned { score = max(score, 1) }
    if let near = nearness(column, block) {
      score += near.bonus
      evidence += near.evidence
    }
    if score < Self.leastScore { return nil }
    return Offer(
      block: block, column: column, field: field, score: min(score, 0.99), evidence: evidence)
  }

  /// A header that nobody knows, over cells that say what they are.
  private func byCells(_ column: Int, _ block: Int, _ entity: Entity) -> [Offer] {
    let fits = columns[column].fits
    let looks: [(String, Double, Words, Double)] = [
      ("email", fits.email, DraftWords.emails, 0.68),
      ("mobile", fits.mobile, DraftWords.mobiles, 0.68),
      ("phone", fits.mobile < 0.5 ? fits.phone : 0, DraftWords.phones, 0.6),
      ("credit_code", fits.creditCode, DraftWords.creditCodes, 0.7),
      ("website", fits.url, DraftWords.urls, 0.55),
    ]
    guard columns[column].filled > 0 else { return [] }
    return looks.compactMap { name, fit, words, weight in
      guard fit >= 0.8, let field = entity.field(name) else { return nil }
      let evidence = Evidence(DraftWords.cellsOnly, percent(fit), words[.english]).localized(words)
      return Offer(
        block: block, column: column, field: field, score: weight * fit, evidence: [evidence])
    }
  }

  /// What cells of the field would look like, and how many do; `nil` for text.
  private func look(of field: Field, _ column: Int) -> (fit: Double, words: Words)? {
    let fits = columns[column].fits
    switch field.type {
    case .phone where field.name == "mobile":
      // A landline under 手机 is the phone; foreign mobiles can't be told from landlines.
      if fits.mobile >= 0.5 || fits.region == nil && fits.phone < 0.5 {
        return (max(fits.mobile, fits.phone), DraftWords.mobiles)
      }
      return (fits.phone, DraftWords.phones)
    case .phone: return (fits.phone, DraftWords.phones)
    case .email: return (fits.email, DraftWords.emails)
    case .url: return (max(fits.url, fits.number < 0.5 ? 0.8 : 0), DraftWords.urls)
    case .creditCode: return (fits.creditCode, DraftWords.creditCodes)
    case .date, .instant: return (fits.date, DraftWords.dates)
    case .amount, .decimal, .integer, .percent: return (fits.number, DraftWords.numbers)
    case .currency: return (fits.currency, DraftWords.currencies)
    case .boolean: return (max(fits.boolean, 0.3), DraftWords.yesOrNo)
    case .choice(let set): return (knownShare(column, set), DraftWords.knownWords)
    case .personName where fits.company > 0.8: return (0.3, DraftWords.people)
    case .companyName where fits.person > 0.9 && fits.company < 0.1:
      return (0.5, DraftWords.companies)
    default: return nil
    }
  }

  /// How many of the values are words of the set; a few unknown ones are usual.
  private func knownShare(_ column: Int, _ set: ValueSet) -> Double {
    let values = columns[column].values
    guard !values.isEmpty, values.count <= Self.mostChoices else { return values.isEmpty ? 1 : 0 }
    let known = values.reduce(0) { sum, value in
      ValueWords.meaning(of: value.text, in: set) == nil ? sum : sum + value.count
    }
    return max(0.5, Double(known) / Double(columns[column].filled))
  }

  /// More different values than these are no stages.
  static let mostChoices = 60

  /// Where a column could belong to two entities, the name to its left decides.
  private func nearness(_ column: Int, _ block: Int) -> (bonus: Double, evidence: [Evidence])? {
    guard blocks.count > 1 else { return nil }
    let anchors = blocks.indices.flatMap { other in
      columns.indices.filter { position in
        means(position, blocks[other].entity, "name", from: 0.8)
          && (other == 0 || !means(position, blocks[0].entity, "name", from: 0.8))
      }.map { (block: other, column: $0) }
    }
    guard
      let anchor = anchors.filter({ $0.column < column }).max(by: { $0.column < $1.column }),
      anchor.block == block, block > 0
    else { return nil }
    let name = columns[anchor.column].column.name
    return (0.03, [Evidence(DraftWords.beside, name)])
  }

  func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

extension Evidence {
  /// The same with its last argument in both languages.
  func localized(_ last: Words) -> Evidence {
    let index = arguments.count - 1
    return Evidence(
      Words(
        en: words.english.replacing("{\(index)}", with: last.english),
        zh: words.chinese.replacing("{\(index)}", with: last.chinese)),
      arguments: Array(arguments.dropLast()))
  }

  init(_ words: Words, arguments: [String]) {
    self.words = words
    self.arguments = arguments
  }
}
