import FerryCore
import FerrySQLite

/// The command line makes no sense.
struct UsageError: Failure {
  enum Kind: Hashable, Sendable {
    case unknownCommand(String, nearest: String?)
    case unknownOption(String, nearest: String?)
    case missingValue(String)
    case valueForFlag(String)
    case badValue(String, String, choices: [String])
    case missingArgument(String)
    case extraArgument(String)
    case noSheet(String, file: String, known: [String])
    case noRun(String, folder: String)
    case badStore(String)
    case layoutForProduct(String)
    case unwritable(String)
    case outputTwice(String)
    case exists(String)
    case emptyFolder(String)
    case noRow(String, file: String, rowCount: Int)
    case noPassword(variable: String)
    case badName(String)
    case badRecord(String)
    case badKeyFile(String, SealKey.Fault)
    case noFile(String)
    case unreadableFile(String)
    case badCron(String)
    case noInboxSource(String)
  }

  let kind: Kind
  let command: String?

  init(_ kind: Kind, _ command: CommandSpec? = nil) {
    self.kind = kind
    self.command = command?.name
  }

  init(_ kind: Kind, _ command: String) {
    self.kind = kind
    self.command = command
  }

  var exitStatus: ExitStatus { .wrongUsage }

  var findings: [Finding] {
    let help = command.map { "ferry \($0) --help" } ?? "ferry --help"
    return [Finding(rule(help: help))]
  }

  private func rule(help: String) -> Rule {
    let (message, suggestion) = words(help: help)
    return Rule(id: "usage", severity: .error, message: message, suggestion: suggestion)
  }

  private func words(help: String) -> (Words, Words) {
    let seeHelp = Words(en: "See `\(help)`.", zh: "参见 `\(help)`。")
    switch kind {
    case .unknownCommand(let name, let nearest):
      return (
        Words(en: "There is no command '\(name)'.", zh: "没有命令“\(name)”。"),
        meant(nearest) ?? seeHelp
      )
    case .unknownOption(let name, let nearest):
      return (
        Words(en: "There is no option \(name).", zh: "没有选项 \(name)。"), meant(nearest) ?? seeHelp
      )
    case .missingValue(let name):
      return (Words(en: "\(name) needs a value.", zh: "\(name) 需要一个值。"), seeHelp)
    case .valueForFlag(let name):
      return (Words(en: "\(name) takes no value.", zh: "\(name) 不带值。"), seeHelp)
    case .badValue(let name, let value, let choices):
      let list = choices.joined(separator: ", ")
      return (
        Words(en: "\(name) can't be '\(value)'.", zh: "\(name) 不能是“\(value)”。"),
        Words(en: "Use one of: \(list).", zh: "可用的值：\(list)。")
      )
    case .missingArgument(let name):
      return (Words(en: "\(name) is missing.", zh: "缺少 \(name)。"), seeHelp)
    case .extraArgument(let word):
      return (
        Words(en: "'\(word)' is one argument too many.", zh: "多出参数“\(word)”。"), seeHelp
      )
    case .noSheet, .noRun, .badStore, .layoutForProduct, .unwritable, .outputTwice, .noRow,
      .noPassword, .badName,
      .badRecord:
      return lookupWords()
    case .badKeyFile(let path, let fault): return Self.words(of: path, fault)
    case .noFile, .unreadableFile, .badCron, .noInboxSource: return scheduleWords
    case .exists(let path):
      return (
        Words(en: "\(path) is there already.", zh: "\(path) 已存在。"),
        Words(
          en: "Name another file, or write over it with --force.",
          zh: "请换一个文件名，或用 --force 覆盖。")
      )
    case .emptyFolder(let path):
      return (
        Words(en: "No workbook and no CSV file is in \(path).", zh: "\(path) 中没有工作簿或 CSV 文件。"),
        Words(en: "Name the files themselves.", zh: "请直接写出文件。")
      )
    }
  }

