import FerryCore
import FerryNormalization
import FerryRecords
public import FerryTables

/// Writes a first mapping from headers and values.
///
///     let draft = try Drafter().draft(["customers.xlsx"], for: "mapping.yaml")
///     let text = draft.yaml()
public struct Drafter: Sendable {
  /// Phones without a country code are of this region, ISO 3166-1.
  public var region = "CN"
  /// What people taught.
  public var learned = LearnedWords()
  /// How files are opened.
  public var options = SourceOptions()

  /// Starts without anything taught.
  public init() {}

  /// Reads the files and guesses what their tables hold.
  ///
  /// - Parameters:
  ///   - paths: The files; paths in the draft are relative to the mapping's folder.
  ///   - mapping: Where the mapping will stand; `nil` for the current folder.
  /// - Returns: The draft; the same input gives the same one.
  /// - Throws: What a file says that can't be read.
  public func draft(_ paths: [String], for mapping: String? = nil) throws -> MappingDraft {
    let folder = try FolderSurvey(paths: paths, options: options, region: region)
    let words = HeaderWords(learned: learned)
    let guesses = folder.tables.map { EntityGuess.of($0, words) }
    var surveys: [TableSurvey] = []
    var drafters: [TableDrafter] = []
    var unknown: [DraftedTable] = []
    let accounts = folder.tables.indices.filter { guesses[$0]?.entity == SalesChain.account }
    for (survey, guess) in zip(folder.tables, guesses) {
      guard let guess else {
        unknown.append(DraftAssembly.unknown(survey, mapping))
        continue
      }
      surveys.append(survey)
      let neighbours = TableDrafter.Neighbours(
        isOfAccounts: { column in
          accounts.contains { index in
            folder.tables[index].columns.contains {
              $0.distinct.count > 1
                && survey.columns[column].share(in: $0) >= LinkFinder.leastShare
            }
          }
        },
        referenced: { column, entity in
          Self.references(to: entity, in: survey.columns[column], of: folder, but: survey, words)
        })
      drafters.append(TableDrafter(survey, guess, words, neighbours))
    }
    var links = LinkFinder(surveys, drafters, words)
    links.run()
    drafters = links.drafters
    for index in drafters.indices { drafters[index].placeRest() }
    let tables = DraftAssembly.ordered(drafters).map { DraftAssembly.table($0, mapping) }
    return MappingDraft(
      tables: tables + unknown, notes: folder.notes, language: Self.language(of: folder.tables),
      files: paths)
  }

  /// What part of other tables' numbers of an entity stands in a column, the largest of them.
  private static func references(
    to entity: Entity, in column: ColumnSurvey, of folder: FolderSurvey, but survey: TableSurvey,
    _ words: HeaderWords
  ) -> Double {
    var largest = 0.0
    for table in folder.tables where table.table != survey.table || table.path != survey.path {
      for other in table.columns where other.filled > 0 {
        let isKey = words.exactMeanings(of: other.header).contains {
          $0.entity == entity.name && $0.field == "key" && $0.namesEntity
        }
        if isKey { largest = max(largest, other.share(in: column)) }
      }
    }
    return largest
  }

  /// The language of most headers.
  private static func language(of tables: [TableSurvey]) -> Language {
    let headers = tables.flatMap(\.columns).map(\.column.name)
    let chinese = headers.count { name in
      name.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
    return chinese * 2 > headers.count ? .chinese : .english
  }
}
