/// The administrative divisions of China: provinces, cities, districts and counties.
///
/// How it works: the generated table is read once into flat arrays, and every name, in full and in
/// short (广东 for 广东省, 延边 for 延边朝鲜族自治州), points to the divisions that bear it.
package enum Divisions {
  /// 1 province, 2 city, 3 district.
  struct Division: Hashable, Sendable {
    let level: Int
    let name: String
    /// Index of the city of a district, the province of a city; -1 for a province.
    let parent: Int
  }

  struct Table: Sendable {
    var all: [Division] = []
    /// Indexes into ``all`` by name, full or short.
    var byName: [String: [Int]] = [:]
    var longestName = 0
    /// The first signs of all provinces and cities.
    var placeSigns: Set<Unicode.Scalar> = []
  }

  static let table: Table = {
    var table = Table()
    for line in DivisionTable.text.split(separator: "\n") {
      let names = line.split(separator: " ").map(String.init)
      let province = index(of: names[0], level: 1, parent: -1, in: &table)
      let city = index(of: names[1], level: 2, parent: province, in: &table)
      for name in names.dropFirst(2) { add(name, level: 3, parent: city, to: &table) }
    }
    return table
  }()

  /// Lines of one province, and of one city, follow each other.
  private static func index(of name: String, level: Int, parent: Int, in table: inout Table)
    -> Int
  {
    if let known = table.byName[name]?.first(where: {
      table.all[$0].level == level && table.all[$0].parent == parent
    }) {
      return known
    }
    return add(name, level: level, parent: parent, to: &table)
  }

  @discardableResult
  private static func add(_ name: String, level: Int, parent: Int, to table: inout Table) -> Int {
    let index = table.all.count
    table.all.append(Division(level: level, name: name, parent: parent))
    table.byName[name, default: []].append(index)
    table.longestName = max(table.longestName, name.count)
    if level < 3, let sign = name.unicodeScalars.first { table.placeSigns.insert(sign) }
    let short = shortName(name)
    if short != name, short.count > 1 { table.byName[short, default: []].append(index) }
    return index
  }
}

// MARK: - Names

extension Divisions {
  private static let endings = ["特别行政区", "自治区", "自治州", "地区", "省", "市", "区", "县", "盟", "旗"]
  private static let peoples = [
    "维吾尔", "壮族", "回族", "朝鲜族", "土家族", "苗族", "藏族", "羌族", "彝族", "布依族", "侗族", "傣族", "景颇族", "白族",
    "傈僳族", "哈尼族", "蒙古族", "柯尔克孜", "哈萨克",
  ]

  /// The name without 省, 市, 自治州 and the peoples named before it; at least two signs.
  static func shortName(_ name: String) -> String {
    guard name.count > 2, !name.hasSuffix("自治县"),
      let ending = endings.first(where: { name.hasSuffix($0) })
    else { return name }
    var short = String(name.dropLast(ending.count))
    if ending.hasPrefix("自治") {
      while let people = peoples.first(where: { short.hasSuffix($0) && short.count > $0.count }) {
        short.removeLast(people.count)
      }
    }
    if short == "巴音郭楞蒙古" || short == "博尔塔拉蒙古" { short.removeLast(2) }
    return short.count >= 2 ? short : name
  }

  /// Whether `text` is the name of a province or city, or the full name of a district.
  static func isPlace(_ text: String) -> Bool {
    guard let indexes = table.byName[text] else { return false }
    return indexes.contains { table.all[$0].level < 3 || table.all[$0].name == text }
  }

  /// How many signs of `text` are the name of a province or city, the longest one.
  static func placePrefix(of text: Substring) -> Int? {
    guard let sign = text.unicodeScalars.first, table.placeSigns.contains(sign) else { return nil }
    for length in stride(from: min(table.longestName, text.count), through: 2, by: -1) {
      let name = String(text.prefix(length))
      if table.byName[name]?.contains(where: { isPlacePrefix(name, of: table.all[$0]) }) == true {
        return length
      }
    }
    return nil
  }

  /// The names of provinces and cities that companies put before their own, each with its short form.
  package static var companyPlaces: [(name: String, short: String)] {
    table.byName
      .filter { name, indexes in indexes.contains { isPlacePrefix(name, of: table.all[$0]) } }
      .map { (name: $0.key, short: shortName($0.key)) }
  }

  /// Provinces and cities in full; in short only those that end in 省 or 市 (阿里 is no place in 阿里巴巴).
  private static func isPlacePrefix(_ name: String, of division: Division) -> Bool {
    division.level < 3
      && (division.level == 1 || division.name == name || division.name.hasSuffix("市"))
  }

  /// The full name of the one division of `level` that is called `text`; `nil` where there is none
  /// or where several names fit.
  static func fullName(of text: String, level: Int) -> String? {
    let names = Set(
      (table.byName[text] ?? []).map { table.all[$0] }.filter { $0.level == level }.map(\.name))
    return names.count == 1 ? names.first : nil
  }
}
