/// A bulk job that takes records in.
struct SalesforceJob: Hashable, Sendable {
  /// How far it is.
  enum Stage: String, Hashable, Sendable {
    case open = "Open"
    case uploadComplete = "UploadComplete"
    case inProgress = "InProgress"
    case complete = "JobComplete"
    case failed = "Failed"
    case aborted = "Aborted"
  }

  let id: String
  let object: String
  let operation: String
  let externalIDField: String?
  let delimiter: Character
  let lineEnding: String
  var stage = Stage.open
  var upload: String?
  var header: [String] = []
  /// Each with the columns that the service adds, then the row's own.
  var good: [[String]] = []
  var bad: [[String]] = []
  var errorMessage: String?

  static let delimiters: [String: Character] = [
    "COMMA": ",", "SEMICOLON": ";", "TAB": "\t", "PIPE": "|", "CARET": "^", "BACKQUOTE": "`",
  ]

  /// What a poll shows.
  var description: WireValue {
    var out: WireValue = [
      "id": .string(id), "object": .string(object), "operation": .string(operation),
      "state": .string(stage.rawValue), "contentType": "CSV", "apiVersion": .number("67.0"),
      "concurrencyMode": "Parallel", "jobType": "V2Ingest", "retries": 0, "totalProcessingTime": 1,
      "apexProcessingTime": 0,
      "contentUrl": .string("services/data/v67.0/jobs/ingest/\(id)/batches"),
      "lineEnding": .string(lineEnding),
      "columnDelimiter": .string(Self.delimiters.first { $0.value == delimiter }?.key ?? "COMMA"),
      "numberRecordsProcessed": WireValue(stage == .complete ? good.count + bad.count : 0),
      "numberRecordsFailed": WireValue(stage == .complete ? bad.count : 0),
    ]
    if let externalIDField { out["externalIdFieldName"] = .string(externalIDField) }
    if let errorMessage { out["errorMessage"] = .string(errorMessage) }
    return out
  }
}

extension SalesforceDouble {
  /// 150 MB after the growth of base64: 100 MB of CSV are safe.
  private static let largestUpload = 112 << 20

  mutating func performJobs(
    _ parts: [String], _ request: HTTPRequest, _ call: ProductCall
  ) throws(SalesforceFault) -> HTTPResponse {
    guard let id = parts.first else {
      return request.method == "POST"
        ? try createJob(request)
        : HTTPResponse(
          json: [
            "done": true, "nextRecordsUrl": nil,
            "records": .list(jobs.values.sorted { $0.id < $1.id }.map(\.description)),
          ])
    }
    guard var job = jobs[id] else { throw Self.missing }
    switch (request.method, parts.count > 1 ? parts[1] : "") {
    case ("PUT", "batches"): return try upload(request, job)
    case ("PATCH", ""): return try change(job, request, call)
    case ("GET", ""):
      if job.stage == .uploadComplete {
        job.stage = .inProgress
      } else if job.stage == .inProgress {
        job.stage = job.errorMessage == nil ? .complete : .failed
      }
      jobs[id] = job
      return HTTPResponse(json: job.description)
    case ("DELETE", ""):
      guard [.complete, .failed, .aborted].contains(job.stage) else {
        throw SalesforceFault(code: "API_ERROR", message: "Only jobs that ended can be deleted")
      }
      jobs[id] = nil
      return HTTPResponse(status: 204)
    case ("GET", "successfulResults"):
      return Self.csv(
        ["sf__Id", "sf__Created"] + job.header, job.stage == .complete ? job.good : [])
    case ("GET", "failedResults"):
      return Self.csv(["sf__Id", "sf__Error"] + job.header, job.stage == .complete ? job.bad : [])
    case ("GET", "unprocessedrecords"), ("GET", "unprocessedRecords"):
      return Self.csv(job.header, [])
    default: throw Self.missing
    }
  }

  private mutating func createJob(_ request: HTTPRequest) throws(SalesforceFault) -> HTTPResponse {
    guard let body = request.json, let name = body["object"]?.string,
      let operation = body["operation"]?.string,
      ["insert", "update", "upsert", "delete", "hardDelete"].contains(operation)
    else { throw SalesforceFault(code: "INVALIDJOB", message: "object and operation are required") }
    guard let object = SalesforceObject.all[name] else {
      throw SalesforceFault(code: "INVALIDENTITY", message: "The object \(name) isn't supported")
    }
    let field = body["externalIdFieldName"]?.string
    guard (operation == "upsert") == (field != nil),
      field.map({ object.field($0)?.isExternalID == true }) ?? true
    else { throw SalesforceFault(code: "INVALIDJOB", message: "externalIdFieldName does not fit") }
    guard body["contentType"].map({ $0 == "CSV" }) ?? true,
      let delimiter = SalesforceJob.delimiters[body["columnDelimiter"]?.string ?? "COMMA"],
      ["LF", "CRLF"].contains(body["lineEnding"]?.string ?? "LF")
    else {
      throw SalesforceFault(code: "INVALIDJOB", message: "contentType, delimiter or line ending")
    }
    lastID += 1
    let job = SalesforceJob(
      id: Self.id("750", lastID), object: name, operation: operation, externalIDField: field,
      delimiter: delimiter, lineEnding: body["lineEnding"]?.string ?? "LF")
    jobs[job.id] = job
    return HTTPResponse(json: job.description)
  }

