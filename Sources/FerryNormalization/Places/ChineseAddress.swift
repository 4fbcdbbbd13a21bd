/// A Chinese address, split into its divisions and the rest.
public struct ChineseAddress: Hashable, Sendable {
  /// 省, 自治区, 直辖市, in full; `nil` where the address tells of none.
  public let province: String?
  /// 市, 自治州, in full; the municipality itself for 北京市 and its like.
  public let city: String?
  /// 区, 县 or 县级市, in full.
  public let district: String?
  /// What follows the divisions: the street.
  public let rest: String

  /// Splits an address from its beginning.
  ///
  /// Short names are read too (广东深圳南山); a short name before 路, 街 or 大道 is a street's
  /// (北京路). A division that is left out is filled in from the one below it where only one
  /// fits: 深圳市南山区 lies in 广东省; 鼓楼区 alone, of which there are four, says nothing.
  ///
  /// Source: modood/Administrative-divisions-of-China; districts that were merged since are not
  /// in it and stay in ``rest``.
  public static func split(_ text: String) -> ChineseAddress {
    var walk = AddressWalk(TextFolding.folded(text, level: .line))
    walk.skip(["中国", "中华人民共和国"])
    for level in 1...3 { walk.take(level: level) }
    return walk.address
  }
}

/// The place in an address, and the divisions found so far.
private struct AddressWalk {
  private var rest: Substring
  private let text: String
  /// The candidates of the lowest level found so far.
  private var found: [Int] = []

  init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  mutating func skip(_ words: [String]) {
    for word in words where rest.hasPrefix(word) { rest = rest.dropFirst(word.count) }
    skipBlanks()
  }

  mutating func take(level: Int) {
    let table = Divisions.table
    for length in stride(from: min(table.longestName, rest.count), through: 2, by: -1) {
      let name = String(rest.prefix(length))
      guard let indexes = table.byName[name] else { continue }
      let fitting = indexes.filter { table.all[$0].level == level && isWithinFound($0) }
      guard !fitting.isEmpty, !isStreet(name, length: length, fitting) else { continue }
      let isMunicipality = level == 1 && Self.municipalities.contains(Divisions.shortName(name))
      found = fitting
      rest = rest.dropFirst(length)
      skipBlanks()
      if isMunicipality, rest.hasPrefix("市辖区") { rest = rest.dropFirst(3) }
      return
    }
  }

  private static let municipalities: Set<String> = ["北京", "天津", "上海", "重庆"]

  /// Whether a division lies in what was found, or nothing was found.
  private func isWithinFound(_ index: Int) -> Bool {
    guard !found.isEmpty else { return true }
    var index = index
    while index >= 0 {
      if found.contains(index) { return true }
      index = Divisions.table.all[index].parent
    }
    return false
  }

  /// Whether a short name is the beginning of a street's or a longer division's name.
  private func isStreet(_ name: String, length: Int, _ fitting: [Int]) -> Bool {
    let after = rest.dropFirst(length)
    if fitting.contains(where: { Divisions.table.all[$0].name == name }) { return false }
    // 吉林市 is a city's name, of which the province's short name is but the beginning.
    if let next = after.first, "省市区县州盟旗".contains(next) { return true }
    return [
      "路", "街", "大道", "大街", "东路", "西路", "南路", "北路", "中路", "道", "东街", "西街", "大厦", "镇", "乡", "村", "巷",
      "桥", "新区", "开发区", "广场",
    ]
    .contains { after.hasPrefix($0) }
  }

  private mutating func skipBlanks() {
    while let first = rest.first,
      first == " " || first == "-" || first == "," || first == "，" || first == "/"
    {
      rest = rest.dropFirst()
    }
  }

  var address: ChineseAddress {
    var names: [String?] = [nil, nil, nil]
    let chains = found.map(chain)
    for level in 0..<3 {
      let candidates = Set(chains.map { $0[level] })
      if candidates.count == 1 { names[level] = candidates.first ?? nil }
    }
    // A district's name that several cities know says nothing without them.
    if names[0] == nil {
      return ChineseAddress(province: nil, city: nil, district: nil, rest: text)
    }
    return ChineseAddress(
      province: names[0], city: names[1], district: names[2], rest: String(rest))
  }

  /// Province, city and district of one division.
  private func chain(_ index: Int) -> [String?] {
    var names: [String?] = [nil, nil, nil]
    var index = index
    while index >= 0 {
      let division = Divisions.table.all[index]
      names[division.level - 1] = division.name
      index = division.parent
    }
    if let province = names[0], Self.municipalities.contains(Divisions.shortName(province)) {
      names[1] = province
    }
    // Counties right under a province are their own city.
    if names[1] == DivisionTable.direct { (names[1], names[2]) = (names[2], nil) }
    return names
  }
}
