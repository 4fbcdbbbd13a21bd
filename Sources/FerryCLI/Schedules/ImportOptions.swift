/// Options of `ferry import` that schedules use.
enum ImportOptions {
  static let inbox = OptionSpec(
    "--inbox", "DIR",
    en: "load what is new in DIR, then move it to DIR/done or DIR/failed with its report",
    zh: "导入 DIR 中的新文件，再连同报告移到 DIR/done 或 DIR/failed")
  static let settle = OptionSpec(
    "--settle", "SECONDS", en: "for how long a file must not have changed, 10 otherwise",
    zh: "文件须多久没有变化才处理，默认 10 秒")
  static let stopOnDrift = OptionSpec(
    "--stop-on-drift",
    en: "apply nothing where a column came or went since the last run, or a map lacks a value",
    zh: "列与上次相比有增减，或映射表缺少某个取值时，不执行任何内容")
  static let webhook = OptionSpec(
    "--webhook", "URL",
    en: "post a summary as JSON, without any value of a cell; FERRY_WEBHOOK otherwise",
    zh: "以 JSON 发送摘要（不含单元格的值）；也可用 FERRY_WEBHOOK")
  static let webhookForm = OptionSpec(
    "--webhook-form", "FORM", choices: ["plain", "wecom", "feishu"],
    en: "what the receiver reads: `text` and figures, 企业微信 or 钉钉, 飞书",
    zh: "接收方的格式：通用、企业微信或钉钉、飞书")
  static let mailCommand = OptionSpec(
    "--mail-command", "COMMAND",
    en: "a shell command that gets the summary on standard input, FERRY_SUBJECT set",
    zh: "一条 shell 命令，从标准输入得到摘要，主题在 FERRY_SUBJECT 中")

  static let webhookVariable = "FERRY_WEBHOOK"
  static let all = [inbox, settle, stopOnDrift, webhook, webhookForm, mailCommand]
}
