import FerryCore
import FerryRecords
import FerryTables
import FerryYAML
import Foundation

/// One table that a source's blocks are read from.
struct BoundTable {
  let sourceIndex: Int
  let path: String
  let options: SourceOptions
  let table: Table
}

/// Opens the sources and finds the tables that hold the columns which the mapping names.
struct SourceBinder {
  var faults: Faults
  /// The folder of the mapping; empty for the current one.
  let folder: String
  /// Holds the passwords that the mapping names.
  let environment: [String: String]
  /// Converts each file of a foreign format once, for finding tables and for reading them.
  private let office: OfficeConverter
  /// Whether a file that fits a source is to be read.
  private let isTaken: (String) -> Bool
  private(set) var tables: [BoundTable] = []
  /// What a person should know of the sources: sheets and tables that nobody reads.
  private(set) var findings: [Finding] = []
  /// The first source that could not be read.
  private(set) var failure: (any Failure)?
  private var worksheets: [String: [String]] = [:]
  private var read: [String: Set<String>] = [:]
  /// Sources that need no file and have none.
  private(set) var absent = AbsentSources()
  private var last: OpenSource?
  private var names = SourceNames([])

  init(
    faults: Faults, folder: String, environment: [String: String],
    isTaken: @escaping (String) -> Bool = { _ in true }
  ) {
    self.isTaken = isTaken
    self.faults = faults
    self.folder = folder
    self.environment = environment
    office = OfficeConverter(environment: environment)
  }

  mutating func bind(_ sources: [SourceBlock]) {
    names = SourceNames(
      sources.flatMap { Wildcard.files($0.file.name, in: folder).filter(isTaken) })
    for (index, source) in sources.enumerated() {
      if let place = source.passwordVariable, source.options(environment).password == nil {
        faults.add(.mappingNoPassword, at: place.mark, place.name)
        continue
      }
      let paths = Wildcard.files(source.file.name, in: folder).filter(isTaken)
      if paths.isEmpty { note(source, isLast: index == sources.count - 1) }
      for path in paths {
        do {
          try bind(source, index, path)
        } catch let error as any Failure {
          if failure == nil { failure = error }
        } catch {
          let finding = Finding(
            .mappingSourceUnreadable, at: Provenance(file: path), arguments: ["\(error)"])
          if failure == nil { failure = UnreadableSource(findings: [finding]) }
        }
      }
    }
    noteUnreadSheets()
  }

  /// Notes a source without a file: where it needs none, its records stay.
  private mutating func note(_ source: SourceBlock, isLast: Bool) {
    guard source.isOptional, !isLast || !worksheets.isEmpty || failure != nil else {
      faults.add(.mappingNoFile, at: source.file.mark, source.file.name)
      return
    }
    absent.patterns.append(source.pattern(in: folder))
    let entities = Set(source.records.flatMap { [$0] + $0.lines }.map(\.entity.name))
    absent.entities.formUnion(entities)
    findings.append(
      Finding(
        .mappingSourceAbsent,
        arguments: [source.file.name, entities.sorted().joined(separator: ", ")]))
  }

  private mutating func bind(_ source: SourceBlock, _ index: Int, _ path: String) throws {
    var options = source.options(environment)
    options.office = office
    options.name = names[path]
    let opened = try OpenSource.at(path, options, after: last)
    last = opened
    let file = opened.file
    worksheets[path] = file.sheets.filter(\.isWorksheet).map(\.name)
    for sheet in sheets(of: file, source) {
      read[path, default: []].insert(file.sheets[sheet].name)
      guard var found = try tables(of: source, file, sheet) else { continue }
      if let header = try headerNamed(by: source, found, file, sheet) {
        var options = source.table
        options.headerRows = header...header
        found = try file.tables(inSheet: sheet, options: options)
      }
      for table in chosen(found, source, file, sheet) {
        tables.append(BoundTable(sourceIndex: index, path: path, options: options, table: table))
      }
    }
  }

  /// The tables of a sheet; `nil`, with a fault, where the mapping points at none.
  private mutating func tables(
    of source: SourceBlock, _ file: SourceFile, _ sheet: Int
  ) throws -> [Table]? {
    let name = file.sheets[sheet].name
    do {
      return try file.tables(inSheet: sheet, options: source.table)
    } catch let error as SourceError {
      switch error.kind {
      case .noSuchTable(let number, _, let count):
        faults.add(
          .mappingNoTable, at: source.tableMark ?? source.file.mark, String(number), name,
          String(count))
      case .emptyRange:
        let key = source.table.range == nil ? "header" : "range"
        faults.add(.mappingEmptyPlace, at: source.tableMark ?? source.file.mark, key, name)
      default: throw error
      }
      return nil
    }
  }

  /// How many rows may stand above a header that only the mapping's words give away.
  private static let headerLimit = 50

