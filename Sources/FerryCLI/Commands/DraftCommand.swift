import FerryCore
import FerryDrafting
import FerryReports
import FerryTables
import Foundation

/// `ferry draft` and `ferry learn`: a first mapping, and what people teach by correcting it.
enum DraftCommand {
  static let draft = CommandSpec(
    "draft",
    summary: Words(
      en: "write a first mapping from headers and values, each guess with its reasons",
      zh: "根据表头和内容起草映射，每处推断都注明依据"),
    positionals: [PositionalSpec("FILE", repeated: true)],
    options: [
      OptionSpec(
        "--output", "MAPPING", en: "where to write it (-o); standard output otherwise",
        zh: "写到哪里（-o）；默认为标准输出"),
      OptionSpec("--force", en: "write over a mapping that is there", zh: "覆盖已有的映射"),
      synonyms, SourceArguments.encoding, SourceArguments.password,
    ],
    examples: ["ferry draft SampleData -o mapping.yaml"], run: run)

  static let learn = CommandSpec(
    "learn",
    summary: Words(
      en: "learn from a mapping that was corrected, for the next draft",
      zh: "从改好的映射中学习，供下次起草使用"),
    positionals: [PositionalSpec("MAPPING")], options: [synonyms],
    examples: ["ferry learn mapping.yaml"], run: learn)

  private static let synonyms = OptionSpec(
    "--synonyms", "FILE",
    en: "the file of what was learned, FERRY_SYNONYMS or ~/.config/ferry/synonyms.yaml otherwise",
    zh: "所学内容的文件，默认为 FERRY_SYNONYMS 或 ~/.config/ferry/synonyms.yaml")

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let console = invocation.console
    let output = invocation.value("--output")
    if let output, !invocation.has("--force"), FileManager.default.fileExists(atPath: output) {
      throw UsageError(.exists(output), draft)
    }
    let progress = ProgressLine(console)
    progress.show(Words(en: "reading", zh: "读取"), 0, of: nil)
    var drafter = Drafter()
    drafter.options = try SourceArguments.options(invocation)
    drafter.learned = try words(at: synonymsPath(invocation))
    let paths = try SourceFolders.files(of: invocation.positionals)
    let drafted = try drafter.draft(paths, for: output ?? "mapping.yaml")
    progress.end()
    let language = invocation.value("--lang") == nil ? nil : console.language
    let text = drafted.yaml(language: language, path: output ?? "mapping.yaml")
    if let output {
      let file = try WholeFile(path: output)
      try file.write { $0.append(contentsOf: text.utf8) }
      try file.finish()
    }
    if console.isJSON {
      console.print(console.jsonReport.document(of: drafted, path: output).text() + "\n")
    } else if output == nil {
      console.print(text)
    }
    console.say(console.report.text(of: drafted, path: output))
    let unread = drafted.notes.filter { $0.severity == .error }
    guard !unread.isEmpty else { return .done }
    console.say(console.report.text(of: unread))
    return .doneWithFindings
  }

  private static func learn(_ invocation: Invocation) async throws -> ExitStatus {
    let console = invocation.console
    let path = synonymsPath(invocation)
    var learner = Learner(try words(at: path))
    let before = learner.learned
    let count = try learner.learn(from: invocation.positional(0) ?? "", Drafter())
    if learner.learned != before {
      let folder = (path as NSString).deletingLastPathComponent
      if !folder.isEmpty {
        try? FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      let file = try WholeFile(path: path)
      try file.write { $0.append(contentsOf: learner.learned.text(in: console.language).utf8) }
      try file.finish()
    }
    if console.isJSON {
      console.print(
        JSONValue.object([
          .init("synonyms", .string(path)), .init("learned", .integer(count)),
          .init("words", .integer(learner.learned.count)),
        ]).text() + "\n")
    }
    console.say(
      Words(
        en: "{0} {0:word was|words were} learned; {1} are known in {2}.",
        zh: "学到 {0} 个词；{2} 中共有 {1} 个。"), String(count), String(learner.learned.count), path)
    return .done
  }

  /// What was learned so far; nothing where the file is not there yet.
  private static func words(at path: String) throws -> LearnedWords {
    guard let data = FileManager.default.contents(atPath: path) else { return LearnedWords() }
    return try LearnedWords(bytes: Array(data), path: path)
  }

  private static func synonymsPath(_ invocation: Invocation) -> String {
    if let path = invocation.value("--synonyms") ?? invocation.environment["FERRY_SYNONYMS"] {
      return path
    }
    let home = invocation.environment["HOME"] ?? "."
    let config = invocation.environment["XDG_CONFIG_HOME"] ?? "\(home)/.config"
    return "\(config)/ferry/synonyms.yaml"
  }
}
