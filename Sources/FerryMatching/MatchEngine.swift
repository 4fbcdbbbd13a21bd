import FerryCore
import Foundation

/// One column of a table that is matched.
public struct MatchColumn: Hashable, Sendable {
  /// As it stands in the table.
  public let header: String
  /// What it holds.
  public let kind: ColumnKind

  /// Pairs the two.
  public init(header: String, kind: ColumnKind) {
    self.header = header
    self.kind = kind
  }
}

/// Takes a table row by row, to match its rows against each other.
public struct MatchTable {
  /// What a cell holds beyond this tells no two rows apart that its beginning doesn't.
  private static let mostBytes = 4096
  /// So many rows are taken together.
  private static let batchSize = 1024

  /// Which columns each field reads.
  private let fieldColumns: [[Int]]
  private let builders: [any FieldBuilder]
  /// The blocking rules of a config; none where they are to be found.
  private(set) var rules: [BlockingRule]
  /// What the rows say that have not been given to the builders, field by field.
  private var waiting: [TextRows]
  private var waitingCount = 0
  /// How many rows have been taken.
  public private(set) var rowCount = 0

  /// Fields are made of the columns: parts of a name or an address, phones and e-mails together.
  ///
  /// A column that `options` compares by levels of its own is a field of its own.
  public init(columns: [MatchColumn], options: MatchOptions = MatchOptions()) {
    var groups: [[Int]] = []
    var together: [ColumnKind: Int] = [:]
    for (index, column) in columns.enumerated() {
      if options.comparisons[column.header] != nil {
        groups.append([index])
      } else if column.kind.isReadTogether, let group = together[column.kind] {
        groups[group].append(index)
      } else {
        together[column.kind] = groups.count
        groups.append([index])
      }
    }
    fieldColumns = groups
    let hasPeople = columns.contains { $0.kind == .personName }
    builders = groups.map { group in
      let column = columns[group[0]]
      guard let levels = options.comparisons[column.header] else {
        return Self.builder(of: group.map { columns[$0] }, hasPeople: hasPeople)
      }
      return StoredFieldBuilder(column.header, column.kind, ChosenTexts(levels))
    }
    waiting = groups.map { TextRows(columnCount: $0.count) }
    rules = (options.blocking ?? []).map { names in
      BlockingRule(columns: columns.indices.filter { names.contains(columns[$0].header) })
    }
  }

  private static func builder(
    of columns: [MatchColumn], hasPeople: Bool
  ) -> any FieldBuilder {
    let name = columns.map(\.header).joined(separator: "+")
    let kind = columns[0].kind
    switch kind {
    case .phone: return SetFieldBuilder(name, kind, Phones())
    case .email: return SetFieldBuilder(name, kind, Emails())
    case .date: return StoredFieldBuilder(name, kind, Dates())
    case .number: return StoredFieldBuilder(name, kind, Numbers())
    case .personName:
      let parts = columns.map { PersonNamePart.guess(from: $0.header) }
      return StoredFieldBuilder(name, kind, PersonNames(parts: parts))
    case .companyName: return StoredFieldBuilder(name, kind, CompanyNames(areSubject: !hasPeople))
    case .address:
      let parts = columns.map { AddressPart(header: $0.header) }
      return StoredFieldBuilder(name, kind, Addresses(parts: parts))
    case .text: return StoredFieldBuilder(name, kind, Texts())
    case .id: return StoredFieldBuilder(name, kind, Identifiers())
    }
  }

  /// Takes the next row; `cell` gives the text of a column, empty where there is none.
  public mutating func append(_ bytes: Span<UInt8>, cells: [Range<Int>]) {
    for (field, columns) in fieldColumns.enumerated() {
      for column in columns {
        waiting[field].append(cell: bytes.extracting(cells[column].prefix(Self.mostBytes)))
      }
    }
    for rule in rules.indices { rules[rule].append(bytes, cells) }
    rowCount += 1
    waitingCount += 1
    if waitingCount == Self.batchSize { giveToBuilders() }
  }

  private mutating func giveToBuilders() {
    for field in builders.indices {
      builders[field].append(waiting[field])
      waiting[field].removeAll()
    }
    waitingCount = 0
  }

  consuming func fields() -> [any ComparedField] {
    giveToBuilders()
    return builders.map { $0.finish() }
  }
}
