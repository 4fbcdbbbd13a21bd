import FerryCore
import FerryRecords
import FerryStores
import Foundation

// How the files are made: each entity is read twice, once to see which columns hold anything, once to
// be written, a page at a time. Links between records of one entity go into a file of their own, which
// comes after the records: a screen finds no record that stands further down in the same file. All goes
// into a folder beside, which then takes the place of the old.

/// The import files of a folder.
struct ImportFolder {
  private let folder: String
  private let template: ImportTemplate
  private let manager = FileManager.default

  init(_ folder: String, _ template: ImportTemplate) {
    self.folder = folder
    self.template = template
  }

  /// Makes all files anew from the records of a store.
  func write(from store: any CRMStore) async throws(StoreError) {
    let (new, place) = ("\(folder)/import.new", "\(folder)/import")
    try attempt(new) {
      if manager.fileExists(atPath: new) { try manager.removeItem(atPath: new) }
      try manager.createDirectory(
        atPath: new, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    var page = HowToPage(template)
    for entity in SalesChain.entities {
      let columns = try await columns(of: entity, store)
      guard let columns else { continue }
      for part in Self.parts(of: entity, columns) {
        page.add(try await write(part, into: new, number: page.count + 1, store))
      }
    }
    let text = page.text
    try attempt(place) {
      try text.write(toFile: "\(new)/index.html", atomically: false, encoding: .utf8)
      if manager.fileExists(atPath: place) { try manager.removeItem(atPath: place) }
      try manager.moveItem(atPath: new, toPath: place)
    }
  }

  /// What goes into one run of files.
  private struct Part {
    let shape: EntityFields
    /// Whether it only links records that the part before has brought.
    let isLinks: Bool
  }

  /// An entity's records, and what links them to each other.
  private static func parts(of entity: Entity, _ columns: [Field]) -> [Part] {
    let own = columns.filter { $0.referenced == entity.name }
    let records = Part(
      shape: EntityFields(entity, columns.filter { !own.contains($0) }), isLinks: false)
    guard !own.isEmpty else { return [records] }
    // Screens want the name in an update, too.
    let links = columns.filter { $0.isRequired || own.contains($0) }
    return [records, Part(shape: EntityFields(entity, links), isLinks: true)]
  }

  private func attempt(_ path: String, _ body: () throws -> Void) throws(StoreError) {
    do {
      try body()
    } catch {
      throw FileStoreRules.error(FileStoreRules.unwritable, path, error.localizedDescription)
    }
  }

  /// The fields that hold anything; `nil` where there are no records.
  private func columns(
    of entity: Entity, _ store: any CRMStore
  ) async throws(StoreError) -> [Field]? {
    let shape = EntityFields(entity, entity.fields)
    var filled = Set<Int>()
    var isThere = false
    var cursor: String?
    repeat {
      let page = try await store.page(of: shape, after: cursor)
      isThere = isThere || page.records.count > 0
      for index in shape.fields.indices where !filled.contains(index) {
        let values = page.records.values[index]
        if values.contains(where: { $0.isPresent && $0.byteCount > 0 }) { filled.insert(index) }
      }
      cursor = page.next
    } while cursor != nil
    let parts = ["family_name", "given_name"]
    return isThere
      ? filled.sorted().map { shape.fields[$0] }.filter {
        template.nameHeaders.isEmpty || !parts.contains($0.name)
      } : nil
  }

  /// Writes one part's files.
  private func write(
    _ part: Part, into new: String, number: Int, _ store: any CRMStore
  ) async throws(StoreError) -> HowToPage.Entry {
    let (shape, entity) = (part.shape, part.shape.entity)
    let title = entity.plural + (part.isLinks ? "-links" : "")
    var entry = HowToPage.Entry(
      entity: entity, columns: headers(of: shape), isLinks: part.isLinks)
    var rows: [[String]] = []
    var cursor: String?
    repeat {
      let page = try await store.page(of: shape, after: cursor)
      rows += try await self.rows(of: page.records, store, onlyLinks: part.isLinks)
      cursor = page.next
      while rows.count >= template.rowsPerFile || (cursor == nil && !rows.isEmpty) {
        let some = Array(rows.prefix(template.rowsPerFile))
        rows.removeFirst(some.count)
        let digits = number < 10 ? "0\(number)" : "\(number)"
        let suffix =
          entry.files.isEmpty && cursor == nil && rows.isEmpty
          ? "" : "-\(entry.files.count + 1)"
        let name = "\(digits)-\(title)\(suffix).\(template.format.rawValue)"
        entry.defused += try file("\(new)/\(name)", entity, entry.columns, some)
        entry.files.append((name, some.count))
      }
    } while cursor != nil
    return entry
  }

  private func file(
    _ path: String, _ entity: Entity, _ header: [String], _ rows: [[String]]
  ) throws(StoreError) -> Int {
    switch template.format {
    case .workbook:
      var sheet = try ImportSheet(path, title: entity.label[template.language])
      for row in [header] + rows { try sheet.add(row) }
      try sheet.close()
      return 0
    case .csv:
      var csv = try ImportCSV(path)
      for row in [header] + rows { try csv.add(row) }
      let defused = csv.defused
      try csv.close()
      return defused
    }
  }

  // MARK: - Rows

  private func isSplitName(_ field: Field, _ entity: Entity) -> Bool {
    !template.nameHeaders.isEmpty && field.type == .personName && entity.name != "user"
  }

  private func headers(of shape: EntityFields) -> [String] {
    [template.keyHeader]
      + shape.fields.flatMap { field in
        isSplitName(field, shape.entity)
          ? template.nameHeaders : [template.header(of: field, in: shape.entity)]
      }
  }

  /// The rows of a page; with `onlyLinks` of those records that are linked to another of their own.
  private func rows(
    of page: RecordPage, _ store: any CRMStore, onlyLinks: Bool
  ) async throws(StoreError) -> [[String]] {
    let own = page.shape.fields.indices.filter {
      page.shape.fields[$0].referenced == page.shape.entity.name
    }
    var links: [Int: [String: String]] = [:]
    for (index, field) in page.shape.fields.enumerated() {
      guard let target = field.referenced.flatMap({ SalesChain.entity($0) }) else { continue }
      links[index] = try await names(of: target, in: page, index, store)
    }
    let wanted = (0..<page.count).filter { record in
      !onlyLinks || own.contains { page.values[$0][record].byteCount > 0 }
    }
    return wanted.map { record in
      var row = [page.externalID(of: record) ?? ""]
      for (index, field) in page.shape.fields.enumerated() {
        let text = page.string(field: index, of: record) ?? ""
        if let known = links[index] {
          row.append(known[text] ?? "")
        } else if isSplitName(field, page.shape.entity) {
          row += Self.parts(of: text)
        } else {
          row.append(shown(text, field))
        }
      }
      return row
    }
  }

  /// Store id → how the screen knows the record.
  private func names(
    of target: Entity, in page: RecordPage, _ index: Int, _ store: any CRMStore
  ) async throws(StoreError) -> [String: String] {
    let ids = Set((0..<page.count).compactMap { page.string(field: index, of: $0) }).sorted()
    let isPerson = target.name == "user"
    let wanted = isPerson && template.peopleAreEmails ? "email" : "name"
    let field = target.field(wanted) ?? target.field("number")
    let found = try await store.records(
      of: EntityFields(target, field.map { [$0] } ?? []), withStoreIDs: ids)
    var names: [String: String] = [:]
    for record in 0..<found.count {
      guard let id = found.storeID(of: record) else { continue }
      let key = found.externalID(of: record)
      let name = field == nil ? nil : found.string(field: 0, of: record)
      names[id] = isPerson || template.linksAreNames ? name ?? key : key ?? name
    }
    return names
  }

  /// A value as people write it: an option's label, yes or no, a time of their zone.
  private func shown(_ text: String, _ field: Field) -> String {
    switch field.type {
    case .choice(let set):
      return set.options.first { $0.value == text }?.label[template.language] ?? text
    case .boolean where !text.isEmpty:
      return Words(en: text == "1" ? "true" : "false", zh: text == "1" ? "是" : "否")[
        template.language]
    case .instant: return template.zone.map { Self.local(text, in: $0) } ?? text
    case .phone where template.hasDomesticMobiles:
      return text.hasPrefix("+861") && text.count == 14 ? String(text.dropFirst(3)) : text
    default: return text
    }
  }

  /// `2024-03-05 09:30:00` in a zone; what is no instant stays.
  private static func local(_ text: String, in zone: String) -> String {
    guard let date = try? Date.ISO8601FormatStyle().parse(text),
      let zone = TimeZone(identifier: zone)
    else { return text }
    let style = Date.ISO8601FormatStyle(timeZone: zone).year().month().day()
      .dateTimeSeparator(.space).time(includingFractionalSeconds: false)
    return date.formatted(style)
  }

  /// Given name and family name; a Chinese name stays whole in the second.
  private static func parts(of name: String) -> [String] {
    let isHan = name.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    guard !isHan, let blank = name.lastIndex(of: " ") else { return ["", name] }
    return [String(name[..<blank]), String(name[name.index(after: blank)...])]
  }
}
