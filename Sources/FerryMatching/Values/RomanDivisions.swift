import FerryNormalization

/// China's provinces and cities as they are spelled in Latin letters: Hangzhou, Xi'an, Chongqing.
enum RomanDivisions {
  /// The short Chinese name of a city, by its letters without blanks and apostrophes.
  ///
  /// Of two that are spelled alike the first in the official order counts: Suzhou is 苏州, not 宿州.
  static func city(_ letters: ContiguousArray<UInt32>) -> ContiguousArray<UInt32>? {
    table.cities[letters]
  }

  /// The same of a province.
  static func province(_ letters: ContiguousArray<UInt32>) -> ContiguousArray<UInt32>? {
    table.provinces[letters]
  }

  private static let table: Table = {
    var table = Table()
    for name in DivisionName.all where name.name == name.short {
      let signs = TextFold.folded(name.short)
      for letters in spellings(signs) {
        if name.level == 1, !name.isMunicipality {
          table.provinces[letters] = table.provinces[letters] ?? signs
        } else {
          table.cities[letters] = table.cities[letters] ?? signs
        }
      }
    }
    return table
  }()

  /// One for each way to read the signs.
  private static func spellings(_ signs: ContiguousArray<UInt32>) -> [ContiguousArray<UInt32>] {
    signs.reduce([[]]) { spellings, sign in
      spellings.flatMap { start in
        Pinyin.readings(of: sign).map { sound in
          var letters = start
          Pinyin.appendLetters(of: sound, to: &letters)
          return letters
        }
      }
    }
  }

  private struct Table: Sendable {
    var cities: [ContiguousArray<UInt32>: ContiguousArray<UInt32>] = [:]
    var provinces: [ContiguousArray<UInt32>: ContiguousArray<UInt32>] = [:]
  }
}
