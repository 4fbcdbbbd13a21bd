import FerryCore
import FerryRecords

/// What the model has found among the identities of one entity.
struct ModelMatch: Sendable {
  /// Pairs from the review threshold upwards, by identity; `merges` says what becomes of each.
  let pairs: [(left: Int, right: Int, probability: Double, merges: Bool)]
  /// How the match went.
  let overview: MatchOverview
  private let run: MatchRun
  private let model: MatchModel
  private let rowOfIdentity: ContiguousArray<Int32>

  /// Compares all identities that take part; `nil` where the entity has nothing to compare by.
  init?(_ context: MatchContext, settings: MatchSettings) async {
    let reader = ComparedReader(context)
    guard !reader.columns.isEmpty else { return nil }
    var table = MatchTable(columns: reader.columns)
    var (identityOfRow, rowOfIdentity) = (ContiguousArray<Int32>(), ContiguousArray<Int32>())
    var row = ComparedRow()
    for identity in 0..<context.identities.count {
      guard context.takesPart(identity) else {
        rowOfIdentity.append(-1)
        continue
      }
      rowOfIdentity.append(Int32(identityOfRow.count))
      identityOfRow.append(Int32(identity))
      reader.read(identity, into: &row)
      table.append(row.bytes.span, cells: row.cells)
    }
    var options = MatchOptions()
    options.review = settings.review
    options.merge = settings.merge
    let run = MatchRun(table, options: options)
    let model = await run.learnedModel()
    let result = await run.result(by: model)
    overview = run.overview(of: result, by: model)
    pairs = result.pairs.map { pair in
      let isSure =
        pair.probability >= settings.merge
        && result.clusters[pair.left] == result.clusters[pair.right]
        && !Self.hasTwoNames(run.explanation(left: pair.left, right: pair.right, by: model))
      return (
        Int(identityOfRow[pair.left]), Int(identityOfRow[pair.right]), pair.probability, isSure
      )
    }
    (self.run, self.model, self.rowOfIdentity) = (run, model, rowOfIdentity)
  }

  /// How two names stand to each other that are not one: a person decides then, however much
  /// else is shared, since relatives share a phone and branches a switchboard.
  private static let otherNames: Set = [
    "different", "partly", "same-family", "same-brand", "sister",
  ]

  static func hasTwoNames(_ explanation: MatchExplanation) -> Bool {
    let step = explanation.steps.first { $0.field == "name" }
    return step?.levelID.map { otherNames.contains($0) } ?? false
  }

  /// The links that the model is sure of, surest first.
  var links: [MatchLink] {
    pairs.filter(\.merges).sorted {
      ($1.probability, $0.left, $0.right) < ($0.probability, $1.left, $1.right)
    }.map {
      MatchLink(
        left: $0.left, right: $0.right, rule: .model, isFirm: false, probability: $0.probability)
    }
  }

  /// Why two identities are held to be the same, or not; `nil` where one takes no part.
  func explanation(_ left: Int, _ right: Int) -> MatchExplanation? {
    let (one, other) = (Int(rowOfIdentity[left]), Int(rowOfIdentity[right]))
    guard one >= 0, other >= 0 else { return nil }
    return run.explanation(left: one, right: other, by: model)
  }
}

/// The cells of one row on their way to the engine; used again for each row.
struct ComparedRow {
  private(set) var bytes = ContiguousArray<UInt8>()
  private(set) var cells: [Range<Int>] = []

  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
  }

  /// Adds the next cell: what `write` appends.
  mutating func add(_ write: (inout ContiguousArray<UInt8>) -> Void) {
    let start = bytes.count
    write(&bytes)
    cells.append(start..<bytes.count)
  }
}

/// Reads what an identity is compared by.
struct ComparedReader {
  let columns: [MatchColumn]
  private let context: MatchContext
  private let sources: [(field: Int, column: ComparedColumns.Column)]

  init(_ context: MatchContext) {
    self.context = context
    sources = ComparedColumns.of(context.table.entity).columns.compactMap { column in
      context.table.fieldIndex(column.field).map { ($0, column) }
    }
    columns = sources.map { MatchColumn(header: $0.column.field, kind: $0.column.kind) }
  }

  func read(_ identity: Int, into row: inout ComparedRow) {
    row.begin()
    for source in sources {
      row.add { append(source.field, source.column, of: identity, to: &$0) }
    }
  }

  /// The same fields in a record of the store.
  var knownFields: [KnownField] {
    sources.map { KnownField(name: $0.column.field, through: $0.column.through) }
  }

  /// Reads a record of the store; its page has ``knownFields``.
  func read(_ record: Int, of page: KnownPage, into row: inout ComparedRow) {
    row.begin()
    for (index, source) in sources.enumerated() {
      row.add { bytes in
        page.arena.withBytes(of: page.values[index][record]) {
          Self.append($0, source.column, to: &bytes)
        }
      }
    }
  }

  private func append(
    _ field: Int, _ column: ComparedColumns.Column, of identity: Int,
    to bytes: inout ContiguousArray<UInt8>
  ) {
    let table = context.table
    guard let record = context.identities.supplier(ofField: field, identity: identity) else {
      return
    }
    if let through = column.through {
      context.references.append(through, ofTarget: field, of: record, in: table, to: &bytes)
      return
    }
    table.arena.withBytes(of: table.values[field][record]) {
      Self.append($0, column, to: &bytes)
    }
  }

  private static func append(
    _ value: Span<UInt8>, _ column: ComparedColumns.Column, to bytes: inout ContiguousArray<UInt8>
  ) {
    bytes.append(copying: column.field == "website" ? value.extracting(host(in: value)) : value)
  }

  /// Where the host of a web address lies, without `www.`.
  private static func host(in address: Span<UInt8>) -> Range<Int> {
    let slash = UInt8(ascii: "/")
    var start = 0
    for index in address.indices.dropFirst(2)
    where address[index] == slash && address[index - 1] == slash
      && address[index - 2] == UInt8(ascii: ":")
    {
      start = index + 1
      break
    }
    let www = ContiguousArray("www.".utf8)
    if address.count - start > 4, address.extracting(start..<start + 4).hasSameBytes(as: www.span) {
      start += 4
    }
    var end = start
    while end < address.count, address[end] != slash { end += 1 }
    return start..<end
  }
}