  private mutating func upload(
    _ request: HTTPRequest, _ job: SalesforceJob
  ) throws(SalesforceFault) -> HTTPResponse {
    guard job.stage == .open, job.upload == nil else {
      throw SalesforceFault(code: "INVALIDJOBSTATE", message: "The job takes one upload")
    }
    guard request.isOfType("text/csv"), let text = String(validating: request.body, as: UTF8.self)
    else {
      throw SalesforceFault(code: "INVALIDBATCH", message: "text/csv in UTF-8 is expected")
    }
    guard request.body.count <= Self.largestUpload else {
      throw SalesforceFault(status: 413, code: "FILE_TOO_LARGE", message: "The upload is too large")
    }
    jobs[job.id]?.upload = text
    return HTTPResponse(status: 201)
  }

  private mutating func change(
    _ job: SalesforceJob, _ request: HTTPRequest, _ call: ProductCall
  ) throws(SalesforceFault) -> HTTPResponse {
    var job = job
    switch (request.json?["state"]?.string, job.stage) {
    case ("Aborted", .open), ("Aborted", .uploadComplete): job.stage = .aborted
    case ("UploadComplete", .open):
      job.stage = .uploadComplete
      run(&job, call)
      job.upload = nil
    default:
      throw SalesforceFault(code: "INVALIDJOBSTATE", message: "The job's state does not allow it")
    }
    jobs[job.id] = job
    return HTTPResponse(json: job.description)
  }

  private static func csv(_ header: [String], _ rows: [[String]]) -> HTTPResponse {
    let lines = ([header] + rows.reversed()).map { row in
      row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    }
    return HTTPResponse(
      status: 200, headers: [HTTPRequest.Pair("Content-Type", "text/csv")],
      body: Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  private mutating func run(_ job: inout SalesforceJob, _ call: ProductCall) {
    guard let object = SalesforceObject.all[job.object],
      let rows = SalesforceCSV.rows(
        job.upload ?? "", job.delimiter, isCRLF: job.lineEnding == "CRLF"),
      let header = rows.first
    else {
      job.errorMessage = "InvalidBatch : the CSV does not fit the delimiter or the line ending"
      return
    }
    job.header = header
    let key = job.externalIDField.flatMap { field in header.firstIndex { $0 == field } }
    var chunk: Set<String> = []
    for (index, row) in rows.dropFirst().enumerated() {
      if index % 200 == 0 { chunk = [] }
      do throws(SalesforceFault) {
        if call.fails(index) {
          throw SalesforceFault(
            code: "UNABLE_TO_LOCK_ROW", message: "unable to obtain exclusive access")
        }
        guard row.count == header.count else {
          throw SalesforceFault(code: "INVALID_ROW", message: "the row has \(row.count) columns")
        }
        if let key, !chunk.insert(row[key].lowercased()).inserted {
          throw SalesforceFault(
            code: "DUPLICATE_VALUE", message: "Duplicate external id specified: \(row[key])")
        }
        let (id, isNew) = try write(job, object, header, row, call)
        job.good.append([id, String(isNew)] + row)
      } catch {
        job.bad.append(["", error.text] + row)
      }
    }
  }

  /// An empty cell leaves a field alone, `#N/A` clears it, `Account.Ext_Id__c` names a parent.
  private mutating func write(
    _ job: SalesforceJob, _ object: SalesforceObject, _ header: [String], _ row: [String],
    _ call: ProductCall
  ) throws(SalesforceFault) -> (String, Bool) {
    var fields: [String: WireValue] = [:]
    for (name, cell) in zip(header, row) where !cell.isEmpty {
      let value: WireValue = cell == "#N/A" ? .null : .string(cell)
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        fields[name] = value
        continue
      }
      if value == .null {
        let relationship = parts[0].split(separator: ":").last.map(String.init) ?? ""
        fields[object.reference(relationship)?.name ?? name] = .null
      } else {
        fields[parts[0]] = [parts[1]: value].wire
      }
    }
    let id = (fields.removeValue(forKey: "Id") ?? fields.removeValue(forKey: "id"))?.string ?? ""
    switch job.operation {
    case "insert": return (try insert(object, fields, call), true)
    case "update":
      try update(object, id, fields, call)
      return (id, false)
    case "upsert":
      let field = job.externalIDField ?? ""
      let key = fields.removeValue(forKey: field)?.string ?? ""
      return try upsert(object, field, key, fields, call)
    default:
      try delete(object, id)
      return (id, false)
    }
  }
}

extension [String: WireValue] {
  fileprivate var wire: WireValue { .object(self) }
}

/// CSV as RFC 4180 has it, with line ends that must be what was said.
enum SalesforceCSV {
  /// The rows; `nil` where a line ends otherwise, or a quote is never closed.
  static func rows(_ text: String, _ delimiter: Character, isCRLF: Bool) -> [[String]]? {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var rest = Array(text)[...]
    while let character = rest.popFirst() {
      switch character {
      case "\"" where isQuoted && rest.first == "\"":
        cell.append("\"")
        rest.removeFirst()
      case "\"": isQuoted.toggle()
      case _ where isQuoted: cell.append(character)
      case delimiter:
        row.append(cell)
        cell = ""
      case "\n", "\r\n", "\r":
        guard character == (isCRLF ? "\r\n" : "\n") else { return nil }
        rows.append(row + [cell])
        row = []
        cell = ""
      default: cell.append(character)
      }
    }
    guard !isQuoted else { return nil }
    if !row.isEmpty || !cell.isEmpty { rows.append(row + [cell]) }
    return rows
  }
}
