import FerryStores

// Activities stand in five objects: notes, calls, e-mails, meetings and tasks. To the store they are
// one, `activities`, whose ids begin with the object (`calls/512`; a note's is bare). A record's kind
// decides where it is made and stands in `ferry_kind`, since HubSpot's objects are fewer than the
// kinds. An object without Ferry's properties is left alone: its records become notes.
extension HubSpotAdapter {
  /// Which of the objects take records; notes always do.
  actor OpenActivities {
    private(set) var objects = [HubSpotTable.notes]

    func open(_ objects: [String]) { self.objects = objects }
  }

  /// The objects as one: the fields that each of them has.
  func describeActivities() async throws(StoreError) -> RemoteObject? {
    guard let notes = try await describe(HubSpotTable.notes) else { return nil }
    var (open, parts) = ([HubSpotTable.notes], [Self.shown(notes)])
    for activity in HubSpotTable.activities where activity.object != HubSpotTable.notes {
      guard let found = try await allowed(activity.object), found.fields[externalID] != nil,
        found.fields[HubSpotTable.kind] != nil, notes.fields[HubSpotTable.kind] != nil
      else { continue }
      open.append(activity.object)
      parts.append(Self.shown(found))
    }
    await openActivities.open(open)
    var all = RemoteObject(
      name: HubSpotTable.allActivities, label: open.joined(separator: ", "), fields: parts[0].fields
    )
    all.fields = all.fields.filter { name, _ in parts.allSatisfy { $0.fields[name] != nil } }
    return all
  }

  /// An object's fields; `nil` where there is none, or the app may not see it.
  private func allowed(_ object: String) async throws(StoreError) -> RemoteObject? {
    do throws(StoreError) {
      return try await describe(object)
    } catch {
      guard error.kind == .refused else { throw error }
      return nil
    }
  }

  /// One page, of one object; the cursor says of which, and where in it.
  func pageOfActivities(_ query: RemoteQuery) async throws(StoreError) -> RemotePage {
    let open = await openActivities.objects
    if let (field, ids) = query.filter, field == "_id" {
      var page = RemotePage()
      for object in open {
        let own = ids.filter { Self.object(of: $0) == object }.map(Self.bare)
        guard !own.isEmpty else { continue }
        page.records += try await self.page(query, of: object, (field, own), after: nil).records
      }
      return page
    }
    let parts = query.cursor?.split(separator: ":", maxSplits: 1).map(String.init) ?? []
    let place = parts.first.flatMap { open.firstIndex(of: $0) } ?? 0
    let object = open[place]
    var page = try await self.page(
      query, of: object, query.filter, after: parts.count == 2 ? parts[1] : nil)
    page.next =
      page.next.map { "\(object):\($0)" } ?? (place + 1 < open.count ? open[place + 1] : nil)
    return page
  }

  private func page(
    _ query: RemoteQuery, of object: String, _ filter: (field: String, values: [String])?,
    after cursor: String?
  ) async throws(StoreError) -> RemotePage {
    let names = HubSpotTable.names(of: object)
    var own = RemoteQuery(object: object, fields: query.fields.map { names[$0] ?? $0 })
    own.filter = filter.map { (names[$0.field] ?? $0.field, $0.values) }
    own.cursor = cursor
    var page = try await self.page(own)
    page.records = page.records.map { record in
      var record = record
      for (name, theirs) in names { record.values[name] = record.values[theirs] }
      record.id = Self.whole(record.id, object)
      return record
    }
    return page
  }

  // MARK: - Writing

  func createActivities(_ records: [RemoteRecord]) async throws(StoreError) -> [RemoteResult] {
    let open = await openActivities.objects
    let objects = records.map { record -> String in
      let kind = record.values[HubSpotTable.kind]?.text ?? ""
      let wanted = HubSpotTable.activities.first { $0.kinds.contains(kind) }?.object
      return wanted.flatMap { open.contains($0) ? $0 : nil } ?? HubSpotTable.notes
    }
    return try await inObjects(objects) { (indexes, object) throws(StoreError) in
      let own = indexes.map { index in
        var record = Self.own(records[index], object)
        record.values.merge(HubSpotTable.constants[object] ?? [:]) { own, _ in own }
        return record
      }
      return try await create(own, in: object)
    }
  }

  func updateActivities(_ records: [RemoteRecord]) async throws(StoreError) -> [RemoteResult] {
    try await inObjects(records.map { Self.object(of: $0.id) }) {
      (indexes, object) throws(StoreError) in
      try await update(indexes.map { Self.own(records[$0], object) }, in: object)
    }
  }

  func deleteActivities(_ ids: [String]) async throws(StoreError) -> [RemoteResult] {
    try await inObjects(ids.map(Self.object)) { (indexes, object) throws(StoreError) in
      try await delete(indexes.map { Self.bare(ids[$0]) }, in: object)
    }
  }

  /// Writes what belongs to each object, and gives the results in order.
  private func inObjects(
    _ objects: [String], _ write: ([Int], String) async throws(StoreError) -> [RemoteResult]
  ) async throws(StoreError) -> [RemoteResult] {
    var results: [RemoteResult?] = Array(repeating: nil, count: objects.count)
    for object in Set(objects).sorted() {
      let indexes = objects.indices.filter { objects[$0] == object }
      for (index, result) in zip(indexes, try await write(indexes, object)) {
        guard case .written(let id) = result else {
          results[index] = result
          continue
        }
        results[index] = .written(id: Self.whole(id, object))
      }
    }
    return results.compactMap(\.self)
  }

  // MARK: - Names

  private static func whole(_ id: String, _ object: String) -> String {
    object == HubSpotTable.notes ? id : "\(object)/\(id)"
  }

  private static func object(of id: String) -> String {
    id.contains("/") ? String(id.prefix { $0 != "/" }) : HubSpotTable.notes
  }

  private static func bare(_ id: String) -> String {
    String(id.split(separator: "/").last ?? "")
  }

  /// A record in the names of its object; a meeting begins and ends when it is.
  private static func own(_ record: RemoteRecord, _ object: String) -> RemoteRecord {
    var own = RemoteRecord(id: bare(record.id), values: record.values)
    for (name, theirs) in HubSpotTable.names(of: object) {
      own.values[theirs] = own.values.removeValue(forKey: name)
    }
    guard let time = own.values["hs_timestamp"] else { return own }
    for name in HubSpotTable.times[object] ?? [] { own.values[name] = time }
    return own
  }

  /// An object's fields under the names that all have in common.
  private static func shown(_ object: RemoteObject) -> RemoteObject {
    var shown = object
    for (name, theirs) in HubSpotTable.names(of: object.name) {
      guard let field = shown.fields.removeValue(forKey: theirs) else { continue }
      shown.fields[name] = field.named(name)
    }
    return shown
  }
}

extension RemoteField {
  /// The same field under another name.
  fileprivate func named(_ name: String) -> RemoteField {
    var field = RemoteField(name: name, label: label, kind: kind)
    (field.isRequired, field.isWritable, field.longest) = (isRequired, isWritable, longest)
    field.options = options
    return field
  }
}
