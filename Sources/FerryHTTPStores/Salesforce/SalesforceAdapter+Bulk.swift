import FerryStores

// A bulk job: made, filled by one upload, closed, asked until it has ended; then three files say what
// became of each row, in no order, told apart by the external id or the id. What the job did not get
// to, and what met a lock, is sent in collections.
extension SalesforceAdapter {
  /// Writes records by a bulk job.
  func load(
    _ operation: Operation, _ records: [RemoteRecord], _ object: String
  ) async throws(StoreError) -> [RemoteResult] {
    let key = operation == .update ? "Id" : externalID
    // A text that means null there, and keys that come twice, go the other way.
    var places: [String: Int] = [:]
    var others: [Int] = []
    for (index, record) in records.enumerated() {
      let id = operation == .update ? record.id : record.values[externalID]?.text ?? ""
      let isPlain = record.values.values.allSatisfy { $0.text != SalesforceTable.null }
      if isPlain, places[id] == nil { places[id] = index } else { others.append(index) }
    }
    let wanted = places.values.sorted()
    var rows = wanted.map { records[$0] }
    if operation == .upsert { rows = try await namingParents(of: rows, in: object) }
    let job = try await run(operation, rows, key, object)
    var results: [RemoteResult?] = Array(repeating: nil, count: records.count)
    for row in try await self.rows(job, "successfulResults") {
      guard let index = row[key].flatMap({ places[$0] }), let id = row["sf__Id"] else { continue }
      results[index] = .written(id: id)
    }
    for row in try await self.rows(job, "failedResults") {
      guard let index = row[key].flatMap({ places[$0] }) else { continue }
      let refusal = Refusal(row: row["sf__Error"] ?? "")
      results[index] = refusal.isPassingRow ? nil : .refused(refusal)
    }
    others += wanted.filter { results[$0] == nil }
    let done = try await collect(operation, others.map { records[$0] }, object)
    for (index, result) in zip(others, done) { results[index] = result }
    return results.compactMap(\.self)
  }

  /// Makes, fills and closes a job, and waits for its end.
  private func run(
    _ operation: Operation, _ records: [RemoteRecord], _ key: String, _ object: String
  ) async throws(StoreError) -> String {
    var body: [String: JSON] = [
      "object": .string(object), "operation": .string(operation.rawValue), "contentType": "CSV",
      "columnDelimiter": "COMMA", "lineEnding": "LF",
    ]
    if operation == .upsert { body["externalIdFieldName"] = .string(externalID) }
    let made = try await answer(call("POST", "/jobs/ingest", .object(body)))
    guard let id = made["id"]?.text else { throw unclear("no id of a job") }
    var upload = call("PUT", "/jobs/ingest/\(id)/batches", repeats: false)
    upload.content = ("text/csv", Self.file(records, key))
    if case .unknown = try await client.send(upload) {
      // Whether the rows arrived is open: this job is dropped, another one takes them.
      _ = try await client.send(call("PATCH", "/jobs/ingest/\(id)", ["state": "Aborted"]))
      return try await run(operation, records, key, object)
    }
    // Refused where it was closed already by a call whose answer was lost.
    _ = try await client.send(call("PATCH", "/jobs/ingest/\(id)", ["state": "UploadComplete"]))
    var pause = SalesforceTable.firstPoll
    for _ in 0..<SalesforceTable.mostPolls {
      let state = try await answer(call("GET", "/jobs/ingest/\(id)"))["state"]?.text
      if ["JobComplete", "Failed", "Aborted"].contains(state) { return id }
      try await client.rest(for: pause)
      pause = min(pause * 2, SalesforceTable.longestPoll)
    }
    throw unclear("the job \(id) has not ended")
  }

  private func unclear(_ reason: String) -> StoreError {
    HTTPStoreRules.error(
      .busy, isTransient: true, HTTPStoreRules.outcomeUnknown, client.name, reason)
  }

  /// The rows of an upload: an empty cell leaves a field alone, a mark of its own clears it.
  static func file(_ records: [RemoteRecord], _ key: String) -> [UInt8] {
    let columns = [key] + Set(records.flatMap(\.values.keys)).subtracting([key]).sorted()
    var out: [UInt8] = []
    let add = { (row: [String]) in
      let cells = row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }
      out += Array((cells.joined(separator: ",") + "\n").utf8)
    }
    add(columns)
    for record in records {
      add(
        columns.map { name in
          if name == "Id" { return record.id }
          guard let value = record.values[name] else { return "" }
          return value.text.map { $0.isEmpty ? SalesforceTable.null : $0 } ?? SalesforceTable.null
        })
    }
    return out
  }

  private func rows(
    _ job: String, _ file: String
  ) async throws(StoreError) -> [[String: String]] {
    let json = try await answer(call("GET", "/jobs/ingest/\(job)/\(file)"))
    let rows = ResultFile.rows(json.text ?? "")
    guard let header = rows.first else { return [] }
    return rows.dropFirst().map { row in
      Dictionary(zip(header, row)) { first, _ in first }
    }
  }
}

/// What a bulk job answers with: CSV with commas, as RFC 4180 has it.
enum ResultFile {
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var (row, cell) = ([String](), [UInt8]())
    var (isQuoted, isPending) = (false, false)
    let end = { (cells: inout [UInt8], row: inout [String]) in
      row.append(String(decoding: cells, as: UTF8.self))
      cells = []
    }
    for byte in text.utf8 {
      if isPending {
        isPending = false
        if byte == UInt8(ascii: "\"") {
          cell.append(byte)
          continue
        }
        isQuoted = false
      }
      switch byte {
      case UInt8(ascii: "\"") where isQuoted: isPending = true
      case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
      case _ where isQuoted: cell.append(byte)
      case UInt8(ascii: ","): end(&cell, &row)
      case UInt8(ascii: "\r"): break
      case UInt8(ascii: "\n"):
        end(&cell, &row)
        rows.append(row)
        row = []
      default: cell.append(byte)
      }
    }
    if !cell.isEmpty || !row.isEmpty {
      end(&cell, &row)
      rows.append(row)
    }
    return rows
  }
}
