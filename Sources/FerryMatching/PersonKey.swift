import FerryNormalization

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
    let person = PersonName.parse(name)
    let letters = person.full.unicodeScalars.filter { !Self.isGap($0) }
    if letters.isEmpty {
      form = .blank
    } else if letters.allSatisfy(Self.isHan) {
      let family = person.isFamilyOnly ? person.family : nil
      let isShort = family != nil || letters.count == 1
      form = .han(family ?? String(String.UnicodeScalarView(letters)), isFamilyOnly: isShort)
    } else {
      form = .words(Self.words(of: person.full))
    }
  }

  /// Takes a name that ``isPlainChinese(_:)`` lets pass as it is.
  init(plainChinese name: String) { form = .han(name, isFamilyOnly: false) }

  /// Whether a name is a few Chinese characters and no form of address.
  static func isPlainChinese(_ name: Span<UInt8>) -> Bool {
    !name.isEmpty && name[0] >= 0x80 && PlainNames.isPlain(name)
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

  // MARK: - Parts

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  /// The words of a name in small letters, sorted.
  private static func words(of name: String) -> [String] {
    var small = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      small.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
    return small.split(whereSeparator: isGap).map { String($0) }.sorted()
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

  private static func isGap(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", ",", "·", "・", "-", "'", "’", "(", ")", "/": true
    default: scalar.properties.isWhitespace
    }
  }
}
