import FerryCore
import FerryMatching
import FerryRecords

// Fields of records that will be created, in the short form of ``FieldsWriter``.
extension EntityPlanner {
  /// Adds a field of a record that will be created; absent ones are left out.
  ///
  /// `row` is the record that the line comes from, `sole` the one that supplies all fields where there
  /// is just one.
  mutating func appendNew(_ fieldIndex: Int, _ identity: Int, seq: Int, row: Int, sole: Int?) {
    if state.parts[fieldIndex].isReference {
      appendNewReference(fieldIndex, identity, seq: seq, row: row, sole: sole)
    } else if fieldIndex == state.customIndex {
      if let value = plainValue(fieldIndex, identity, sole), sole != nil {
        guard value.byteCount > 0 else { return line.fields.skip() }
        return table.arena.withBytes(of: value) { add($0, cellOf: nil, fieldIndex, in: row) }
      }
      guard let custom = CustomFields.text(state, identity) else { return line.fields.skip() }
      add(custom.span, cellOf: nil, fieldIndex, in: row)
    } else if let sole {
      guard fieldIndex < table.fields.count, !state.leavesOut(fieldIndex) else {
        return line.fields.skip()
      }
      let value = table.values[fieldIndex][sole]
      guard value.byteCount > 0 else { return line.fields.skip() }
      table.arena.withBytes(of: value) { line.fields.add($0) }
    } else {
      guard let (record, value) = supply(fieldIndex, identity), value.byteCount > 0 else {
        return line.fields.skip()
      }
      table.arena.withBytes(of: value) { add($0, cellOf: record, fieldIndex, in: row) }
    }
  }

  /// Adds a text; its cell is said where it does not follow from the line's.
  private mutating func add(
    _ value: Span<UInt8>, cellOf record: Int?, _ fieldIndex: Int, in row: Int
  ) {
    guard !places.isImplied(record, field: fieldIndex, in: row) else {
      return line.fields.add(value)
    }
    line.fields.beginElement(new: value)
    if let record {
      places.appendCell(record, field: fieldIndex, inSheetOf: row, to: &line.fields)
    }
    line.fields.endField()
  }

  private mutating func appendNewReference(
    _ fieldIndex: Int, _ identity: Int, seq: Int, row: Int, sole: Int?
  ) {
    let target = states.target(state, fieldIndex, identity)
    switch target {
    case .absent: return line.fields.skip()
    case .rejected(let other, let lost):
      reportRejectedTarget(fieldIndex, identity, other, lost)
      return line.fields.skip()
    case .later: links.append((Int32(seq), Int32(fieldIndex), Int32(identity)))
    case .clear, .stored, .created: break
    }
    let record = supplier(fieldIndex, identity, sole)
    guard places.isImplied(record, field: fieldIndex, in: row) else {
      return appendNewReference(to: target, fieldIndex, identity, record, in: row)
    }
    if case .clear = target { return line.fields.addNull() }
    states.withLabel(state, fieldIndex, identity) { line.fields.add(label: $0) }
    switch target {
    case .stored(let id): id.withBytes { line.fields.end(id: $0) }
    case .created(let change): line.fields.end(at: change)
    default: line.fields.endLater()
    }
  }

  private func supplier(_ fieldIndex: Int, _ identity: Int, _ sole: Int?) -> Int? {
    if let sole, table.values[fieldIndex][sole].isPresent { return sole }
    return golden.supplier(ofField: fieldIndex, identity: identity)
  }

  /// Adds a reference whose cell lies elsewhere.
  private mutating func appendNewReference(
    to target: PlanStates.Target, _ fieldIndex: Int, _ identity: Int, _ record: Int?, in row: Int
  ) {
    if case .clear = target {
      line.fields.beginElement(new: nil)
    } else {
      states.withLabel(state, fieldIndex, identity) { line.fields.beginElement(new: $0) }
    }
    switch target {
    case .stored(let id): id.withBytes { line.fields.member("id", $0) }
    case .created(let change): line.fields.member("at", number: change)
    case .later: line.fields.flag("later")
    case .absent, .clear, .rejected: break
    }
    if let record {
      places.appendCell(record, field: fieldIndex, inSheetOf: row, to: &line.fields)
    }
    line.fields.endField()
  }
}
