import FerryCore

/// What a column was taken for, and why.
public struct ColumnGuess: Hashable, Sendable {
  /// Why a column counts, or doesn't.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Its name says so.
    case name
    /// Its values look so.
    case values
    /// It has no value, or always the same.
    case empty, constant
    /// It has no name, or one that others have.
    case unnamed
    /// It numbers the rows or the records of a system.
    case rowNumber = "row-number"
    /// It changes whoever the row is about: owner, stage, date of creation.
    case history
    /// Many share it, or it runs long, and there are better columns.
    case weak
    /// It looks like the answer of a test.
    case truth
    /// The other table has no such column.
    case oneSided = "one-sided"
  }

  /// The column's name; empty where it has none.
  public let header: String
  /// `nil` where the column doesn't count.
  public let kind: ColumnKind?
  /// Why.
  public let reason: Reason
}

/// Finds what the columns of a table hold, from their names and from some rows.
///
///     var finder = ColumnKindFinder(headers: [header])
///     finder.add(bytes, cells: cells)
///     let guesses = finder.guesses()
public struct ColumnKindFinder: Sendable {
  /// So many rows of each table tell enough.
  public static let rowsNeeded = 5000

  /// The names of the columns that all tables have, in the order of the first table.
  public let names: [String]
  private let leftOut: [ColumnGuess]
  private var samples: [ColumnSample]

  /// Takes the headers of the tables that are matched.
  public init(headers: [MatchHeader]) {
    var names: [String] = []
    var leftOut: [ColumnGuess] = []
    for name in headers.first?.names ?? [] {
      let short = MatchHeader.lastPart(of: name) ?? name
      if name.isEmpty || headers[0].place(of: short) == nil {
        leftOut.append(ColumnGuess(header: name, kind: nil, reason: .unnamed))
      } else if headers.dropFirst().contains(where: { $0.place(of: short) == nil }) {
        leftOut.append(ColumnGuess(header: short, kind: nil, reason: .oneSided))
      } else {
        names.append(headers.dropFirst().contains { $0.place(of: name) == nil } ? short : name)
      }
    }
    self.names = names
    self.leftOut = leftOut
    samples = names.map { _ in ColumnSample() }
  }

  /// Looks at a row; `cells` run in step with ``names``.
  public mutating func add(_ bytes: Span<UInt8>, cells: [Range<Int>]) {
    for index in samples.indices { samples[index].add(bytes.extracting(cells[index])) }
  }

  /// What each column holds, those that count first.
  public func guesses() -> [ColumnGuess] {
    var finder = self
    var guesses = names.indices.map { Self.guess(names[$0], &finder.samples[$0]) }
    finder.settleNames(&guesses)
    leaveOutWeak(&guesses)
    leaveOutRest(&guesses)
    return guesses.filter { $0.kind != nil } + guesses.filter { $0.kind == nil } + leftOut
  }
}

// MARK: - One column

extension ColumnKindFinder {
  private static func guess(_ header: String, _ sample: inout ColumnSample) -> ColumnGuess {
    func left(_ reason: ColumnGuess.Reason) -> ColumnGuess {
      ColumnGuess(header: header, kind: nil, reason: reason)
    }
    func named(_ kind: ColumnKind) -> ColumnGuess {
      ColumnGuess(header: header, kind: kind, reason: .name)
    }
    if sample.isEmpty { return left(.empty) }
    switch ColumnHint(header: header) {
    case .truth: return left(.truth)
    case .history: return left(.history)
    case .rowNumber: return left(.rowNumber)
    case .kind(let kind) where allows(kind, &sample): return named(kind)
    case .name: return ColumnGuess(header: header, kind: nameKind(&sample), reason: .values)
    case _ where sample.isConstant: return left(.constant)
    case .thing, .notes: return named(.text)
    case .trait: return named(plainKind(&sample))
    default:
      if sample.isUnique, sample.codeShare > 0.95, sample.phoneShare < 0.5 {
        return left(.rowNumber)
      }
      return ColumnGuess(header: header, kind: kind(by: &sample), reason: .values)
    }
  }

  /// Whether values may be of the kind that the header says.
  private static func allows(_ kind: ColumnKind, _ sample: inout ColumnSample) -> Bool {
    switch kind {
    case .email: sample.emailShare > 0.2
    case .phone: sample.phoneShare > 0.2 || sample.codeShare > 0.5
    case .date: sample.dateShare > 0.2
    case .personName, .companyName: sample.emailShare < 0.5 && sample.numberShare < 0.5
    default: true
    }
  }