  private func lookupWords() -> (Words, Words) {
    switch kind {
    case .noSheet(let name, let file, let known):
      let list = known.joined(separator: ", ")
      return (
        Words(en: "There is no sheet '\(name)' in \(file).", zh: "\(file) 中没有工作表“\(name)”。"),
        Words(en: "Its sheets are: \(list).", zh: "其中的工作表：\(list)。")
      )
    case .noRun(let name, let folder):
      return (
        Words(
          en: "There is no run '\(name)' in the workspaces of \(folder).",
          zh: "\(folder) 的工作区中没有运行“\(name)”。"),
        Words(
          en: "See `ferry runs`, or name its workspace with --workspace DIR.",
          zh: "用 `ferry runs` 查看，或用 --workspace DIR 指明工作区。")
      )
    case .badStore(let url):
      return (
        Words(en: "'\(url)' is no store.", zh: "“\(url)”不是可用的目标库。"),
        Words(
          en: "Write it as `sqlite:crm.db`, `postgres://host/database`, `mysql://host/database` or "
            + "`fxiaoke:PROFILE`; see `ferry stores`.",
          zh: "写成 `sqlite:crm.db`、`postgres://host/database`、`mysql://host/database` 或 "
            + "`fxiaoke:PROFILE`；参见 `ferry stores`。")
      )
    case .layoutForProduct(let kind):
      return (
        Words(
          en: "The mapping's `store:` section is for SQL databases, not for \(kind).",
          zh: "映射中的 `store:` 用于 SQL 数据库，不适用于 \(kind)。"),
        Words(
          en: "Name objects and fields in the profile under `entities:`.",
          zh: "请在配置的 `entities:` 中写明对象和字段。")
      )
    case .unwritable(let path):
      return (
        Words(en: "\(path) can't be written.", zh: "无法写入 \(path)。"),
        Words(
          en: "Check the folder's rights and the free space of its disk.",
          zh: "请检查该文件夹的权限与磁盘剩余空间。")
      )
    case .noRow(let number, let file, let count):
      return (
        Words(en: "\(file) has no row '\(number)'.", zh: "\(file) 中没有第“\(number)”行。"),
        Words(
          en: "Rows count from 1 below the header, up to \(count).",
          zh: "行号从表头下一行起为 1，最大为 \(count)。")
      )
    case .outputTwice(let path):
      return (
        Words(
          en: "\(path) would be written over while it is needed.", zh: "\(path) 正在使用，不能被覆盖。"),
        Words(en: "Give each file a name of its own.", zh: "请为每个文件指定不同的名称。")
      )
    case .noPassword(let variable):
      return (
        Words(
          en: "The environment variable \(variable), which --password-env names, is not set.",
          zh: "未设置 --password-env 所指的环境变量 \(variable)。"),
        Words(
          en: "Set it to the password: `export \(variable)=…`.",
          zh: "请将其设为密码：`export \(variable)=…`。")
      )
    case .badName(let option):
      return (
        Words(en: "\(option) needs a person's name.", zh: "\(option) 需要一个人名。"),
        Words(
          en: "Give the name on one line, such as \(option) 'Li Na'.",
          zh: "请在一行内写出姓名，如 \(option) '李娜'。")
      )
    case .badRecord(let text):
      return (
        Words(en: "'\(text)' names no record.", zh: "“\(text)”不是一条记录。"),
        Words(
          en: "Write the entity and Ferry's id of the record, such as account:C0042.",
          zh: "请写对象名和记录的 Ferry 编号，如 account:C0042。")
      )
    default:
      return (Words(en: "", zh: ""), Words(en: "", zh: ""))
    }
  }

  private static func words(of path: String, _ fault: SealKey.Fault) -> (Words, Words) {
    let make = Words(
      en:
        "Make one with `openssl rand -hex 32 > FILE && chmod 600 FILE`, and keep a copy elsewhere.",
      zh: "可用 `openssl rand -hex 32 > FILE && chmod 600 FILE` 生成，并另存一份。")
    switch fault {
    case .unreadable:
      return (Words(en: "The key file \(path) can't be read.", zh: "无法读取密钥文件 \(path)。"), make)
    case .tooOpen(let mode):
      return (
        Words(
          en: "Others may use the key file \(path): its mode is \(mode).",
          zh: "密钥文件 \(path) 的权限为 \(mode)，他人也可读取。"),
        Words(en: "Run `chmod 600 \(path)`.", zh: "请执行 `chmod 600 \(path)`。")
      )
    case .tooShort(let count):
      return (
        Words(
          en:
            "The key file \(path) holds \(count) bytes; a key needs \(SealKey.leastByteCount) random ones.",
          zh: "密钥文件 \(path) 只有 \(count) 字节；密钥至少需要 \(SealKey.leastByteCount) 个随机字节。"),
        make
      )
    }
  }

  private func meant(_ nearest: String?) -> Words? {
    nearest.map { Words(en: "Did you mean \($0)?", zh: "是否想写 \($0)？") }
  }
}
