/// A person's name, taken apart.
public struct PersonName: Hashable, Sendable {
  /// The whole name without honorifics, in the order in which its people say it.
  ///
  /// 张三, or `Ada Lovelace`. Where there is only a family name and an honorific (张总), both stand
  /// here, since the family name alone names nobody.
  public let full: String
  /// The family name; `nil` where it can't be told.
  public let family: String?
  /// The given name; `nil` where it can't be told or there is none.
  public let given: String?
  /// 总, 经理, 先生, `Ms.`, `Dr.` and their like, as written; `nil` where there is none.
  public let honorific: String?
  /// Whether there was only a family name and an honorific.
  public let isFamilyOnly: Bool

  /// Takes a name apart: family-first where it is written in Chinese signs, family-last in Latin
  /// ones unless a comma says otherwise (`Lovelace, Ada`).
  ///
  /// Full-width letters become half-width, blanks inside a Chinese name go (张 三), dots of names in
  /// two parts become `·`. A remark in brackets stays with the name.
  public static func parse(_ text: String) -> PersonName {
    let folded = TextFolding.folded(text, level: .line)
    let letters = String(String.UnicodeScalarView(folded.unicodeScalars.map(narrow)))
    let words = letters.split(separator: " ")
    guard let first = words.first else { return PersonName(full: "") }
    let joined = words.joined(separator: " ")
    if isHan(first) { return ChineseName.parse(joined) }
    // Both scripts in one cell: no rule tells which part is which.
    if joined.unicodeScalars.contains(where: isHan) {
      return PersonName(full: ChineseName.closed(joined))
    }
    return LatinName.parse(joined)
  }

  init(
    full: String, family: String? = nil, given: String? = nil, honorific: String? = nil,
    isFamilyOnly: Bool = false
  ) {
    self.full = full
    self.family = family
    self.given = given
    self.honorific = honorific
    self.isFamilyOnly = isFamilyOnly
  }

  static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3005, 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x2_0000...0x3_FFFF: true
    default: false
    }
  }

  private static func isHan(_ word: Substring) -> Bool {
    word.unicodeScalars.first.map(isHan) == true
  }

  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF0C: ","
    case 0xFF0E, 0xFF08, 0xFF09: scalar.value == 0xFF0E ? "." : scalar
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF07, 0xFF0D:
      Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x2022, 0x2027, 0x30FB, 0xFF65, 0x2219, 0x22C5: "·"
    default: scalar
    }
  }
}

// MARK: - Chinese names

package enum ChineseName {
  /// Honorifics and posts that follow a name; longer ones first, since 总 ends 副总.
  ///
  /// The single signs after `|` are taken off family names only, as given names end in them
  /// too (刘建工, 张小哥).
  package static let honorifics = [
    "副总经理", "总经理", "董事长", "副经理", "总工程师", "工程师", "负责人", "总裁", "副总裁", "副总", "总监", "副总监",
    "经理", "主任", "副主任", "主管", "部长", "副部长", "处长", "副处长", "科长", "副科长", "局长", "副局长", "厅长", "厂长",
    "副厂长", "院长", "副院长", "校长", "副校长", "所长", "行长", "副行长", "店长", "站长", "队长", "组长", "会长", "秘书长",
    "书记", "主席", "总工", "董事", "助理", "秘书", "会计", "老师", "教授", "博士", "医生", "大夫", "律师", "师傅", "同志",
    "先生", "女士", "小姐", "太太", "夫人", "老板", "老板娘", "掌柜", "大姐", "大哥", "阿姨", "總經理", "經理", "總監",
    "老師", "醫生", "律師", "總",
  ]
  /// The same by their last sign, longest first.
  private static let byLastSign = Dictionary(grouping: honorifics) { $0.last ?? " " }
    .mapValues { $0.sorted { $0.count > $1.count }.map { Array($0) } }
  package static let familyOnly: Set<Character> = [
    "总", "工", "董", "哥", "姐", "叔", "姨", "局", "处", "科", "部", "院", "校", "所", "导", "队", "爷", "總",
  ]

  static func parse(_ text: String) -> PersonName {
    let joined = closed(text)
    var name = Substring(joined)
    var honorific: String?
    let signs = Array(joined)
    if let found = signs.last.flatMap({ byLastSign[$0] })?.first(where: {
      signs.count > $0.count && signs.suffix($0.count).elementsEqual($0)
    }) {
      honorific = String(found)
      name = name.dropLast(found.count)
    } else if name.last == "总", name.count > 2 {
      honorific = "总"
      name = name.dropLast()
    } else if let last = name.last, familyOnly.contains(last), isFamily(name.dropLast()) {
      honorific = String(last)
      name = name.dropLast()
    }
    name = trimmed(name)
    guard !name.isEmpty else { return PersonName(full: joined) }
    let (family, given) = split(name)
    guard honorific != nil, given == nil, isFamily(name) else {
      return PersonName(full: String(name), family: family, given: given, honorific: honorific)
    }
    return PersonName(
      full: joined, family: String(name), honorific: honorific, isFamilyOnly: true)
  }

  /// The text without blanks between Chinese signs.
  static func closed(_ text: String) -> String {
    var result = ""
    var previous: Unicode.Scalar?
    var pendingBlank = false
    for scalar in text.unicodeScalars {
      if scalar == " " {
        pendingBlank = true
        continue
      }
      if pendingBlank, let previous, !(PersonName.isHan(previous) && PersonName.isHan(scalar)) {
        result += " "
      }
      pendingBlank = false
      result.unicodeScalars.append(scalar)
      previous = scalar
    }
    return result
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let last = text.last, last == " " || last == "," || last == "、" { text = text.dropLast() }
    return text
  }

  /// Whether `text` is nothing but a family name.
  private static func isFamily(_ text: Substring) -> Bool {
    switch text.count {
    case 1: text.unicodeScalars.allSatisfy(PersonName.isHan)
    case 2: Surnames.compound.contains(String(text))
    default: false
    }
  }

  /// Family and given name of a Chinese name; a name in two parts (阿依努尔·买买提) has no family name.
  private static func split(_ name: Substring) -> (family: String?, given: String?) {
    let isPlain = name.unicodeScalars.allSatisfy(PersonName.isHan)
    guard isPlain, name.count >= 2, name.count <= 5 else {
      return isPlain && name.count == 1 ? (String(name), nil) : (nil, nil)
    }
    let pair = String(name.prefix(2))
    if name.count > 2, Surnames.compound.contains(pair) {
      return (pair, String(name.dropFirst(2)))
    }
    if name.count == 2, Surnames.compound.contains(pair) { return (pair, nil) }
    guard name.count <= 4 else { return (nil, nil) }
    // Four signs: two single surnames (张李某某) or a married name; the first is the family name.
    return (String(name.prefix(1)), String(name.dropFirst()))
  }
}

