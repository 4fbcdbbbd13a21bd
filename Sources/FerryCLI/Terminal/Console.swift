import FerryCore
import FerryReports
import Foundation

/// Where a command's messages go: data to standard output, words to standard error.
struct Console: Sendable {
  /// The language of messages.
  var language: Language
  /// Whether messages for people are held back.
  var isQuiet = false
  /// Whether standard output gets JSON alone.
  var isJSON = false
  /// Whether colours may be used on standard error.
  var usesColor = false
  /// Whether standard error is a terminal, so that progress may be drawn.
  var isTerminal: Bool

  /// How many cells wide the terminal is; 100 where it isn't known.
  var width = 100

  /// Reads language and colours from the environment.
  init(environment: [String: String]) {
    let locale =
      ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    language = locale.hasPrefix("zh") ? .chinese : .english
    isTerminal = isatty(2) == 1
    width = environment["COLUMNS"].flatMap { Int($0) } ?? 100
    usesColor = isTerminal && environment["NO_COLOR", default: ""].isEmpty
  }

  /// Takes what the options say.
  mutating func configure(_ invocation: Invocation) {
    isQuiet = invocation.has("--quiet")
    isJSON = invocation.has("--json")
    if invocation.has("--no-color") { usesColor = false }
    if let language = invocation.value("--lang").flatMap(Language.init) { self.language = language }
  }

  /// Says something to a person, unless `--quiet`.
  func say(_ text: String) {
    if !isQuiet { complain(text) }
  }

  /// Says something to a person in the chosen language, unless `--quiet`.
  func say(_ words: Words, _ arguments: String...) {
    say(words.filled(with: arguments, in: language))
  }

  /// Says what went wrong, whatever `--quiet` says.
  func complain(_ text: String) {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    FileHandle.standardError.write(Data(line.utf8))
  }

  /// How reports for a terminal are written here.
  var report: TerminalReport {
    TerminalReport(language: language, usesColor: usesColor, width: width)
  }

  /// How JSON documents are written here.
  var jsonReport: JSONReport { JSONReport(language: language) }

  /// Prints to standard output.
  func print(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }
}
