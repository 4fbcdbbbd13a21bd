import FerryCore

/// Options that the run commands share.
enum RunOptions {
  static let to = OptionSpec(
    "--to", "STORE", en: "the store, such as sqlite:crm.db; see `ferry stores`",
    zh: "目标库，如 sqlite:crm.db；参见 `ferry stores`")
  static let backup = OptionSpec(
    "--backup", en: "copy the store into the workspace first, and say how to restore it",
    zh: "先把目标库完整复制到工作区，并说明如何恢复")
  static let mask = OptionSpec(
    "--mask", en: "reports without any value of a cell, to show to others: ‹1›, ‹2› … instead",
    zh: "报告中不含任何单元格的值，以 ‹1›、‹2›… 代替，便于给他人查看")
  static let showValues = OptionSpec(
    "--show-values", en: "show the values that findings are about, which are customers' data",
    zh: "显示问题所涉及的值（属于客户数据）")
  static let keyFile = OptionSpec(
    "--key-file", "FILE",
    en: "encrypts journal and plans with the key in FILE (mode 0600), or FERRY_KEY_FILE names it",
    zh: "用 FILE（权限 0600）中的密钥加密日志与计划；也可由 FERRY_KEY_FILE 指明")
  static let workspace = OptionSpec(
    "--workspace", "DIR", en: "the workspace, M.ferry beside the mapping M.yaml otherwise",
    zh: "工作区，默认为映射文件 M.yaml 旁的 M.ferry")
  static let failOn = OptionSpec(
    "--fail-on", "SEVERITY", choices: ["error", "warning", "info", "never"],
    en: "end with exit code 1 where a finding is at least this, error otherwise",
    zh: "出现此级别及以上的问题时以退出码 1 结束，默认 error")
}
