// Takes a company's name apart from its ends. Suffixes are compared byte by byte: comparing
// characters costs twenty times as much, and a matching run does this for every account.

/// A company's name while its parts are taken off.
struct CompanyCore {
  private var text: String
  private(set) var legalForm: String?
  private(set) var place: String?
  private(set) var isGroup = false

  init(_ display: String) { text = TextFolding.folded(display) }

  /// Takes places and legal forms in brackets: (北京), (China), (集团), (株).
  ///
  /// A bracket that is neither stays without its signs.
  mutating func takeBrackets() {
    guard text.utf8.contains(UInt8(ascii: "(")) else { return }
    for form in ["(株)", "(有)", "(주)"] where text.contains(form) {
      legalForm = form
      text = text.replacing(form, with: "")
    }
    while let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") {
      let inner = String(text[text.index(after: open)..<close])
      if Divisions.isPlace(inner) || Self.countries.contains(inner.lowercased()) {
        place = place ?? Divisions.shortName(inner)
        text.replaceSubrange(open...close, with: "")
      } else if LegalForms.cjkSuffixes.contains(inner) {
        legalForm = inner
        isGroup = isGroup || Self.isGroupForm(inner)
        text.replaceSubrange(open...close, with: "")
      } else {
        text.replaceSubrange(open...close, with: inner)
      }
    }
  }

  mutating func takeLegalForm() {
    guard let last = text.utf8.last else { return }
    if let form = LegalForms.cjkPrefixes.first(where: { text.starts($0) }) {
      legalForm = form
      text = String(text.dropFirst(form.count))
      return trim()
    }
    guard last >= 0x80 || last == UInt8(ascii: ")") else { return takeLatinForm() }
    guard let form = LegalForms.cjkSuffixes.first(where: { text.ends($0) && !isPartOfWord($0) }),
      !LegalForms.cjkSuffixes.contains(text)
    else { return }
    legalForm = form
    isGroup = isGroup || Self.isGroupForm(form)
    text = text.dropping(form)
    takeInnerForm()
    trim()
  }

  /// 电子公司 is no 子公司, but a company for 电子.
  private func isPartOfWord(_ form: String) -> Bool {
    form == "子公司" && (text.ends("电子公司") || text.ends("電子公司"))
  }

  private static func isGroupForm(_ form: String) -> Bool {
    form.hasPrefix("集团") || form.hasPrefix("集團") || form.hasPrefix("控股集团")
  }

  /// 有限公司 before 北京分公司: the branch's place and its parent's form go too.
  private mutating func takeInnerForm() {
    guard legalForm == "分公司" || legalForm == "子公司",
      let range = ["股份有限公司", "有限责任公司", "有限公司"].lazy.compactMap({ [text] in
        text.firstRange(of: $0)
      }).first
    else { return }
    let branch = String(text[range.upperBound...])
    guard branch.isEmpty || Divisions.isPlace(branch) else { return }
    if !branch.isEmpty { place = Divisions.shortName(branch) }
    text = String(text[..<range.lowerBound])
  }

  private mutating func takeLatinForm() {
    let words = text.split { $0 == " " || $0 == "," || $0 == "." }
    guard words.count > 1 else { return }
    let lower = words.suffix(5).map { $0.lowercased() }
    for form in LegalForms.latinSuffixes
    where words.count > form.count && lower.count >= form.count
      && lower.suffix(form.count).elementsEqual(form)
    {
      let first = words[words.count - form.count]
      legalForm = text[first.startIndex...].trimmingSuffix(" ")
      text = String(text[..<first.startIndex])
      return trim()
    }
  }

  /// 集团, 控股 and Group behind the core.
  mutating func takeGroup() {
    for word in ["集团控股", "控股集团", "集团", "集團", "控股"]
    where text.ends(word) && text.utf8.count >= word.utf8.count + 6 {
      isGroup = isGroup || word != "控股"
      text = text.dropping(word)
      return trim()
    }
    guard text.utf8.last?.lower == UInt8(ascii: "p") else { return }
    let words = text.split(separator: " ")
    guard words.count > 1, words.last?.lowercased() == "group" else { return }
    isGroup = true
    text = words.dropLast().joined(separator: " ")
  }

  /// 北京, 北京市, 广东省深圳市 before the core; a core of less than two signs is none.
  mutating func takePlace() {
    guard place == nil else { return }
    var rest = text[...]
    var found: String?
    while let length = Divisions.placePrefix(of: rest), rest.count - length >= 2 {
      found = Divisions.shortName(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    guard let found else { return }
    place = found
    text = String(rest)
  }

  /// The core; `display` where nothing would be left.
  func core(or display: String) -> String {
    let core = Self.bare(text)
    return core.isEmpty ? Self.bare(TextFolding.folded(display)) : core
  }

  private static let countries: Set<String> = [
    "中国", "中國", "china", "prc", "香港", "澳门", "台湾", "hk", "hong kong", "asia", "亚洲", "亚太", "大中华区",
    "japan", "日本", "usa", "us", "美国", "germany", "德国", "uk", "英国", "india", "印度", "singapore",
    "新加坡",
    "korea", "韩国",
  ]

  private mutating func trim() {
    while let last = text.utf8.last, [0x20, 0x2C, 0x2E, 0x2D].contains(last) { text.removeLast() }
    while text.utf8.first == 0x20 { text.removeFirst() }
  }

  /// Lower case, signs other than letters and digits out, one blank between Latin words.
  private static func bare(_ text: String) -> String {
    var result = ""
    var wantsBlank = false
    var lastIsASCII = false
    for scalar in text.lowercased().unicodeScalars {
      guard isWordSign(scalar) else {
        wantsBlank = wantsBlank || scalar != "'"
        continue
      }
      if wantsBlank, lastIsASCII, scalar.isASCII { result += " " }
      wantsBlank = false
      lastIsASCII = scalar.isASCII
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func isWordSign(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return UInt8(scalar.value).isLetter || UInt8(scalar.value).isDigit }
    if (0x4E00...0x9FFF).contains(scalar.value) { return true }
    let properties = scalar.properties
    return properties.isAlphabetic || properties.numericType != nil
      || properties.canonicalCombiningClass != .notReordered
  }
}

// MARK: - Ends of strings, as bytes

extension String {
  /// Whether the text ends with `suffix` and holds more.
  fileprivate func ends(_ suffix: String) -> Bool {
    let length = suffix.utf8.count
    return utf8.count > length && utf8.suffix(length).elementsEqual(suffix.utf8)
  }

  /// Whether the text begins with `prefix` and holds more.
  fileprivate func starts(_ prefix: String) -> Bool {
    utf8.count > prefix.utf8.count && utf8.starts(with: prefix.utf8)
  }

  /// The text without `suffix`, which it ends with.
  fileprivate func dropping(_ suffix: String) -> String {
    String(Substring(utf8.dropLast(suffix.utf8.count)))
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ sign: Character) -> String {
    var text = self
    while text.last == sign { text = text.dropLast() }
    return String(text)
  }
}
