/// A company's name, taken apart for matching.
public struct CompanyName: Hashable, Sendable {
  /// The client's own text.
  ///
  /// Trimmed, blanks run together, full-width letters and digits made half-width; brackets and
  /// everything else stay as written.
  public let display: String
  /// The legal form, as written: 有限公司, 株式会社, `Inc.`; `nil` where there is none.
  public let legalForm: String?
  /// The place named before the core or in brackets, without 省 and 市: 北京; `nil` where there is
  /// none.
  public let place: String?
  /// What is left for matching: lower case, half-width, no blanks around Chinese signs, no
  /// brackets; never empty where the name is not.
  public let core: String
  /// Whether 集团 or `Group` stands in the name beside the core.
  public let isGroup: Bool

  /// Takes a name apart.
  ///
  /// Two names with one ``core`` may still be two companies: 华为技术（北京）有限公司 and
  /// 华为技术（深圳）有限公司 differ by ``place``, 分公司 from its parent by ``legalForm``.
  public static func parse(_ text: String) -> CompanyName {
    let display = CompanyDisplay.text(text)
    var working = CompanyCore(display)
    working.takeBrackets()
    working.takeLegalForm()
    working.takeGroup()
    working.takePlace()
    return CompanyName(
      display: display, legalForm: working.legalForm, place: working.place,
      core: working.core(or: display), isGroup: working.isGroup)
  }
}

/// The display form.
enum CompanyDisplay {
  static func text(_ text: String) -> String {
    let folded = TextFolding.folded(text, level: .line)
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in folded.unicodeScalars {
      if scalar == " ", previous == " " { continue }
      result.append(narrow(scalar))
      previous = scalar
    }
    return String(result)
  }

  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF06:
      Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    default: scalar
    }
  }

  /// Whether the bytes are a display form already.
  static func isPlain(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      case 0x20: if index + 1 < text.count, text[index + 1] == 0x20 { return false }
      case 0xEF:  // full-width signs: only brackets and the comma pass
        guard text.has("（", at: index) || text.has("）", at: index) || text.has("，", at: index)
        else {
          return false
        }
      default: break
      }
    }
    return true
  }
}

// MARK: - Core

/// A company's name while its parts are taken off.
struct CompanyCore {
  private var text: String
  private(set) var legalForm: String?
  private(set) var place: String?
  private(set) var isGroup = false

  init(_ display: String) { text = TextFolding.folded(display) }

  /// Takes (北京), (China) and other places in brackets; a bracket that is no place stays without
  /// its signs.
  mutating func takeBrackets() {
    for form in ["(株)", "(有)", "(주)"] where text.contains(form) {
      legalForm = form
      text = text.replacing(form, with: "")
    }
    while let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") {
      let inner = String(text[text.index(after: open)..<close])
      let bare = Divisions.shortName(inner)
      if Divisions.isPlace(inner) || Self.countries.contains(inner.lowercased()) {
        place = place ?? bare
        text.replaceSubrange(open...close, with: "")
      } else if LegalForms.cjkSuffixes.contains(inner) {
        legalForm = inner
        text.replaceSubrange(open...close, with: "")
      } else {
        text.replaceSubrange(open...close, with: inner)
      }
    }
  }

  mutating func takeLegalForm() {
    guard !LegalForms.cjkSuffixes.contains(text) else { return }
    if let form = LegalForms.cjkPrefixes.first(where: {
      text.hasPrefix($0) && text.count > $0.count
    }) {
      legalForm = form
      text.removeFirst(form.count)
      return trim()
    }
    if let form = LegalForms.cjkSuffixes.first(where: {
      text.hasSuffix($0) && text.count > $0.count
    }) {
      legalForm = form
      text.removeLast(form.count)
      takeInnerForm()
      return trim()
    }
    takeLatinForm()
  }

  /// 有限公司 before 北京分公司: the branch's place and its parent's form go too.
  private mutating func takeInnerForm() {
    guard legalForm == "分公司" || legalForm == "子公司",
      let inner = ["股份有限公司", "有限责任公司", "有限公司"].first(where: { text.contains($0) }),
      let range = text.firstRange(of: inner)
    else { return }
    let branch = String(text[range.upperBound...])
    guard branch.isEmpty || Divisions.isPlace(branch) else { return }
    if !branch.isEmpty { place = Divisions.shortName(branch) }
    text = String(text[..<range.lowerBound])
  }

  private mutating func takeLatinForm() {
    let words = text.split { $0 == " " || $0 == "," || $0 == "." }
    let lower = words.map { $0.lowercased() }
    for form in LegalForms.latinSuffixes
    where lower.count > form.count && Array(lower.suffix(form.count)) == form {
      let first = words[words.count - form.count]
      legalForm = String(text[first.startIndex...]).trimmingSuffix(" ")
      text = String(text[..<first.startIndex])
      return trim()
    }
  }

  /// 集团 and Group behind the core.
  mutating func takeGroup() {
    if let form = legalForm, form.contains("集团") || form.contains("集團") { isGroup = true }
    for word in ["集团控股", "控股集团", "集团", "集團", "控股"]
    where text.hasSuffix(word) && text.count > word.count + 1 {
      isGroup = isGroup || word != "控股"
      text.removeLast(word.count)
      return trim()
    }
    let words = text.split(separator: " ")
    if words.count > 1, words.last?.lowercased() == "group" {
      isGroup = true
      text = words.dropLast().joined(separator: " ")
    }
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
    while let last = text.last, last == " " || last == "," || last == "." || last == "-" {
      text.removeLast()
    }
    while text.first == " " { text.removeFirst() }
  }

  /// Lower case, signs other than letters and digits out, one blank between Latin words.
  private static func bare(_ text: String) -> String {
    var result = ""
    var wantsBlank = false
    for character in text.lowercased() {
      guard character.isLetter || character.isNumber else {
        wantsBlank = wantsBlank || character != "'"
        continue
      }
      if wantsBlank, let last = result.last, last.isASCII, character.isASCII { result += " " }
      wantsBlank = false
      result.append(character)
    }
    return result
  }
}

extension String {
  fileprivate func trimmingSuffix(_ sign: Character) -> String {
    var text = self[...]
    while text.last == sign { text = text.dropLast() }
    return String(text)
  }
}

extension FieldNormalizer {
  /// Writes the display form: the client's own text.
  func readCompanyName(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    if CompanyDisplay.isPlain(text) { return copy(text, into: &output) }
    output.append(contentsOf: CompanyDisplay.text(text.string).utf8)
    return .value
  }
}