/// Family names of two signs.
package enum Surnames {
  /// Source: 《百家姓》, its part of 复姓, and the two-sign names of Chinese-Names-Corpus (wainshine,
  /// Apache-2.0) that people bear today; traditional forms beside.
  package static let compound: Set<String> = [
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊",
    "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文",
    "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正",
    "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "梁丘",
    "左丘", "西门", "第五", "南荣", "东里", "即墨", "达奚", "褚师", "纳兰", "完颜", "耶律", "叶赫", "爱新", "欧陽",
    "歐陽", "司馬", "東方", "獨孤", "南宮", "萬俟", "聞人", "諸葛", "尉遲", "赫連", "澹臺", "濮陽", "公孫", "仲孫",
    "鍾離", "長孫", "鮮于", "樂正", "穀梁", "軒轅", "東郭",
  ]
}

// MARK: - Latin names

enum LatinName {
  private static let titles: Set<String> = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "madame", "lady",
    "lord", "rev", "hon", "capt", "herr", "frau", "ing", "mister", "doctor", "mme", "mlle",
  ]
  private static let suffixes: Set<String> = [
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "cpa", "mba", "dds", "jd",
  ]
  private static let particles: Set<String> = [
    "van", "von", "de", "da", "di", "del", "della", "der", "den", "la", "le", "du", "dos", "das",
    "bin", "ibn", "al", "el", "ter", "ten", "zu", "zur", "vom",
  ]

  static func parse(_ text: String) -> PersonName {
    var found: [String] = []
    let parts = text.split(separator: ",").map { take(&found, from: $0) }.filter { !$0.isEmpty }
    let honorific = found.isEmpty ? nil : found.joined(separator: " ")
    guard let first = parts.first else { return PersonName(full: text) }
    if parts.count == 2 {
      let given = parts[1].joined(separator: " ")
      let family = first.joined(separator: " ")
      return PersonName(
        full: "\(given) \(family)", family: family, given: given, honorific: honorific)
    }
    let words = parts.flatMap { $0 }
    if parts.count > 2 { return PersonName(full: text) }
    return name(of: words, honorific: honorific)
  }

  private static func name(of words: [Substring], honorific: String?) -> PersonName {
    let full = words.joined(separator: " ")
    guard words.count > 1 else {
      let isFamilyOnly = honorific != nil
      return PersonName(
        full: isFamilyOnly ? "\(honorific ?? "") \(full)" : full,
        family: isFamilyOnly ? full : nil, honorific: honorific, isFamilyOnly: isFamilyOnly)
    }
    var start = words.count - 1
    while start > 1, particles.contains(words[start - 1].lowercased()) { start -= 1 }
    return PersonName(
      full: full, family: words[start...].joined(separator: " "),
      given: words[..<start].joined(separator: " "), honorific: honorific)
  }

  /// The words of one part without titles and suffixes, which go to `found`.
  private static func take(_ found: inout [String], from part: Substring) -> [Substring] {
    var words = part.split(separator: " ")
    while let first = words.first, titles.contains(bare(first)), words.count > 1 || !found.isEmpty {
      found.append(String(words.removeFirst()))
    }
    while let last = words.last, suffixes.contains(bare(last)) {
      // `III` alone in its part is a suffix; a name that is all suffix is a name.
      guard words.count > 1 || part.startIndex != part.base.startIndex else { break }
      found.append(String(words.removeLast()))
    }
    return words
  }

  private static func bare(_ word: Substring) -> String {
    word.replacing(".", with: "").lowercased()
  }
}
