import FerryCore
import FerryStores

/// The words of import files.
enum FileStoreRules {
  static let unwritable = Rule(
    id: "store.file-not-written", severity: .error,
    message: Words(en: "{0} can't be written: {1}", zh: "无法写入 {0}：{1}"),
    suggestion: Words(
      en: "Check the folder's rights and the disk, then go on with `ferry resume`.",
      zh: "请检查文件夹权限和磁盘空间，然后用 `ferry resume` 继续。"))

  static let tooLong = Rule(
    id: "store.text-too-long", severity: .error,
    message: Words(
      en: "a text of {0} has more characters than a cell of a workbook can hold",
      zh: "{0} 的一段文本超出了工作簿单元格的长度上限"),
    suggestion: Words(
      en: "Shorten it in the source, or write `files:DIR?format=csv`.",
      zh: "请在来源中缩短，或使用 `files:目录?format=csv`。"))

  static func error(_ rule: Rule, _ arguments: String...) -> StoreError {
    StoreError(.refused, isTransient: false, finding: Finding(rule, arguments: arguments))
  }
}
