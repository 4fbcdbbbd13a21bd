/// How two names of persons stand to each other.
enum NameAgreement: Hashable, Sendable {
  /// The same name, form of address and order of parts aside.
  case same
  /// One may be short for the other: 王总 and 王伟, J. Smith and John Smith; blank goes with all.
  case compatible
  /// Two names.
  case contradicting
}

/// A person's name as it is compared: what stays when form and manners are taken away.
struct PersonKey: Hashable, Sendable {
  private enum Form: Hashable, Sendable {
    case blank
    /// Chinese characters without blanks; `isFamilyOnly` where a form of address was all the rest.
    case han(String, isFamilyOnly: Bool)
    /// Words in any order, sorted.
    case words([String])
  }

  private let form: Form

  init(_ name: String) {
    let letters = name.unicodeScalars.filter { !Self.isGap($0) }
    if letters.isEmpty {
      form = .blank
    } else if letters.allSatisfy(Self.isHan) {
      form = Self.han(ContiguousArray(letters))
    } else {
      form = Self.words(Self.folded(name))
    }
  }

  /// How the names stand to each other.
  func agreement(with other: PersonKey) -> NameAgreement {
    if form == other.form { return form == .blank ? .compatible : .same }
    switch (form, other.form) {
    case (.blank, _), (_, .blank): return .compatible
    case (.han(let name, let isFamily), .han(let otherName, let isOtherFamily)):
      let isShort =
        isFamily && otherName.hasPrefix(name) || isOtherFamily && name.hasPrefix(otherName)
      return isShort ? .compatible : .contradicting
    case (.words(let words), .words(let otherWords)):
      return Self.isShort(words, for: otherWords) || Self.isShort(otherWords, for: words)
        ? .compatible : .contradicting
    default: return .contradicting
    }
  }

  // MARK: - Chinese names

  // Forms of address after a family name, the longest first.
  private static let address = [
    "董事长", "总经理", "副总", "先生", "女士", "小姐", "太太", "经理", "总监", "老师", "主任", "厂长", "老板",
    "主管", "部长", "处长", "科长", "院长", "校长", "医生", "教授", "总", "董", "工",
  ].map { ContiguousArray($0.unicodeScalars) }
  // What they end in: a name that ends otherwise is looked at no further.
  private static let addressEnds = Set(address.compactMap(\.last))
  // Forms that are also given names: taken off only where nothing but a family name is left.
  private static let doubtful: Set<Unicode.Scalar> = ["总", "董", "工"]
  private static let compoundFamilies: Set<String> = [
    "欧阳", "司马", "诸葛", "上官", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "令狐", "端木",
    "轩辕", "南宫", "独孤",
  ]

  private static func han(_ name: ContiguousArray<Unicode.Scalar>) -> Form {
    guard let last = name.last, addressEnds.contains(last) else {
      return .han(text(name[...]), isFamilyOnly: name.count == 1)
    }
    for form in address where name.count > form.count {
      let split = name.count - form.count
      guard name[split...].elementsEqual(form) else { continue }
      let rest = text(name[..<split])
      let isFamily = split == 1 || compoundFamilies.contains(rest)
      if isFamily { return .han(rest, isFamilyOnly: true) }
      if form.count > 1 || !doubtful.contains(last) { return .han(rest, isFamilyOnly: false) }
    }
    return .han(text(name[...]), isFamilyOnly: name.count == 1)
  }

  private static func text(_ scalars: ContiguousArray<Unicode.Scalar>.SubSequence) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  // MARK: - Other names

  private static let titles: Set<String> = ["mr", "mrs", "ms", "miss", "dr", "prof", "sir"]

  private static func words(_ name: String) -> Form {
    let words = name.unicodeScalars.split(whereSeparator: isGap).map { String($0) }
    let rest = words.filter { !titles.contains($0) }
    return .words((rest.isEmpty ? words : rest).sorted())
  }

  /// Whether each word of `short` has a partner in `long`: the same word, or one it begins.
  private static func isShort(_ short: [String], for long: [String]) -> Bool {
    guard short.count <= long.count else { return false }
    var free = long
    for word in short.sorted(by: { $0.count > $1.count }) {
      let partner =
        free.firstIndex(of: word)
        ?? free.firstIndex {
          word.count == 1 ? $0.hasPrefix(word) : $0.count == 1 && word.hasPrefix($0)
        }
      guard let partner else { return false }
      free.remove(at: partner)
    }
    return true
  }

  // MARK: - Folding

  private static func folded(_ name: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      let half = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      result.append(contentsOf: half.properties.lowercaseMapping.unicodeScalars)
    }
    return String(result)
  }

  private static func isGap(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", ",", "·", "・", "-", "'", "’", "(", ")", "/": true
    default: scalar.properties.isWhitespace
    }
  }
}
