import FerryMatching
import FerryRecords

extension BenchPhase {
  /// Matches the ledger's contacts, deals and accounts as if mapping had made them.
  func measureMatching(_ setting: BenchSetting) -> Meter.Figures {
    let input = LedgerRecords.tables(setting)
    let meter = Meter()
    let golden = FerryMatching.match(input, settings: [:])
    var counts: [String: Int] = [:]
    for (name, records) in golden {
      counts["\(name).records"] = records.count
      counts["\(name).merged"] = records.mergeRules.count
      counts["\(name).findings"] = records.findings.count
    }
    return meter.figures(
      phase: rawValue, format: "", rows: setting.rows, bytes: 0, counts: counts)
  }
}

/// Record tables filled straight from the generator.
private enum LedgerRecords {
  static func tables(_ setting: BenchSetting) -> [String: RecordTable] {
    var accounts = table(SalesChain.account, ["name"])
    var contacts = table(SalesChain.contact, ["name", "mobile", "email", "account"])
    var deals = table(SalesChain.deal, ["name", "amount", "account"])
    contacts.targets.append(ReferenceTarget(entity: "account", field: nil))
    deals.targets.append(ReferenceTarget(entity: "account", field: nil))
    let generator = setting.generator
    for number in 0..<setting.rows {
      let texts = generator.row(number).map(\.text)
      let origin = RecordOrigin(recipeIndex: 0, rowNumber: Int32(number + 2))
      add(to: &accounts, id: texts[2], origin, [texts[2]])
      // As normalizing would leave them: digits alone, small letters.
      let mobile = String(texts[3].filter { $0.isASCII && $0.isNumber }.suffix(11))
      add(to: &contacts, id: texts[0], origin, [texts[1], mobile, texts[5].lowercased(), texts[2]])
      let amount = texts[9].filter { $0.isASCII && ($0.isNumber || $0 == ".") }
      add(to: &deals, id: texts[0], origin, [texts[2], amount, texts[2]])
    }
    return ["account": accounts, "contact": contacts, "deal": deals]
  }

  private static func table(_ entity: Entity, _ names: [String]) -> RecordTable {
    let fields = names.compactMap { entity.field($0) }
    var table = RecordTable(entity: entity, fields: fields)
    table.recipes = [
      Recipe(
        file: "ledger", sheet: "ledger", system: nil,
        columnIndexes: fields.indices.map { Int32($0) })
    ]
    return table
  }

  private static func add(
    to table: inout RecordTable, id: String, _ origin: RecordOrigin, _ texts: [String]
  ) {
    let bytes = ContiguousArray(id.utf8)
    let record = table.append(externalID: bytes.span, origin: origin)
    for (field, text) in texts.enumerated() where !text.isEmpty {
      let bytes = ContiguousArray(text.utf8)
      let target: UInt8 = table.fields[field].referenced == nil ? 0 : 1
      table.set(bytes.span, field: field, of: record, target: target)
    }
  }
}
