/// How Chinese characters sound: syllables of Hanyu pinyin without tones, by number.
enum Pinyin {
  /// The syllable of `codePoint` in its main reading; 0 where it is no Chinese character or a rare one.
  @inline(__always)
  static func sound(of codePoint: UInt32) -> UInt16 {
    let index = Int(codePoint) - PinyinSounds.first
    guard index >= 0, index < PinyinSounds.count else { return 0 }
    return sounds.main[index]
  }

  /// All syllables of `codePoint`, that of its main reading first; none where it has no sound.
  static func readings(of codePoint: UInt32) -> [UInt16] {
    let main = sound(of: codePoint)
    return main == 0 ? [] : [main] + (sounds.others[codePoint] ?? []).filter { $0 != main }
  }

  /// The syllable of `codePoint` where it stands as a family name: 单 shan, 曾 zeng, 解 xie.
  static func familySound(of codePoint: UInt32) -> UInt16 {
    guard sounds.special.contains(codePoint) else { return sound(of: codePoint) }
    return sounds.families[codePoint] ?? sound(of: codePoint)
  }

  /// Whether two characters share a reading.
  static func isHomophone(_ left: UInt32, _ right: UInt32) -> Bool {
    let sound = sound(of: left)
    if sound == 0 { return false }
    if sound == self.sound(of: right) { return true }
    if !sounds.special.contains(left), !sounds.special.contains(right) { return false }
    let others = sounds.others
    if others[right]?.contains(sound) == true { return true }
    guard let readings = others[left] else { return false }
    return readings.contains(self.sound(of: right))
      || others[right]?.contains(where: readings.contains) == true
  }

  /// Appends the letters of syllable `sound`, such as `lv` for 吕; none for 0.
  static func appendLetters(of sound: UInt16, to output: inout ContiguousArray<UInt32>) {
    guard sound != 0 else { return }
    for index in Int(sounds.ends[Int(sound) - 1])..<Int(sounds.ends[Int(sound)]) {
      output.append(UInt32(sounds.letters[index]))
    }
  }

  /// How many syllables there are; they are numbered from 1.
  static var count: Int { sounds.ends.count - 1 }

  private static let sounds = PinyinSounds()
}

/// The tables of ``Pinyin``, unpacked.
private struct PinyinSounds: Sendable {
  /// The first code point of ``main``.
  static let first = 0x3400
  static let count = 0xA000 - first

  private(set) var main = ContiguousArray<UInt16>(repeating: 0, count: count)
  /// Further readings of a character.
  private(set) var others: [UInt32: [UInt16]] = [:]
  private(set) var families: [UInt32: UInt16] = [:]
  /// The signs of ``others`` and ``families``.
  private(set) var special = SignSet()
  private(set) var letters = ContiguousArray<UInt8>()
  /// Where the letters of syllable n end; syllable 0 has none.
  private(set) var ends: ContiguousArray<UInt16> = [0]

  init() {
    var numbers: [String: UInt16] = [:]
    for line in PinyinTable.main.unicodeScalars.split(separator: "\n") {
      let name = line.prefix { $0 != " " }
      letters.append(contentsOf: name.map { UInt8(truncatingIfNeeded: $0.value) })
      ends.append(UInt16(letters.count))
      let number = UInt16(ends.count - 1)
      numbers[String(name)] = number
      for sign in line.dropFirst(name.count + 1) { main[Int(sign.value) - Self.first] = number }
    }
    for line in PinyinTable.more.unicodeScalars.split(separator: "\n") {
      let name = line.prefix { $0 != " " }
      guard let number = numbers[String(name)] else { continue }
      for sign in line.dropFirst(name.count + 1) { others[sign.value, default: []].append(number) }
    }
    for entry in Self.familyReadings.split(separator: " ") {
      guard let sign = entry.unicodeScalars.first, let number = numbers[String(entry.dropFirst())]
      else { continue }
      families[sign.value] = number
    }
    for sign in others.keys { special.insert(sign) }
    for sign in families.keys { special.insert(sign) }
  }

  /// Family names that are read otherwise than the word; facts, as dictionaries of the standard
  /// language give them under 姓.
  private static let familyReadings = """
    单shan 曾zeng 解xie 仇qiu 朴piao 查zha 任ren 区ou 华hua 盖ge 翟zhai 乐yue 缪miao 宁ning 覃qin \
    种chong 繁po 员yun 逄pang 秘bi 折she 黑he 洗xian 冼xian 撒sa 燕yan 葛ge 纪ji 召shao 哈ha 那na \
    万wan 尉wei 句gou 占zhan 车che 曲qu 应ying 适kuo 隗wei 谌chen 钭tou 令ling 长zhang 晁chao 牟mu \
    柏bai 郇xun 郗xi 祭zhai 能nai 盛sheng 石shi 沈shen 洪hong 重chong 观guan 过guo 相xiang 仉zhang
    """
}
