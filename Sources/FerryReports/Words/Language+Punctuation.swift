import FerryCore

extension Language {
  /// What stands between a label and its text.
  var colon: String {
    switch self {
    case .english: ": "
    case .chinese: "\u{FF1A}"
    }
  }

  /// What stands between the things of a list.
  var comma: String {
    switch self {
    case .english: ", "
    case .chinese: "\u{3001}"
    }
  }

  /// A value in quotation marks.
  func quoted(_ text: String) -> String {
    switch self {
    case .english: "'\(text)'"
    case .chinese: "\u{201C}\(text)\u{201D}"
    }
  }
}
