import FerryRecords
public import FerryTables

/// What the tables of a folder tell beyond their columns: keys, links, doubles, personal data.
public struct FolderInsights: Hashable, Sendable {
  /// One column of one table.
  public struct Place: Hashable, Sendable {
    /// Index into the profiles.
    public let table: Int
    /// Index into the table's columns.
    public let column: Int
  }

  /// A column whose values stand in a column of another table.
  public struct Link: Hashable, Sendable {
    /// The column that refers.
    public let from: Place
    /// The column that is referred to.
    public let to: Place
    /// What part of the different values is found, from 0 to 1.
    public let share: Double
  }

  /// A column that should tell records apart, and in which values stand more than once.
  public struct Doubles: Hashable, Sendable {
    /// The column.
    public let place: Place
    /// Rows beyond the first of each value.
    public let rowCount: Int
  }

  /// Whose data a column holds.
  public enum Personal: String, Hashable, Sendable, CaseIterable {
    case name
    case phone
    case email
    case address
    case messenger
    case birthday
    case identity
  }

  /// A column of personal data.
  public struct PersonalColumn: Hashable, Sendable {
    /// The column.
    public let place: Place
    /// What it tells of people.
    public let kind: Personal
    /// Cells that are filled.
    public let count: Int
  }

  /// Columns whose values are different in each row, the likeliest first; at most three a table.
  public let keys: [Place]
  /// The surest first.
  public let links: [Link]
  /// The most rows first.
  public let doubles: [Doubles]
  /// By table and column.
  public let personal: [PersonalColumn]

  /// Looks at what is known of the tables; no file is read again.
  public init(_ profiles: [TableProfile], learned: LearnedWords = LearnedWords()) {
    let search = InsightSearch(profiles, HeaderWords(learned: learned))
    keys = search.keys()
    links = search.links(keys)
    doubles = search.doubles(but: Set(links.map(\.from)))
    personal = search.personal()
  }
}

/// Finds them.
private struct InsightSearch {
  typealias Place = FolderInsights.Place

  let profiles: [TableProfile]
  let words: HeaderWords
  /// By table and column, what a header means without doubt.
  let meanings: [[[HeaderMeaning]]]

  init(_ profiles: [TableProfile], _ words: HeaderWords) {
    self.profiles = profiles
    self.words = words
    meanings = profiles.map { profile in
      profile.columns.map { words.exactMeanings(of: HeaderText($0.column.name)) }
    }
  }

  private var places: [Place] {
    profiles.indices.flatMap { table in
      profiles[table].columns.indices.map { Place(table: table, column: $0) }
    }
  }

  private func column(_ place: Place) -> ColumnProfile {
    profiles[place.table].columns[place.column]
  }

  private func means(_ place: Place, _ fields: Set<String>) -> Bool {
    meanings[place.table][place.column].contains { fields.contains($0.field) && $0.strength > 0.85 }
  }

  // MARK: Keys

  func keys() -> [Place] {
    profiles.indices.flatMap { table -> ArraySlice<Place> in
      let found = profiles[table].columns.indices.map { Place(table: table, column: $0) }
        .filter(isKey)
      let sorted = found.sorted { one, two in
        let (named, other) = (isNamedKey(one), isNamedKey(two))
        return named != other ? named : one.column < two.column
      }
      return sorted.prefix(3)
    }
  }

  private func isNamedKey(_ place: Place) -> Bool {
    means(place, ["key", "number", "code"])
      || HeaderWords.bareKeys.contains(HeaderText(column(place).column.name).folded)
  }

  private func isKey(_ place: Place) -> Bool {
    let column = column(place)
    guard !profiles[place.table].table.isForm, column.filledCount > 1,
      column.filledCount == profiles[place.table].dataRowCount,
      column.kind != .date, column.kind != .boolean,
      !words.isIgnored(HeaderText(column.column.name))
    else { return false }
    if column.kind == .number, !isNamedKey(place) { return false }
    return isUnique(column)
  }

  /// An estimate is within some percent.
  private func isUnique(_ column: ColumnProfile) -> Bool {
    column.isDistinctEstimated
      ? column.distinctCount * 100 >= column.filledCount * 96
      : column.distinctCount == column.filledCount
  }

  // MARK: Links

  /// A link needs at least this part of the values to be found.
  private static let leastShare = 0.3

