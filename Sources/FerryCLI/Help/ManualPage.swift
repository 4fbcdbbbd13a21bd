import FerryCore

/// Renders the manual page from the specs that parsing and `--help` use.
///
/// The format is that of man(7), which every man program reads; text is UTF-8.
enum ManualPage {
  /// The page of `ferry`, all commands in it.
  static func text(of commands: [CommandSpec], in language: Language) -> String {
    var page = Roff()
    page.request("TH", ["FERRY", "1", "", "ferry \(FerryVersion.current)"])
    page.section(Words(en: "NAME", zh: "名称")[language])
    page.line(bold("ferry") + " \\- " + Roff.escaped(purpose[language]))
    page.section(Words(en: "SYNOPSIS", zh: "用法")[language])
    page.line("\(bold("ferry")) \(italic(Words(en: "COMMAND", zh: "命令")[language])) [...]")
    page.section(Words(en: "DESCRIPTION", zh: "说明")[language])
    page.line(Roff.escaped(description[language]))
    page.section(Words(en: "COMMANDS", zh: "命令")[language])
    for command in commands { add(command, to: &page, language) }
    page.section(Words(en: "OPTIONS OF EVERY COMMAND", zh: "各命令通用选项")[language])
    for option in CommandSpec.common { add(option, to: &page, language) }
    page.section(Words(en: "EXIT STATUS", zh: "退出码")[language])
    for (status, meaning) in statuses {
      page.tagged(bold(String(status.rawValue)), Roff.escaped(meaning[language]))
    }
    page.section(Words(en: "ENVIRONMENT", zh: "环境变量")[language])
    for (name, meaning) in variables { page.tagged(bold(name), Roff.escaped(meaning[language])) }
    page.section(Words(en: "FILES", zh: "文件")[language])
    for (name, meaning) in files { page.tagged(italic(name), Roff.escaped(meaning[language])) }
    return page.text
  }

  private static func add(_ command: CommandSpec, to page: inout Roff, _ language: Language) {
    page.request("SS", [command.name])
    page.line(bold(command.usage))
    page.request("PP")
    page.line(Roff.escaped(command.summary[language]))
    for option in command.options { add(option, to: &page, language) }
    page.request("PP")
    page.line(Words(en: "Example:", zh: "示例：")[language])
    page.code(command.examples)
  }

  private static func add(_ option: OptionSpec, to page: inout Roff, _ language: Language) {
    let value = option.placeholder.map { " " + italic($0) } ?? ""
    page.tagged(bold(option.name) + value, Roff.escaped(HelpText.describe(option, language)))
  }

  private static func bold(_ text: String) -> String { "\\fB\(Roff.code(text))\\fR" }
  private static func italic(_ text: String) -> String { "\\fI\(Roff.code(text))\\fR" }

  private static let purpose = Words(
    en: "carry customers from legacy sheets into a CRM: plan, apply, verify, undo",
    zh: "把旧表格里的客户数据搬进 CRM：计划、执行、核对、撤销")

  private static let description = Words(
    en: """
      A mapping says which column becomes which field. A dry run writes a plan with every change, \
      field by field, and the cell it came from; apply does exactly that; verify proves that all \
      arrived; undo takes it back.
      """,
    zh: "映射文件说明哪一列进入哪个字段。试运行写出计划：每一处改动、每个字段、来自哪个单元格；执行严格照计划；核对证明全部到位；撤销可恢复原状。")

  private static let statuses: [(ExitStatus, Words)] = [
    (.done, Words(en: "done", zh: "完成")),
    (
      .doneWithFindings,
      Words(
        en:
          "done, but there are findings at or above --fail-on, undo kept something, verify found a"
          + " difference, or a gate was not met and nothing was applied",
        zh: "已完成，但有达到 --fail-on 级别的问题，或撤销保留了内容、核对有差异、门槛未达标（此时未写入任何内容）")
    ),
    (
      .wrongUsage,
      Words(en: "wrong usage or mapping, or no such sheet or column", zh: "用法或映射有误，或没有该工作表、该列")
    ),
    (.unreadableSource, Words(en: "a source can't be read", zh: "源文件无法读取")),
    (
      .storeFailed,
      Words(
        en: "the store failed or refused, or the run was stopped; `ferry resume` goes on",
        zh: "目标库出错或拒绝，或运行被中止；可用 `ferry resume` 继续")
    ),
    (.workspaceLocked, Words(en: "another run holds the workspace", zh: "另一运行正占用工作区")),
    (.brokenInvariant, Words(en: "counts don't add up: a bug in ferry", zh: "计数不一致：ferry 的程序错误")),
  ]

  private static let variables: [(String, Words)] = [
    ("FERRY_KEY_FILE", Words(en: "as --key-file", zh: "同 --key-file")),
    (
      "FERRY_PROFILES",
      Words(
        en: "the folder of the profiles of CRM products, ~/.config/ferry/profiles otherwise",
        zh: "CRM 产品配置文件所在的文件夹，默认 ~/.config/ferry/profiles")
    ),
    (
      "PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, PGSERVICE",
      Words(en: "what a postgres:// store leaves out", zh: "postgres:// 目标库未写明的部分")
    ),
    ("MYSQL_PWD", Words(en: "the password of a mysql:// store", zh: "mysql:// 目标库的密码")),
    ("LC_ALL, LC_MESSAGES, LANG", Words(en: "the language of messages", zh: "消息语言")),
    ("NO_COLOR", Words(en: "no colours where it is set", zh: "设置后不用颜色")),
  ]

  private static let files: [(String, Words)] = [
    (
      "NAME.ferry",
      Words(
        en:
          "the workspace beside the mapping NAME.yaml: journal, plans and reports; only its owner can"
          + " read it",
        zh: "映射 NAME.yaml 旁的工作区：日志、计划与报告；仅所有者可读")
    ),
    (
      "~/.config/ferry/profiles",
      Words(en: "how to sign in to CRM products, mode 0600", zh: "CRM 产品的登录方式，权限 0600")
    ),
  ]
}

/// Text in the requests of man(7).
private struct Roff {
  private(set) var text = ""

  mutating func request(_ name: String, _ arguments: [String] = []) {
    text += ".\(name)"
    for argument in arguments {
      text += " \"\(Self.code(argument).replacing("\"", with: "\\(dq"))\""
    }
    text += "\n"
  }

  mutating func section(_ title: String) { request("SH", [title]) }

  /// A line of text that was escaped already.
  mutating func line(_ line: String) {
    // A dot or an apostrophe in front would make it a request.
    text += (line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" : "") + line + "\n"
  }

  /// A paragraph that hangs under its tag; both escaped.
  mutating func tagged(_ tag: String, _ body: String) {
    request("TP")
    line(tag)
    line(body)
  }

  /// Lines as they stand, each of its own.
  mutating func code(_ lines: [String]) {
    request("PP")
    request("RS", ["4"])
    request("nf")
    for code in lines { line(Self.code(code)) }
    request("fi")
    request("RE")
  }

  /// Prose.
  static func escaped(_ text: String) -> String { text.replacing("\\", with: "\\e") }

  /// What is typed: its dashes can be copied.
  static func code(_ text: String) -> String { escaped(text).replacing("-", with: "\\-") }
}
