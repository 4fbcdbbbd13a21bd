import FerryCore
import FerryRecords
import FerryTables
import Foundation

/// Turns working blocks into what a mapping says.
enum DraftAssembly {
  /// Tables in the order of a load, the fullest of one entity first: its values win.
  static func ordered(_ drafters: [TableDrafter]) -> [TableDrafter] {
    func rank(_ drafter: TableDrafter) -> Int {
      SalesChain.entities.firstIndex(of: drafter.entity.entity) ?? 0
    }
    func weight(_ drafter: TableDrafter) -> Int {
      drafter.taken.reduce(0) { $0 + drafter.columns[$1].filled }
    }
    return drafters.enumerated().sorted { one, two in
      let (left, right) = (rank(one.element), rank(two.element))
      if left != right { return left < right }
      let (heavy, light) = (weight(one.element), weight(two.element))
      return heavy != light ? heavy > light : one.offset < two.offset
    }.map(\.element)
  }

  static func table(_ drafter: TableDrafter, _ mapping: String?) -> DraftedTable {
    let survey = drafter.survey
    var table = DraftedTable(
      file: relative(survey.path, to: mapping),
      sheet: survey.needsSheet ? survey.table.sheet : nil,
      number: survey.needsNumber ? survey.table.number : nil, title: survey.title,
      rowCount: survey.rowCount, entity: drafter.entity.entity.name, guess: drafter.entity.guess,
      columnCount: survey.columns.count)
    table.blocks = drafter.blocks.map { block($0, survey) }
    table.left = drafter.left.sorted { $0.key < $1.key }.map {
      LeftColumn(name: survey.columnName($0.key), reason: $0.value)
    }
    return table
  }

  static func unknown(_ survey: TableSurvey, _ mapping: String?) -> DraftedTable {
    DraftedTable(
      file: relative(survey.path, to: mapping),
      sheet: survey.needsSheet ? survey.table.sheet : nil,
      number: survey.needsNumber ? survey.table.number : nil, title: survey.title,
      rowCount: survey.rowCount, entity: nil, guess: Guess(0.01, []),
      columnCount: survey.columns.count)
  }

  private static func block(_ working: WorkingBlock, _ survey: TableSurvey) -> DraftedBlock {
    var block = DraftedBlock(entity: working.entity.name)
    block.key = working.key.map { survey.columnName($0) }
    block.keyGuess = working.keyGuess
    block.when = working.when.map { survey.columnName($0) }
    block.fields = fields(working.picks, of: working.entity, survey)
    block.custom = working.custom.map { field($0.name, $0.pick, survey) }
    if !working.lines.isEmpty,
      let entity = SalesChain.entities.first(where: { $0.parent == working.entity.name })
    {
      var lines = DraftedBlock(entity: "lines")
      lines.key = working.lineKey.map { [survey.columnName($0)] } ?? []
      lines.keyGuess = Guess(0.95, [Evidence(DraftWords.header)])
      lines.fields = fields(working.lines, of: entity, survey)
      block.lines = [lines]
    }
    return block
  }

  private static func fields(
    _ picks: [String: Pick], of entity: Entity, _ survey: TableSurvey
  ) -> [DraftedField] {
    let notes = picks["notes"].map { [field("notes", $0, survey)] } ?? []
    return notes
      + entity.fields.compactMap { item in picks[item.name].map { field(item.name, $0, survey) } }
  }

  private static func field(
    _ name: String, _ pick: Pick, _ survey: TableSurvey
  ) -> DraftedField {
    DraftedField(
      name: name, columns: pick.columns.map { survey.columnName($0) }, options: pick.options,
      values: pick.values, guess: pick.guess)
  }

  /// The path as it stands in a mapping: relative to the mapping's folder.
  static func relative(_ path: String, to mapping: String?) -> String {
    guard let mapping else { return path }
    func parts(_ text: String) -> [String] {
      URL(filePath: text).standardizedFileURL.pathComponents
    }
    let file = parts(path)
    let folder = Array(parts(mapping).dropLast())
    let common = zip(file, folder).prefix { $0 == $1 }.count
    let up = [String](repeating: "..", count: folder.count - common)
    return (up + file[common...]).joined(separator: "/")
  }
}