  /// The row that holds every column the mapping names, where no table that was found does.
  ///
  /// Terse headers look like data; a row of exactly these words is the header nevertheless.
  private func headerNamed(
    by source: SourceBlock, _ found: [Table], _ file: SourceFile, _ sheet: Int
  ) throws -> Int? {
    let names = Set(source.columnNames.map { ColumnFinder.canonical($0.name) })
    guard source.tableMark == nil, names.count > 1,
      !found.contains(where: { table in
        let finder = ColumnFinder(table)
        return names.allSatisfy { finder.find($0) != .missing }
      })
    else { return nil }
    let reader = try file.rows(ofSheet: sheet)
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      for index in batch.rows.indices {
        let row = batch.rows[index]
        guard row.rowNumber <= Self.headerLimit else { return nil }
        var words: Set<String> = []
        for cell in Int(row.cells.lowerBound)..<Int(row.cells.upperBound) {
          let text = batch.bytes.span.extracting(batch.cells[cell].range).text
          words.insert(ColumnFinder.canonical(text))
        }
        if names.isSubset(of: words) { return Int(row.rowNumber) }
      }
    }
    return nil
  }

  private mutating func sheets(of file: SourceFile, _ source: SourceBlock) -> [Int] {
    let usable = file.sheets.indices.filter { file.sheets[$0].isWorksheet }
    let names = usable.map { file.sheets[$0].name }
    guard !source.sheets.isEmpty else {
      let visible = usable.filter { !file.sheets[$0].isHidden }
      if visible.count == 1 { return visible }
      if visible.isEmpty {
        faults.add(.mappingEmptySheet, at: source.file.mark, file.name)
      } else {
        faults.add(
          .mappingSeveralSheets, at: source.file.mark, file.name, names.joined(separator: ", "))
      }
      return []
    }
    var chosen: [Int] = []
    for place in source.sheets {
      let fitting = usable.filter { Wildcard.matches(file.sheets[$0].name, place.name) }
      if fitting.isEmpty {
        faults.addUnknown(.sheet, place.name, at: place.mark, among: names, file.name)
      }
      chosen += fitting.filter { !chosen.contains($0) }
    }
    return chosen
  }

  /// The tables of a sheet that hold every column; the nearest one, with faults, where none does.
  private mutating func chosen(
    _ found: [Table], _ source: SourceBlock, _ file: SourceFile, _ sheet: Int
  ) -> [Table] {
    let sheetName = file.sheets[sheet].name
    let place = Wildcard.isPattern(source.file.name) ? "\(sheetName) (\(file.name))" : sheetName
    let names = source.columnNames
    let missing = found.map { table in
      let finder = ColumnFinder(table)
      return names.count { finder.find($0.name) == .missing }
    }
    guard let least = missing.min(), let nearest = missing.firstIndex(of: least) else {
      let mark = source.sheets.first?.mark ?? source.file.mark
      faults.add(.mappingEmptySheet, at: mark, place)
      return []
    }
    let finder = ColumnFinder(found[nearest])
    for name in names { _ = finder.position(name, &faults, where: place) }
    let tables = least == 0 ? found.indices.filter { missing[$0] == 0 } : [nearest]
    let unread = found.indices.filter { !tables.contains($0) }
    for index in unread {
      let provenance = Provenance(
        file: file.name, sheet: sheetName, rowNumber: found[index].firstRowNumber)
      findings.append(
        Finding(.mappingTableUnread, at: provenance, arguments: [found[index].place]))
    }
    return tables.map { found[$0] }
  }

  /// A sheet that no source reads is worth a word, since whole customers may stand there.
  private mutating func noteUnreadSheets() {
    for (path, sheets) in worksheets.sorted(by: { $0.key < $1.key }) {
      let unread = sheets.filter { read[path]?.contains($0) != true }
      guard !unread.isEmpty else { continue }
      findings.append(
        Finding(
          .mappingSheetsUnread,
          at: Provenance(file: names[path] ?? (path as NSString).lastPathComponent),
          arguments: [unread.joined(separator: ", ")]))
    }
  }
}

extension Table {
  /// Where it lies as a mapping's `range` spells it, or its first cell where the end is open.
  fileprivate var place: String {
    let columns = columnIndexes
    let first = CellAddress(
      columnIndex: columns.lowerBound, rowNumber: headerRows?.lowerBound ?? firstRowNumber)
    guard let lastRowNumber else { return "\(first)" }
    return "\(first):\(CellAddress(columnIndex: columns.upperBound, rowNumber: lastRowNumber))"
  }
}

/// A source that failed for a reason which its reader has no words for.
private struct UnreadableSource: Failure {
  let findings: [Finding]
  var exitStatus: ExitStatus { .unreadableSource }
}

extension SourceBlock {
  fileprivate func options(_ environment: [String: String]) -> SourceOptions {
    SourceOptions(
      encoding: encoding, delimiter: delimiter,
      password: passwordVariable.flatMap { SourcePassword(variable: $0.name, in: environment) })
  }
}
