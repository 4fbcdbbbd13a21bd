import FerryCore

/// Renders help from the specs.
enum HelpText {
  /// The page that `ferry --help` shows.
  static func overview(of commands: [CommandSpec], in language: Language) -> String {
    let intro = Words(
      en: """
        ferry carries customers from legacy sheets into a CRM: plan, apply, verify, undo.

        usage: ferry COMMAND [options]

        """,
      zh: """
        ferry 把旧表格里的客户数据搬进 CRM：先出计划，再执行，再核对，可撤销。

        用法：ferry 命令 [选项]

        """)
    let start = Words(
      en: """

        Start with `ferry inspect FILE`; each command has --help with an example.
        """,
      zh: """

        可先试 `ferry inspect FILE`；每个命令都有带示例的 --help。
        """)
    let rows = commands.map { ($0.name, $0.summary[language]) }
    return intro[language] + "\n" + aligned(rows) + start[language] + "\n"
  }

  /// The page that `ferry COMMAND --help` shows.
  static func page(of command: CommandSpec, in language: Language) -> String {
    let head = Words(en: "usage: ", zh: "用法：")[language] + command.usage
    let rows = command.allOptions.map { option in
      ([option.name, option.placeholder ?? ""].joined(separator: " "), describe(option, language))
    }
    let titles = Words(en: "options:", zh: "选项：")[language]
    let examples = Words(en: "example:", zh: "示例：")[language]
    let lines = command.examples.map { "  \($0)" }.joined(separator: "\n")
    return """
      \(head)

      \(command.summary[language])

      \(titles)
      \(aligned(rows))
      \(examples)
      \(lines)

      """
  }

  /// What an option does, and what may follow it.
  static func describe(_ option: OptionSpec, _ language: Language) -> String {
    guard !option.choices.isEmpty else { return option.help[language] }
    return "\(option.help[language]) (\(option.choices.joined(separator: ", ")))"
  }

  private static func aligned(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, text in
      "  " + name + String(repeating: " ", count: width - name.count + 2) + text + "\n"
    }.joined()
  }
}
