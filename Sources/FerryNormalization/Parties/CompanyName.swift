import FerryCore

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

  /// A longer text is no name and is not taken apart.
  private static let longest = 1000

  /// Takes a name apart.
  ///
  /// Two names with one ``core`` may still be two companies: 华为技术（北京）有限公司 and
  /// 华为技术（深圳）有限公司 differ by ``place``, 分公司 from its parent by ``legalForm``.
  public static func parse(_ text: String) -> CompanyName {
    let display = CompanyDisplay.text(text)
    guard display.utf8.count <= longest else {
      return CompanyName(
        display: display, legalForm: nil, place: nil, core: display, isGroup: false)
    }
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
