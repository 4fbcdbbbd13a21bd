import FerryCore
import FerryRecords

// From a row's cells to a record in its table.
extension TableMapper {
  /// Fills a draft and makes a record of it.
  ///
  /// - Returns: Whether a record was made that is not rejected.
  mutating func makeRecord(
    _ index: Int, _ row: borrowing RowCells, into sink: inout MappingSink
  ) -> Bool {
    draft.removeAll()
    if let parent = records[index].parent, !records[index].namesCurrency {
      currencies[index] = currencies[parent]
    } else if currencies[index] != records[index].currency {
      currencies[index] = records[index].currency
    }
    for field in records[index].fields.indices { fill(index, field, row, into: &sink) }
    if let parent = records[index].parent {
      guard hasContent(index, row) else { return false }
      setParent(parent, of: index)
    }
    setCurrency(index)
    guard let id = finalID(index, row, into: &sink) else { return false }
    return commit(index, id, row, into: &sink)
  }

  private mutating func setParent(_ parent: Int, of index: Int) {
    guard let range = idRanges[parent], let slot = records[index].parentSlot else { return }
    setLink(range, slot: slot, target: records[index].parentTarget)
  }

  private mutating func setCurrency(_ index: Int) {
    guard draft.hasAmount, let slot = records[index].currencySlot else { return }
    if let found = draft.foundCurrency {
      let code = ContiguousArray(found.utf8)
      draft.set(code.span, slot: slot)
    } else if draft.range(of: slot) == nil {
      let code = currencies[index]
      draft.set(code.span, slot: slot)
    }
  }

  private mutating func commit(
    _ index: Int, _ id: ContiguousArray<UInt8>, _ row: borrowing RowCells,
    into sink: inout MappingSink
  ) -> Bool {
    let entity = records[index].entityIndex
    let origin = RecordOrigin(recipeIndex: recipeIndex(index, in: &sink), rowNumber: row.rowNumber)
    let record = sink.tables[entity].append(externalID: id.span, origin: origin)
    madeRecords[index] = Int32(record)
    let bytes = draft.bytes
    for value in draft.values {
      sink.tables[entity].set(
        bytes.span.extracting(value.range), field: value.slot, of: record, target: value.target)
    }
    for pending in draft.pendings {
      sink.tables[entity].set(
        bytes.span.extracting(pending.range), field: pending.slot, of: record)
      pendingDates.append(
        PendingDate(
          recipe: index, fieldIndex: pending.fieldIndex, slot: pending.slot, record: record))
    }
    if !draft.customs.isEmpty, let slot = records[index].customSlot {
      draft.writeCustom(into: &output)
      sink.tables[entity].set(output.span, field: slot, of: record)
    }
    if let rejection = draft.rejection { sink.tables[entity].rejections[record] = rejection }
    return draft.rejection == nil
  }

  /// The recipe that says which columns this record came from.
  ///
  /// Where a row picks one of several columns, each way to pick is a recipe of its own, so that a
  /// value's place is the cell it was read from.
  private mutating func recipeIndex(_ index: Int, in sink: inout MappingSink) -> UInt16 {
    guard records[index].choosesColumns else { return firstRecipes[index] }
    var columns = records[index].columnIndexes
    for field in records[index].fields where field.choosesColumn {
      if case .field(let slot) = field.purpose { columns[slot] = field.column }
    }
    if let known = variants[index][columns] { return known }
    let entity = records[index].entityIndex
    // Far more ways than any sheet has; past them the first columns stand for all.
    guard sink.tables[entity].recipes.count < Int(UInt16.max) else { return firstRecipes[index] }
    var recipe = sink.tables[entity].recipes[Int(firstRecipes[index])]
    recipe.columnIndexes = columns
    sink.tables[entity].recipes.append(recipe)
    let number = UInt16(sink.tables[entity].recipes.count - 1)
    variants[index][columns] = number
    return number
  }
}
