/// A piece of a page that is safe to show, whatever a cell held.
///
/// Literals are markup; every string that is put into one is escaped. Markup from elsewhere comes
/// in only as another ``HTML``, so a cell's text can't become markup by mistake.
///
///     let cell: HTML = "<td>\(name)</td>"
struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  private(set) var text: String

  static let empty: HTML = ""

  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  var isEmpty: Bool { text.isEmpty }

  static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }

    mutating func appendInterpolation(_ html: HTML) { text += html.text }

    mutating func appendInterpolation(_ parts: [HTML]) {
      for part in parts { text += part.text }
    }

    mutating func appendInterpolation(_ plain: String) { text += HTML.escaped(plain) }

    mutating func appendInterpolation(_ count: Int) { text += NumberText.count(count) }
  }

  // Source: HTML Living Standard, 13.3 (escaping a string), for text and quoted attributes alike;
  // controls, which a page must not hold, become U+FFFD.
  private static func escaped(_ plain: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in plain.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": result.append(scalar)
      case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}": result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension [HTML] {
  /// All pieces, one after the other.
  var joined: HTML { "\(self)" }
}
