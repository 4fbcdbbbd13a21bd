import FerryStores

// References to one of several objects, names of fields in queries, texts of SOQL.
extension SalesforceAdapter {
  /// A task on a deal belongs to the deal's account without saying so.
  func addAccounts(
    to records: inout [RemoteRecord], _ query: RemoteQuery
  ) async throws(StoreError) {
    guard query.fields.contains("WhatId/Account") else { return }
    let deals = Set(records.compactMap { $0.values["WhatId/Opportunity"]?.text }).sorted()
    let found = try await inChunks(
      deals, of: SalesforceTable.largestRead, atOnce: SalesforceTable.callsInFlight
    ) { (chunk) throws(StoreError) in
      let query = RemoteQuery(object: "Opportunity", fields: ["AccountId"])
      return try await page(query, ["AccountId"], ids: chunk).records
    }
    let accounts = Dictionary(found.map { ($0.id, $0.values["AccountId"]) }) { first, _ in first }
    for index in records.indices {
      guard let deal = records[index].values["WhatId/Opportunity"]?.text else { continue }
      records[index].values["WhatId/Account"] = accounts[deal] ?? nil
    }
  }

  /// Brings references to one of several objects into the one field that holds them.
  func joinReferences(_ values: inout [String: JSON]) {
    for (field, object, _) in SalesforceTable.polymorphic {
      guard let id = values.removeValue(forKey: "\(field)/\(object)") else { continue }
      // A deal comes before its account, a contact before a lead.
      if values[field] == nil || values[field] == .null { values[field] = id }
    }
  }

  /// Leaves a reference alone that an update does not speak of, where it shares its field with one
  /// that the update brings.
  func keepOthers(
    _ records: inout [RemoteRecord], _ object: String
  ) async throws(StoreError) {
    for field in Set(SalesforceTable.polymorphic.map(\.field)).sorted() {
      let kinds = SalesforceTable.polymorphic.filter { $0.field == field }
      let touched = records.indices.filter { index in
        let brought = kinds.count { records[index].values["\(field)/\($0.object)"] != nil }
        return brought > 0 && brought < kinds.count
      }
      guard !touched.isEmpty else { continue }
      let query = RemoteQuery(object: object, fields: [field])
      let found = try await inChunks(
        touched.map { records[$0].id }, of: SalesforceTable.largestRead,
        atOnce: SalesforceTable.callsInFlight
      ) { (ids) throws(StoreError) in try await page(query, [field], ids: ids).records }
      let held = Dictionary(found.map { ($0.id, $0.values[field]?.text ?? "") }) { $1 }
      for index in touched {
        let id = held[records[index].id] ?? ""
        guard let place = kinds.firstIndex(where: { id.hasPrefix($0.prefix) }),
          records[index].values["\(field)/\(kinds[place].object)"] == nil
        else { continue }
        for (rank, kind) in kinds.enumerated() {
          let name = "\(field)/\(kind.object)"
          guard let new = records[index].values[name] else { continue }
          if rank > place || new == .null { records[index].values[name] = nil }
        }
      }
    }
  }

  /// The product's own fields of those that are wanted, each once.
  static func own(_ names: [String]) -> [String] {
    Set(names.map { String($0.prefix { $0 != "/" }) }).sorted()
  }

  /// A text of SOQL that nothing can break out of.
  ///
  /// Source: SOQL and SOSL Reference, "Quoted String Escape Sequences".
  static func quoted(_ text: String) -> String {
    var out = "'"
    for character in text.unicodeScalars {
      switch character {
      case "\\", "'", "\"": out += "\\\(character)"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\u{8}": out += "\\b"
      case "\u{C}": out += "\\f"
      default: out.unicodeScalars.append(character)
      }
    }
    return out + "'"
  }

  /// Lists short enough for an address; a byte beyond ASCII takes three there.
  static func chunks(_ words: [String]) -> [[String]] {
    var chunks: [[String]] = []
    var room = 0
    for word in words {
      let size = word.utf8.reduce(1) { $0 + ($1 < 0x80 ? 1 : 3) } + 4
      if size > room || chunks.isEmpty {
        chunks.append([])
        room = SalesforceTable.longestFilter
      }
      chunks[chunks.count - 1].append(word)
      room -= size
    }
    return chunks
  }
}

extension RemoteField {
  /// A field as describe tells it.
  init?(salesforce json: JSON) {
    guard let name = json["name"]?.text, name != "Id" else { return nil }
    let type = json["type"]?.text ?? ""
    let isRestricted = json["restrictedPicklist"]?.isTrue == true
    let kind: Kind =
      switch type {
      case "string", "textarea", "email", "phone", "url", "combobox": .text
      case "picklist": isRestricted ? .choice : .text
      case "double", "currency", "percent", "int": .number
      case "boolean": .boolean
      case "date": .date
      case "datetime": .instant
      case "reference": name == "OwnerId" || name == "CreatedById" ? .person : .reference
      default: .other(type)
      }
    self.init(name: name, label: json["label"]?.text ?? name, kind: kind)
    let isCreatable = json["createable"]?.isTrue == true
    isWritable = isCreatable || json["updateable"]?.isTrue == true
    if case .other = kind { isWritable = false }
    let isFilled = json["defaultedOnCreate"]?.isTrue == true
    isRequired =
      json["nillable"] == .bool(false) && isCreatable && !isFilled && kind != .boolean
    isFilledByStore = isFilled || ["CreatedDate", "CreatedById"].contains(name)
    if kind == .text, let length = json["length"]?.integer, length > 0 { longest = length }
    guard kind == .choice else { return }
    options = (json["picklistValues"]?.items ?? []).compactMap { option in
      guard let value = option["value"]?.text, option["active"]?.isTrue == true else { return nil }
      return Option(value: value, label: option["label"]?.text ?? value)
    }
  }
}
