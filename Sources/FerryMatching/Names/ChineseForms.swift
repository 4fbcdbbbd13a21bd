import FerryNormalization

/// Forms of address behind Chinese names.
enum ChineseForms {
  /// How many signs at the end of `name` are a form of address; 0 for none.
  static func count(atEndOf name: Span<UInt32>) -> Int {
    guard name.count > 1 else { return 0 }
    let last = name[name.count - 1]
    guard table.lastSigns.contains(last) else { return 0 }
    for form in table.forms[last] ?? [] where form.count < name.count {
      var isSame = true
      for index in form.indices where form[index] != name[name.count - form.count + index] {
        isSame = false
      }
      if isSame { return form.count }
    }
    // Given names end in these too, so they count behind a family name alone.
    if table.short.contains(last),
      name.count == 1 + ChineseFamilies.familyCount(name.extracting(0..<name.count - 1))
    {
      return 1
    }
    return last == table.chief && name.count > 2 ? 1 : 0
  }

  private static let table = ChineseFormTable()
}

private struct ChineseFormTable: Sendable {
  /// By their last sign, longest first.
  private(set) var forms: [UInt32: [ContiguousArray<UInt32>]] = [:]
  private(set) var short: Set<UInt32> = []
  private(set) var lastSigns = SignSet()
  /// The sign 总.
  let chief: UInt32 = 0x603B

  init() {
    for form in ChineseName.honorifics {
      let signs = TextFold.folded(form)
      guard let last = signs.last, signs.count > 1 else { continue }
      forms[last, default: []].append(signs)
    }
    forms = forms.mapValues { $0.sorted { $0.count > $1.count } }
    for sign in ChineseName.familyOnly { short.formUnion(TextFold.folded(String(sign))) }
    for sign in short.union(forms.keys) { lastSigns.insert(sign) }
    lastSigns.insert(chief)
  }
}

/// Family names written in syllables.
enum ChineseFamilies {
  /// How many signs the family name takes: 2 for 欧阳 and its like, otherwise 1.
  static func familyCount(_ name: Span<UInt32>) -> Int {
    guard name.count >= 2 else { return name.count }
    guard compound.firstSigns.contains(name[0]) else { return 1 }
    return compound.names.contains(UInt64(name[0]) << 32 | UInt64(name[1])) ? 2 : 1
  }

  private static let compound: (names: Set<UInt64>, firstSigns: SignSet) = {
    var names: Set<UInt64> = []
    var firstSigns = SignSet()
    for name in Surnames.compound {
      let signs = TextFold.folded(name)
      guard signs.count == 2 else { continue }
      names.insert(UInt64(signs[0]) << 32 | UInt64(signs[1]))
      firstSigns.insert(signs[0])
    }
    return (names, firstSigns)
  }()
}
