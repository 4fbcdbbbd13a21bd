import FerryRecords
import FerryStores

extension BottleAdapter {
  func create(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    guard let place = BottlePlace.all[object] else { return [] }
    return try await inFlight(records.count, atOnce: width(place)) { (index) throws(StoreError) in
      var body = body(of: records[index], place)
      for (name, value) in place.always where body[name] == nil { body[name] = value }
      var path = place.path
      let parent = records[index].values["invoice"]?.text ?? ""
      if let inside = place.inside { path += "\(parent)/\(inside)/" }
      switch try await client.send(call("POST", path, body: .object(body))) {
      case .answer(let json):
        guard let id = (place.made.flatMap { json[$0] } ?? json)["id"]?.text else {
          return .unknown(reason: "no id")
        }
        return .written(id: place.inside == nil ? id : "\(parent)/\(id)")
      case .refused(let refusal): return .refused(refusal)
      case .unknown(let reason): return .unknown(reason: reason)
      }
    }
  }

  /// Lines and payments change a total of their invoice, one after the other.
  private func width(_ place: BottlePlace) -> Int {
    place.inside == nil ? BottleTable.callsInFlight : 1
  }

  func update(
    _ records: [RemoteRecord], in object: String
  ) async throws(StoreError) -> [RemoteResult] {
    guard let place = BottlePlace.all[object], let method = place.change else {
      return records.map { _ in .refused(Refusal(code: object, message: "can't be changed")) }
    }
    return try await inFlight(records.count, atOnce: width(place)) { (index) throws(StoreError) in
      let record = records[index]
      let body = body(of: record, place)
      return try await client.send(call(method, path(record.id, place), body: .object(body)))
        .forRecord(record.id)
    }
  }

  func delete(_ ids: [String], in object: String) async throws(StoreError) -> [RemoteResult] {
    guard let place = BottlePlace.all[object] else { return [] }
    return try await inFlight(ids.count, atOnce: width(place)) { (index) throws(StoreError) in
      let path = path(ids[index], place)
      guard place.isRemovable else {
        _ = try await client.send(call("POST", path + "cancel/", body: [:]))
        return .refused(
          Refusal(code: object, message: "BottleCRM removes no invoice; it was cancelled"))
      }
      let result = try await client.send(call("DELETE", path))
      if case .refused(let refusal) = result, refusal.code == "HTTP 404" {
        return .written(id: ids[index])
      }
      return result.forRecord(ids[index])
    }
  }

  private func path(_ id: String, _ place: BottlePlace) -> String {
    guard let inside = place.inside, let slash = id.firstIndex(of: "/") else {
      return "\(place.path)\(id)/"
    }
    return "\(place.path)\(id[..<slash])/\(inside)\(id[slash...])/"
  }

  // MARK: - Records

  /// A record as BottleCRM takes it.
  private func body(of record: RemoteRecord, _ place: BottlePlace) -> [String: JSON] {
    var (body, custom) = ([String: JSON](), [String: JSON]())
    for (name, value) in record.values {
      switch name {
      case "invoice" where place.inside != nil: break
      case externalID:
        let id = value.text ?? ""
        if let field = place.idField {
          body[field] = .string(BottleTable.idMark + id)
        } else {
          custom[name] = value
        }
      case "name" where place.isPerson:
        let (first, last) = Self.parted(value.text ?? "")
        body["first_name"] = .string(first)
        body["last_name"] = .string(last)
      case _ where name.hasPrefix("custom_fields/"):
        custom[String(name.dropFirst("custom_fields/".count))] = value
      default: body[name] = value
      }
    }
    if !custom.isEmpty { body["custom_fields"] = .object(custom) }
    return body
  }

  /// A record as BottleCRM tells it; `nil` for one that is void.
  func record(of item: JSON, _ place: BottlePlace) -> RemoteRecord? {
    guard let id = item["id"]?.text, place.isRemovable || item["status"] != "Cancelled" else {
      return nil
    }
    let parent = item["invoice"]?.text ?? ""
    var record = RemoteRecord(id: place.inside == nil ? id : "\(parent)/\(id)")
    for name in place.fields.keys {
      let parts = name.split(separator: "/").map(String.init)
      record.values[name] = parts.reduce(Optional(item)) { $0?[$1] }
      if name.hasSuffix("_id") { record.values[name] = item[String(name.dropLast(3))] }
    }
    for (key, value) in item["custom_fields"]?.members ?? [:] {
      record.values[key == externalID ? key : "custom_fields/\(key)"] = value
    }
    if let field = place.idField, let text = item[field]?.text, text.hasPrefix(BottleTable.idMark) {
      record.values[externalID] = .string(String(text.dropFirst(BottleTable.idMark.count)))
    }
    if place.isPerson {
      record.values["name"] = .string(
        Self.joined(item["first_name"]?.text ?? "", item["last_name"]?.text ?? ""))
    }
    return record
  }

  // MARK: - Values

  func encoded(_ text: String, _ codec: FieldCodec) -> JSON? {
    guard !text.isEmpty else { return codec.remote.kind == .person ? [] : .null }
    let word = codec.word(for: text)
    switch codec.remote.kind {
    case .person: return [.string(word)]
    case .boolean: return .bool(word == "1" || word == "true")
    // Digits and separators are all that a phone may hold.
    case .text where codec.field.type == .phone:
      return .string(word.replacing(";ext=", with: "-"))
    default: return .string(word)
    }
  }

  func decoded(_ value: JSON, _ codec: FieldCodec) -> String? {
    switch codec.remote.kind {
    case .person: return value.items.first.flatMap { $0["id"]?.text ?? $0.text }
    case .reference: return value["id"]?.text ?? value.text
    case .boolean: return value.text.map { $0 == "true" ? "1" : "0" }
    case .text where codec.field.type == .phone:
      guard let text = value.text, text.hasPrefix("+"), let dash = text.lastIndex(of: "-") else {
        return value.text
      }
      return "\(text[..<dash].filter { $0 != "-" });ext=\(text[text.index(after: dash)...])"
    default: return value.text.map { codec.meaning(of: $0) }
    }
  }

  /// A name as a first and a last one, both of which BottleCRM demands, and people part Chinese ones;
  /// ``joined(_:_:)`` undoes it.
  static func parted(_ name: String) -> (first: String, last: String) {
    if let space = name.lastIndex(of: " ") {
      return (String(name[..<space]), String(name[name.index(after: space)...]))
    }
    guard name.count > 1, isHan(name) else { return (name, BottleTable.noFamilyName) }
    let isDouble = name.count > 2 && BottleTable.doubleNames.contains(String(name.prefix(2)))
    let length = isDouble ? 2 : 1
    return (String(name.dropFirst(length)), String(name.prefix(length)))
  }

  /// A first and a last name as people write them.
  static func joined(_ first: String, _ last: String) -> String {
    if last == BottleTable.noFamilyName || last.isEmpty { return first }
    if first.isEmpty { return last }
    return isHan(first) && isHan(last) ? last + first : "\(first) \(last)"
  }

  /// Whether all of it is Chinese characters.
  private static func isHan(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      (0x3400...0x9FFF).contains($0.value) || (0x20000...0x3FFFF).contains($0.value)
    }
  }
}
