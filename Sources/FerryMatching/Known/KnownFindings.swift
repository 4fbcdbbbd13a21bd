import FerryCore
import FerryRecords

/// What the model found between new identities and the records of a store.
struct KnownFindings: Sendable {
  /// An identity and a record of the store that may be one.
  struct Pair: Sendable {
    let identity: Int
    let record: KnownRecord
    let explanation: MatchExplanation
    /// Whether nothing but a person's word speaks against their being one.
    let isSure: Bool

    var probability: Double { explanation.probability }
  }

  /// Surest first; pairs whose credit codes differ are not among them.
  private(set) var pairs: [Pair] = []

  /// Finds nothing.
  init() {}

  /// Compares new identities with every record of the store that the input does not hold itself.
  init(
    _ new: [Int], in context: MatchContext, settings: MatchSettings, _ known: any KnownRecords,
    progress: (Int) -> Void
  ) async throws {
    let reader = ComparedReader(context)
    guard !reader.columns.isEmpty else { return }
    var table = MatchTable(columns: reader.columns)
    var row = ComparedRow()
    for identity in new {
      reader.read(identity, into: &row)
      table.append(row.bytes.span, cells: row.cells)
    }
    let records = try await Self.append(to: &table, reader, context, known, progress)
    guard records.count > 0 else { return }
    var options = MatchOptions()
    options.review = settings.review
    options.merge = settings.merge
    options.link = .many
    let run = MatchRun(table, otherSideStart: new.count, options: options)
    let model = await run.learnedModel()
    for pair in await run.result(by: model).pairs {
      let explanation = run.explanation(left: pair.left, right: pair.right, by: model)
      guard !Self.hasTwoCodes(explanation) else { continue }
      pairs.append(
        Pair(
          identity: new[pair.left], record: records.record(pair.right - new.count),
          explanation: explanation,
          isSure: pair.probability >= settings.merge && !ModelMatch.hasTwoNames(explanation)
            && Self.sharesEnough(explanation)))
    }
    pairs.sort {
      ($1.probability, $0.identity, $0.record.label)
        < ($0.probability, $1.identity, $1.record.label)
    }
  }

  /// Adds the store's records to the table; gives their ids.
  private static func append(
    to table: inout MatchTable, _ reader: ComparedReader, _ context: MatchContext,
    _ known: any KnownRecords, _ progress: (Int) -> Void
  ) async throws -> KnownIDs {
    var ids = KnownIDs()
    var row = ComparedRow()
    var cursor: String?
    repeat {
      let (page, next) = try await known.page(
        of: context.table.entity, fields: reader.knownFields, after: cursor)
      for record in 0..<page.count {
        let isOfInput = page.arena.withBytes(of: page.externalIDs[record]) {
          !$0.isEmpty && context.identities.identity(withExternalID: $0) != nil
        }
        guard !isOfInput else { continue }
        ids.append(record, of: page)
        reader.read(record, of: page, into: &row)
        table.append(row.bytes.span, cells: row.cells)
      }
      progress(ids.count)
      cursor = next
    } while cursor != nil
    return ids
  }

  /// A model that learned from a few new rows may trust likeness too much: a record of the store is
  /// only changed where a key is the same, or two fields are.
  private static func sharesEnough(_ explanation: MatchExplanation) -> Bool {
    let same = explanation.steps.filter { $0.levelID == "same" }.flatMap {
      $0.field.split(separator: "+")
    }
    let hasKey = same.contains { keys.contains(String($0)) }
    return hasKey || explanation.steps.count { $0.levelID == "same" } >= 2
  }

  private static let keys: Set = ["mobile", "phone", "email", "wechat", "credit_code"]

  /// Two credit codes are two companies, one character apart or not.
  private static func hasTwoCodes(_ explanation: MatchExplanation) -> Bool {
    let step = explanation.steps.first { $0.field == "credit_code" }
    return step?.levelID.map { $0 != "same" } ?? false
  }

  /// By identity: the one record of the store that it surely is; not where there are several.
  var sure: [Int: Pair] {
    var found: [Int: Pair] = [:]
    var several: Set<Int> = []
    for pair in pairs where pair.isSure {
      if found.updateValue(found[pair.identity] ?? pair, forKey: pair.identity) != nil {
        several.insert(pair.identity)
      }
    }
    return found.filter { !several.contains($0.key) }
  }

  /// Links between identities that surely are one record of the store, surest first.
  var links: [MatchLink] {
    var first: [String: Pair] = [:]
    var links: [MatchLink] = []
    for pair in sure.values.sorted(by: { $0.identity < $1.identity }) {
      guard let other = first[pair.record.storeID] else {
        first[pair.record.storeID] = pair
        continue
      }
      links.append(
        MatchLink(
          left: other.identity, right: pair.identity, rule: .model, isFirm: false,
          probability: min(other.probability, pair.probability)))
    }
    return links
  }

  /// Leaves out what a person decided otherwise.
  mutating func drop(_ isBlocked: (Int, KnownRecord) -> Bool) {
    pairs.removeAll { isBlocked($0.identity, $0.record) }
  }
}

/// The ids of many records of a store.
private struct KnownIDs {
  private var storeIDs = ContiguousArray<ValueRef>()
  private var externalIDs = ContiguousArray<ValueRef>()
  private var arena = ByteArena()

  var count: Int { storeIDs.count }

  mutating func append(_ record: Int, of page: KnownPage) {
    storeIDs.append(page.arena.withBytes(of: page.storeIDs[record]) { arena.append($0) })
    let id = page.externalIDs[record]
    externalIDs.append(
      id.isPresent ? page.arena.withBytes(of: id) { arena.append($0) } : .absent)
  }

  func record(_ index: Int) -> KnownRecord {
    KnownRecord(
      storeID: arena.string(storeIDs[index]) ?? "", externalID: arena.string(externalIDs[index]))
  }
}
