import FerryCore
import FerryRecords
import FerryTables

// What no field is for: kept in `custom`, or left out with a reason.
extension TableDrafter {
  /// Finds a place for every column that is left.
  mutating func placeRest() {
    for position in columns.indices where !taken.contains(position) && left[position] == nil {
      if columns[position].filled == 0 {
        left[position] = Evidence(DraftWords.leftEmpty)
      } else if let teller = teller(of: position) {
        left[position] = Evidence(DraftWords.leftRepeats, survey.columnName(teller))
      } else {
        keep(position)
      }
    }
  }

  /// The column that names the same record: 客户编号 where 客户名称 stands beside it.
  private func teller(of position: Int) -> Int? {
    for block in blocks {
      for (field, pick) in block.picks.merging(block.lines, uniquingKeysWith: { one, _ in one })
        .sorted(by: { $0.key < $1.key })
      {
        guard let found = pick.columns.first, found != position,
          pick.options.contains(where: { $0.key == "find" })
        else { continue }
        let entity = block.entity.field(field)?.referenced ?? (field == "product" ? "product" : "")
        guard entity != "user", entity != block.entity.name,
          let other = SalesChain.entity(entity)
        else { continue }
        let isSame = ["name", "key"].contains { means(position, other, $0, from: 0.9) }
        if isSame, !means(position, block.entity, "name", from: 0.9) { return found }
      }
    }
    return nil
  }

  private mutating func keep(_ position: Int) {
    let column = columns[position]
    let block = nearest(position)
    var pick = Pick(
      columns: [position],
      guess: Guess(
        0.5,
        [
          Evidence(DraftWords.noField),
          Evidence(DraftWords.rowsWithIt, String(column.filled), String(survey.rowCount)),
        ]))
    if let unit = column.header.unit, column.fits.number > 0.5 {
      pick.add("type", "amount")
      pick.add("unit", unit)
      pick.add("invalid", "blank")
    } else if column.fits.date > 0.9, column.fits.number < 0.5, column.fits.phone < 0.5 {
      pick.add("type", "date")
      pick.add("invalid", "blank")
    }
    let header = survey.columnName(position)
    let name =
      pick.options.isEmpty ? header : header.split { "（([【".contains($0) }.first.map(String.init)
    blocks[block].custom.append((name: name ?? header, pick: pick))
    taken.insert(position)
  }

  /// The block whose columns stand nearest to the left; the first where none does.
  private func nearest(_ position: Int) -> Int {
    guard blocks.count > 1 else { return 0 }
    for (index, block) in blocks.enumerated() where index > 0 {
      let own = block.picks.values.flatMap(\.columns) + block.key
      if columns[position].header.folded.hasPrefix(
        HeaderText.fold(block.entity.label.chinese)), !own.isEmpty
      {
        return index
      }
    }
    return 0
  }
}

extension TableSurvey {
  /// As people call it: the sheet, or the file where that has only one.
  var title: String { needsSheet ? table.sheet : table.file }
}
