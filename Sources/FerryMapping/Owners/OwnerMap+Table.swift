import FerryCore
import FerryTables
import FerryYAML
import Foundation

// An owner map as a table: a head row, then a line for each owner.
extension OwnerMap {
  /// Reads the first sheet of a table: the old name in its first column, what becomes of the
  /// records in its second; further columns are for people.
  static func table(path: String) throws(MappingError) -> OwnerMap {
    var faults = Faults(path: path)
    var lines = OwnerLines()
    do {
      let file = try SourceFile(path: path)
      let reader = try file.rows(ofSheet: 0)
      var batch = RowBatch()
      var hasHead = false
      while try reader.read(into: &batch) {
        for index in batch.rows.indices {
          let (name, target) = pair(index, batch)
          guard name != nil || target != nil else { continue }
          let row = Int(batch.rows[index].rowNumber)
          if hasHead {
            add(name, target, row: row, to: &lines, &faults)
          } else {
            hasHead = true
            if name == nil || target == nil {
              faults.add(.mappingOwnerColumns, at: YAMLMark(line: row, column: 1))
            }
          }
        }
      }
    } catch let failure as any Failure {
      throw MappingError(source: failure)
    } catch {
      throw MappingError(.unreadable, findings: [])
    }
    if faults.isEmpty, lines.lines.isEmpty {
      faults.add(.mappingOwnersEmpty, at: YAMLMark(line: 1, column: 1))
    }
    lines.check(&faults)
    guard faults.isEmpty else { throw MappingError(.faulty, findings: faults.findings) }
    return OwnerMap(path: path, lines: lines.lines)
  }

  private static func pair(_ rowIndex: Int, _ batch: RowBatch) -> (name: String?, target: String?) {
    var texts: [String?] = [nil, nil]
    for cell in batch.cells(ofRow: rowIndex) where cell.columnIndex < 2 {
      let text = batch.text(of: cell).trimmingCharacters(in: .whitespacesAndNewlines)
      if !text.isEmpty { texts[Int(cell.columnIndex)] = text }
    }
    return (texts[0], texts[1])
  }

  private static func add(
    _ name: String?, _ target: String?, row: Int, to lines: inout OwnerLines,
    _ faults: inout Faults
  ) {
    let marks = (YAMLMark(line: row, column: 1), YAMLMark(line: row, column: 2))
    switch (name, target) {
    case (let name?, let target?): lines.add(name, at: marks.0, to: target, at: marks.1, &faults)
    case (nil, let target?): faults.add(.mappingOwnerNameless, at: marks.0, target)
    case (let name?, nil): faults.add(.mappingOwnerBlank, at: marks.1, name)
    case (nil, nil): break
    }
  }
}
