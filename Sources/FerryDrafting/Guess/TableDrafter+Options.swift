import FerryNormalization
import FerryRecords

// What a field needs beside its column: units, regions, scales, value maps.
extension TableDrafter {
  mutating func addOptions(to pick: inout Pick, _ field: Field, _ position: Int) {
    let column = columns[position]
    switch field.type {
    case .amount:
      if let unit = column.header.unit, (MoneyUnit(unit)?.exponent ?? 0) > 0 {
        pick.add("unit", unit)
        pick.guess = pick.guess.with(Evidence(DraftWords.unitInHeader, unit))
      }
      if let currency = column.header.currency, currency != "CNY" {
        pick.add("currency", currency)
        pick.guess = pick.guess.with(Evidence(DraftWords.unitInHeader, currency))
      }
    case .phone:
      if let region = column.fits.region { pick.add("region", region) }
    case .percent:
      guard let largest = column.fits.largest else { return }
      pick.add("percent", largest > 1 || column.header.isPercent ? "points" : "fraction")
    case .choice(let set): mapValues(&pick, column, set, field)
    case .boolean: mapBooleans(&pick, column, field)
    default: break
    }
  }

  private func mapValues(
    _ pick: inout Pick, _ column: ColumnSurvey, _ set: ValueSet, _ field: Field
  ) {
    pick.values = sorted(column).map { value in
      if let taught = words.learnedValue(value.text, field, set) {
        return .init(text: value.text, count: value.count, meaning: taught, isGuess: false)
      }
      let found = ValueWords.meaning(of: value.text, in: set)
      return .init(
        text: value.text, count: value.count, meaning: found?.value,
        isGuess: found?.isGuess ?? true)
    }
  }

  private func mapBooleans(_ pick: inout Pick, _ column: ColumnSurvey, _ field: Field) {
    guard column.values.count <= Self.mostChoices else { return }
    pick.values = sorted(column).map { value in
      let found = ValueWords.boolean(value.text)
      return .init(
        text: value.text, count: value.count, meaning: found.map { $0 ? "1" : "0" },
        isGuess: found == nil)
    }
  }

  /// The most frequent first; those of one count by their text.
  private func sorted(_ column: ColumnSurvey) -> [ColumnSurvey.Value] {
    column.values.sorted { $0.count != $1.count ? $0.count > $1.count : $0.text < $1.text }
  }
}

extension HeaderWords {
  func learnedValue(_ text: String, _ field: Field, _ set: ValueSet) -> String? {
    learned.values.filter { $0.key.hasSuffix(".\(field.name)") }.sorted { $0.key < $1.key }
      .compactMap { $0.value[text] }.first { set.contains($0) }
  }
}

extension Guess {
  /// The same with one more reason.
  func with(_ more: Evidence) -> Guess { Guess(Double(confidence) / 100, evidence + [more]) }
}
