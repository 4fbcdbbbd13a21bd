import FerryCore

/// One option of a command, as data: parsing, help and completion all read it.
struct OptionSpec: Sendable {
  /// With its dashes, such as `--format`.
  let name: String
  /// What stands for the value in help, such as `FORMAT`, or `A B` for two; `nil` for a flag.
  let placeholder: String?
  /// How many words follow it; 0 for a flag.
  var valueCount: Int { placeholder?.split(separator: " ").count ?? 0 }
  /// The values that are allowed; empty where any is.
  let choices: [String]
  /// What it does.
  let help: Words

  init(
    _ name: String, _ placeholder: String? = nil, choices: [String] = [], en: String, zh: String
  ) {
    self.name = name
    self.placeholder = placeholder
    self.choices = choices
    self.help = Words(en: en, zh: zh)
  }
}

/// One argument without a dash.
struct PositionalSpec: Sendable {
  /// As help shows it, such as `MAPPING`.
  let name: String
  let isOptional: Bool
  let isRepeated: Bool

  init(_ name: String, optional isOptional: Bool = false, repeated isRepeated: Bool = false) {
    self.name = name
    self.isOptional = isOptional
    self.isRepeated = isRepeated
  }

  /// As it stands in a usage line.
  var usage: String {
    let shown = isRepeated ? "\(name)..." : name
    return isOptional ? "[\(shown)]" : shown
  }
}

/// One command, as data, and what it runs.
struct CommandSpec: Sendable {
  let name: String
  let summary: Words
  let positionals: [PositionalSpec]
  let options: [OptionSpec]
  /// Whole command lines that work.
  let examples: [String]
  let run: @Sendable (Invocation) async throws -> ExitStatus

  init(
    _ name: String, summary: Words, positionals: [PositionalSpec] = [],
    options: [OptionSpec] = [], examples: [String],
    run: @escaping @Sendable (Invocation) async throws -> ExitStatus
  ) {
    self.name = name
    self.summary = summary
    self.positionals = positionals
    self.options = options
    self.examples = examples
    self.run = run
  }

  /// Its own options, then those that every command has.
  var allOptions: [OptionSpec] { options + Self.common }

  /// The first line of its help.
  var usage: String {
    let words = ["ferry", name] + positionals.map(\.usage) + [options.isEmpty ? "" : "[options]"]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  static let common = [
    OptionSpec(
      "--json", en: "one JSON document on standard output", zh: "在标准输出给出一个 JSON 文档"),
    OptionSpec("--quiet", en: "say nothing but errors", zh: "除错误外不输出信息"),
    OptionSpec("--no-color", en: "no colours (so does NO_COLOR)", zh: "不用颜色（NO_COLOR 亦可）"),
    OptionSpec(
      "--lang", "LANG", choices: ["zh", "en"], en: "language of messages, from LANG otherwise",
      zh: "消息语言，默认取自 LANG"),
    OptionSpec("--help", en: "show this help", zh: "显示本帮助"),
  ]
}