  private static func kind(by sample: inout ColumnSample) -> ColumnKind {
    if sample.emailShare > 0.5 { return .email }
    if sample.linkShare > 0.5 { return .text }
    if sample.dateShare > 0.6 { return .date }
    if sample.phoneShare > 0.6 { return .phone }
    if sample.companyShare > 0.3 || saysTrade(&sample) { return .companyName }
    if sample.addressShare > 0.4 { return .address }
    if sample.numberShare > 0.8 { return .number }
    // Words that come again and again are a category.
    let isVaried = sample.distinct.count * 4 > sample.filledCount
    let isOfPeople = sample.personShare > 0.8 && sample.strangerShare <= sample.knownPersonShare
    return isOfPeople && isVaried ? .personName : .text
  }

  private static func plainKind(_ sample: inout ColumnSample) -> ColumnKind {
    if sample.dateShare > 0.6 { return .date }
    return sample.numberShare > 0.8 ? .number : .text
  }

  /// Whether many values tell what a company does, and few a name that people bear.
  private static func saysTrade(_ sample: inout ColumnSample) -> Bool {
    sample.tradeShare > 0.3 && sample.tradeShare > 2 * sample.knownPersonShare
  }

  /// Whose name it is: a company's by its form or trade, a person's by its words, else a thing's.
  private static func nameKind(_ sample: inout ColumnSample) -> ColumnKind {
    if sample.companyShare > 0.2 || saysTrade(&sample) { return .companyName }
    // 华为, 美团: as short as a person's name, but no family name in front.
    if sample.strangerShare > sample.knownPersonShare { return .companyName }
    if sample.personShare > 0.6 { return .personName }
    return sample.meanWordCount > 4 ? .text : .companyName
  }
}

// MARK: - All columns

extension ColumnKindFinder {
  /// A bare name beside a company's, and no other person's, is a person's; beside a person's, and
  /// no other company's, it is a company's unless it holds names that people bear.
  private mutating func settleNames(_ guesses: inout [ColumnGuess]) {
    func isSure(_ kind: ColumnKind) -> Bool {
      guesses.contains { $0.kind == kind && $0.reason == .name }
    }
    let kind: ColumnKind
    switch (isSure(.companyName), isSure(.personName)) {
    case (true, false): kind = .personName
    case (false, true): kind = .companyName
    default: return
    }
    for index in guesses.indices
    where [.companyName, .personName].contains(guesses[index].kind) && isBareName(guesses[index]) {
      let isOther =
        kind == .personName
        ? samples[index].companyShare >= 0.2 : samples[index].knownPersonShare >= 0.3
      if isOther { continue }
      guesses[index] = ColumnGuess(header: guesses[index].header, kind: kind, reason: .values)
    }
  }

  private func isBareName(_ guess: ColumnGuess) -> Bool {
    guess.reason == .values && ColumnHint(header: guess.header) == .name
  }

  /// Where rows are about people or companies, texts, numbers and dates say little of who it is.
  private func leaveOutWeak(_ guesses: inout [ColumnGuess]) {
    let kinds = guesses.compactMap(\.kind)
    let isAboutParties = kinds.contains {
      [.personName, .companyName, .phone, .email].contains($0)
    }
    guard isAboutParties else { return }
    for index in guesses.indices {
      guard let kind = guesses[index].kind else { continue }
      let isNamed = guesses[index].reason == .name && kind == .date && isDateOfOneLife(index)
      guard [.text, .number, .date].contains(kind), !isNamed else { continue }
      guesses[index] = ColumnGuess(header: guesses[index].header, kind: nil, reason: .weak)
    }
  }

  /// Of very many columns the first count.
  private func leaveOutRest(_ guesses: inout [ColumnGuess]) {
    let used = guesses.indices.filter { guesses[$0].kind != nil }
    let columns = used.compactMap { index in
      guesses[index].kind.map { MatchColumn(header: guesses[index].header, kind: $0) }
    }
    guard let first = MatchColumn.firstBeyondLimit(columns, MatchOptions()) else { return }
    for index in used[first...] {
      guesses[index] = ColumnGuess(header: guesses[index].header, kind: nil, reason: .weak)
    }
  }

  private func isDateOfOneLife(_ index: Int) -> Bool {
    ColumnHint(header: names[index]) == .kind(.date)
  }
}
