import FerryCore

extension UsageError {
  /// What is said of schedules and inboxes.
  var scheduleWords: (Words, Words) {
    switch kind {
    case .noFile(let path):
      (
        Words(en: "\(path) is not there.", zh: "\(path) 不存在。"),
        Words(en: "Check the path; a mapping is a YAML file.", zh: "请核对路径；映射文件是 YAML 文件。")
      )
    case .unreadableFile(let path):
      (
        Words(en: "\(path) can't be read.", zh: "无法读取 \(path)。"),
        Words(en: "Check that it is there and that you may read it.", zh: "请检查其是否存在以及是否有读取权限。")
      )
    case .badCron(let text):
      (
        Words(en: "'\(text)' is no time of cron.", zh: "“\(text)”不是 cron 时间。"),
        Words(
          en:
            "Write minute, hour, day, month and weekday: '30 2 * * *' is half past two every night.",
          zh: "请写分、时、日、月、星期五项：'30 2 * * *' 即每天两点半。")
      )
    case .noInboxSource(let folder):
      (
        Words(
          en: "No source of the mapping lies in the inbox \(folder).", zh: "映射中没有来源位于收件夹 \(folder)。"
        ),
        Words(
          en:
            "Let the mapping name the files by a pattern in it, such as `file: inbox/customers-*.xlsx`.",
          zh: "请在映射中用该文件夹下的模式写出文件，如 `file: inbox/customers-*.xlsx`。")
      )
    default: (Words(en: "", zh: ""), Words(en: "", zh: ""))
    }
  }
}