  func links(_ keys: [Place]) -> [FolderInsights.Link] {
    let targets = places.filter { place in
      let column = column(place)
      return column.distinctCount > 4 && isComparable(place)
        && (keys.contains(place) || isNamedKey(place)
          || means(place, ["name", "email", "company"]))
    }
    var found: [FolderInsights.Link] = []
    for place in places where column(place).distinctCount > 1 && isComparable(place) {
      let best = targets.filter { $0.table != place.table && isRicher($0, than: place) }
        .map { FolderInsights.Link(from: place, to: $0, share: share(place, $0)) }
        .filter { $0.share >= Self.leastShare }
        .max { one, two in
          if one.share != two.share { return one.share < two.share }
          let (key, other) = (keys.contains(one.to), keys.contains(two.to))
          return key != other ? other : one.to.table > two.to.table
        }
      guard let best else { continue }
      // The number of a table's own records refers to nothing that repeats it.
      if keys.contains(place), isNamedKey(place), !keys.contains(best.to) { continue }
      found.append(best)
    }
    return found.sorted { one, two in
      if one.share != two.share { return one.share > two.share }
      return (one.from.table, one.from.column) < (two.from.table, two.from.column)
    }
  }

  /// Two columns that hold the same values point from the one that repeats them.
  private func isRicher(_ target: Place, than place: Place) -> Bool {
    let (own, other) = (column(place), column(target))
    func density(_ column: ColumnProfile) -> Double {
      Double(column.distinctCount) / Double(max(1, column.filledCount))
    }
    return other.distinctCount * 10 >= own.distinctCount * 9
      && (density(other) > density(own) + 0.02 || other.distinctCount > own.distinctCount)
  }

  private func isComparable(_ place: Place) -> Bool {
    switch column(place).kind {
    case .text, .identifier, .phone, .email: true
    case .number: isNamedKey(place)
    default: false
    }
  }

  private func share(_ one: Place, _ two: Place) -> Double {
    column(one).sample.share(in: column(two).sample)
  }

  // MARK: Doubles

  func doubles(but references: Set<Place>) -> [FolderInsights.Doubles] {
    let telling: Set = ["credit_code", "email", "mobile", "phone", "company"]
    return places.compactMap { place -> FolderInsights.Doubles? in
      let column = column(place)
      let isName = meanings[place.table][place.column].contains {
        $0.field == "name" && $0.entity == "account"
      }
      guard !references.contains(place), means(place, telling) || isName else { return nil }
      // Several rows may tell of one customer: then its number says how many there are.
      let most = isOfAccount(place) ? accountCount(place.table) ?? Int.max : Int.max
      let rows = min(column.filledCount, most) - column.distinctCount
      // 台 and 套 are no names.
      if isName, column.distinctCount * 2 < min(column.filledCount, most) { return nil }
      // Estimates of large columns are off by some percent.
      guard rows > (column.isDistinctEstimated ? column.filledCount / 20 : 0) else { return nil }
      return FolderInsights.Doubles(place: place, rowCount: rows)
    }.sorted { one, two in
      if one.rowCount != two.rowCount { return one.rowCount > two.rowCount }
      return (one.place.table, one.place.column) < (two.place.table, two.place.column)
    }
  }

  private func isOfAccount(_ place: Place) -> Bool {
    meanings[place.table][place.column].contains {
      $0.entity == "account" && ($0.namesEntity || $0.field == "credit_code" || $0.field == "name")
    }
  }

  /// How many different customers' numbers a table has; `nil` where it has no such column.
  private func accountCount(_ table: Int) -> Int? {
    profiles[table].columns.indices.lazy.map { Place(table: table, column: $0) }
      .first { place in
        meanings[table][place.column].contains { $0.entity == "account" && $0.field == "key" }
      }.map { column($0).distinctCount }
  }

  // MARK: Personal data

  func personal() -> [FolderInsights.PersonalColumn] {
    places.compactMap { place in
      let column = column(place)
      guard column.filledCount > 0, let kind = personalKind(place) else { return nil }
      return FolderInsights.PersonalColumn(place: place, kind: kind, count: column.filledCount)
    }
  }

  private func personalKind(_ place: Place) -> FolderInsights.Personal? {
    let column = column(place)
    let header = HeaderText(column.column.name).folded
    func has(_ parts: String...) -> Bool { parts.contains { header.contains($0) } }
    if has(
      "身份证", "护照", "证件号", "idcard", "passport", "socialsecurity", "ssn", "driverlicen",
      "drivinglicen")
    {
      return .identity
    }
    if has("生日", "出生", "birth") { return .birthday }
    if column.kind == .email { return .email }
    if column.kind == .phone { return .phone }
    if means(place, ["wechat"]) { return .messenger }
    if column.kind == .text, means(place, ["address"]) || has("地址", "street", "address") {
      return .address
    }
    let people: Set = ["contact", "lead", "user"]
    let isPerson = meanings[place.table][place.column].contains { meaning in
      people.contains(meaning.entity)
        && ["name", "family_name", "given_name"].contains(meaning.field)
    }
    let isOther = meanings[place.table][place.column].contains { meaning in
      !people.contains(meaning.entity) && meaning.field == "name"
    }
    if column.kind == .text, isPerson, !isOther || has("姓名", "联系人", "fullname") { return .name }
    return column.kind == .text && means(place, ["owner", "created_by"]) ? .name : nil
  }
}
