extension OdooDouble {
  /// A row that `load` can't take.
  private struct BadRow: Error {
    let message: String
    var field: String?
  }

  /// Upserts by external id: every bad row is told, and then none is stored.
  mutating func load(
    _ model: OdooModel, _ words: [String: WireValue], _ call: ProductCall
  ) throws(OdooFault) -> WireValue {
    guard let columns = words["fields"]?.strings, let data = words["data"]?.list else {
      throw .user("fields and data are required")
    }
    let before = self
    var ids: [WireValue] = []
    var messages: [WireValue] = []
    for (number, group) in try Self.groups(data, columns).enumerated() {
      do throws(BadRow) {
        ids.append(WireValue(try load(group.rows, columns, model, call)))
      } catch {
        var message: WireValue = [
          "type": "error", "record": WireValue(number), "message": .string(error.message),
          "rows": [
            "from": WireValue(group.first), "to": WireValue(group.first + group.rows.count - 1),
          ],
        ]
        if let field = error.field { message["field"] = .string(field) }
        messages.append(message)
      }
    }
    guard messages.isEmpty else {
      self = before
      return ["ids": false, "messages": .list(messages), "nextrow": 0]
    }
    return ["ids": .list(ids), "messages": [], "nextrow": 0]
  }

  /// Rows whose own columns are empty go on with the record above.
  private static func groups(
    _ data: [WireValue], _ columns: [String]
  ) throws(OdooFault) -> [(first: Int, rows: [[String]])] {
    let own = columns.indices.filter { !columns[$0].hasPrefix("order_line/") }
    var groups: [(first: Int, rows: [[String]])] = []
    for (index, row) in data.enumerated() {
      guard let cells = row.strings, cells.count == columns.count else {
        throw .value("row \(index) must have \(columns.count) texts")
      }
      let goesOn = own.count < columns.count && own.allSatisfy { cells[$0].isEmpty }
      if goesOn, !groups.isEmpty {
        groups[groups.count - 1].rows.append(cells)
      } else {
        groups.append((index, [cells]))
      }
    }
    return groups
  }

  private mutating func load(
    _ rows: [[String]], _ columns: [String], _ model: OdooModel, _ call: ProductCall
  ) throws(BadRow) -> Int {
    var values: [String: WireValue] = [:]
    var xmlID: String?
    var lines: [[String: WireValue]] = []
    for (rowIndex, row) in rows.enumerated() {
      var line: [String: WireValue] = [:]
      for (column, cell) in zip(columns, row) {
        if column == "id" {
          if rowIndex == 0, !cell.isEmpty { xmlID = cell }
        } else if column.hasPrefix("order_line/"), let lineModel = OdooModel.all["sale.order.line"]
        {
          if !cell.isEmpty { try set(String(column.dropFirst(11)), cell, in: &line, lineModel) }
        } else if rowIndex == 0 {
          try set(column, cell, in: &values, model)
        }
      }
      if !line.isEmpty { lines.append(line) }
    }
    if !lines.isEmpty { values["order_line"] = .list(lines.map { [0, 0, .object($0)] }) }
    return try upsert(xmlID, values, model, call)
  }

  private mutating func upsert(
    _ xmlID: String?, _ values: [String: WireValue], _ model: OdooModel, _ call: ProductCall
  ) throws(BadRow) -> Int {
    do throws(OdooFault) {
      guard let given = xmlID else {
        return try create(model, self.given(values, model), call)
      }
      let full = given.contains(".") ? given : "__import__.\(given)"
      guard full.count(where: { $0 == "." }) == 1 else {
        throw .user("The ID reference \"\(given)\" must contain maximum one dot")
      }
      if let found = resolve(full) {
        guard found.model == model.name else {
          throw .user("The external ID \(full) belongs to the model \(found.model)")
        }
        try write(model, String(found.id), values, call)
        return found.id
      }
      let id = try create(model, self.given(values, model), call)
      register(full, model.name, id, call)
      return id
    } catch {
      throw BadRow(message: error.message)
    }
  }

  /// What a new record is given: an empty cell is nothing, but "False" is a value of a boolean.
  private func given(
    _ values: [String: WireValue], _ model: OdooModel
  ) -> [String: WireValue] {
    values.filter { $0.value != false || model.fields[$0.key]?.kind == .boolean }
  }

  /// A cell as a value: `parent_id/id` names an external id, `parent_id/.id` an id, else a name.
  private func set(
    _ column: String, _ cell: String, in values: inout [String: WireValue], _ model: OdooModel
  ) throws(BadRow) {
    let parts = column.split(separator: "/").map(String.init)
    guard let field = model.fields[parts.first ?? ""] else {
      throw BadRow(message: "Unknown field '\(column)'", field: column)
    }
    guard !cell.isEmpty else {
      values[field.name] = false
      return
    }
    switch field.kind {
    case .many2one: values[field.name] = try link(cell, parts, field)
    case .many2many:
      var ids: [WireValue] = []
      for one in cell.split(separator: ",") { ids.append(try link(String(one), parts, field)) }
      values[field.name] = .list(ids)
    case .boolean:
      guard ["true", "1", "yes", "false", "0", "no"].contains(cell.lowercased()) else {
        throw BadRow(
          message: "Unknown value '\(cell)' for boolean field '\(field.label)'", field: field.name)
      }
      values[field.name] = .bool(["true", "1", "yes"].contains(cell.lowercased()))
    case .integer, .float, .monetary:
      guard let number = try? WireValue(parsing: cell), case .number = number else {
        throw BadRow(
          message: "'\(cell)' does not seem to be a number for field '\(field.label)'",
          field: field.name)
      }
      values[field.name] = number
    case .selection:
      guard
        let option = field.options.first(where: { $0 == cell || OdooField.label(of: $0) == cell })
      else {
        throw BadRow(
          message: "Value '\(cell)' not found in selection field '\(field.label)'",
          field: field.name)
      }
      values[field.name] = .string(option)
    default:
      guard (try? kept(.string(cell), field, model)) != nil else {
        throw BadRow(
          message: "'\(cell)' does not seem to be a valid value for field '\(field.label)'",
          field: field.name)
      }
      values[field.name] = .string(cell)
    }
  }

  private func link(_ cell: String, _ parts: [String], _ field: OdooField) throws(BadRow)
    -> WireValue
  {
    let target = field.relation ?? ""
    switch parts.count > 1 ? parts[1] : "" {
    case "id":
      let full = cell.contains(".") ? cell : "__import__.\(cell)"
      if let found = resolve(full), found.model == target { return WireValue(found.id) }
      throw BadRow(
        message: "No matching record found for external id '\(cell)' in field '\(field.label)'",
        field: field.name)
    case ".id":
      if let id = Int(cell), tables[target]?[cell] != nil { return WireValue(id) }
      throw BadRow(
        message: "No matching record found for database id '\(cell)' in field '\(field.label)'",
        field: field.name)
    default:
      let found = (tables[target]?.all ?? []).filter { $0.values["name"] == .string(cell) }
      guard let first = found.first else {
        throw BadRow(
          message: "No matching record found for name '\(cell)' in field '\(field.label)'",
          field: field.name)
      }
      return .number(first.id)
    }
  }
}
