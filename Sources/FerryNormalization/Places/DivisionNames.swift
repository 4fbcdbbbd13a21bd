/// The names of China's provinces and cities, for rooms that read addresses their own way.
package struct DivisionName: Hashable, Sendable {
  /// In full or in short: 广东省, 广东.
  package let name: String
  /// Without 省, 市, 自治区 and the like: 广东.
  package let short: String
  /// 1 province, 2 city.
  package let level: Int
  /// Whether the province is a city, too: 北京, 天津, 上海, 重庆.
  package let isMunicipality: Bool

  /// All of them, each in full and in short, province by province.
  package static var all: [DivisionName] {
    let municipalities: Set<String> = ["北京", "天津", "上海", "重庆"]
    var seen = Set<DivisionName>()
    var names: [DivisionName] = []
    for division in Divisions.table.all
    where division.level < 3 && division.name != DivisionTable.direct {
      let short = Divisions.shortName(division.name)
      for name in [division.name, short] {
        let entry = DivisionName(
          name: name, short: short, level: division.level,
          isMunicipality: municipalities.contains(short))
        if seen.insert(entry).inserted { names.append(entry) }
      }
    }
    return names
  }
}
