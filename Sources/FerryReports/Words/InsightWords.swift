import FerryCore
import FerryDrafting

/// The words of what inspect finds beyond columns, and of its page.
enum InsightWords {
  static let title = Words(en: "What is in these files", zh: "文件内容一览")
  static let files = Words(en: "files", zh: "文件")
  static let tables = Words(en: "tables", zh: "表格")
  static let rows = Words(en: "rows of data", zh: "数据行")
  static let columns = Words(en: "columns", zh: "列")
  static let columnsTitle = Words(en: "Columns", zh: "各列")
  static let damaged = Words(en: "kinds of damage", zh: "处损坏")
  static let overview = Words(en: "Tables", zh: "表格")
  static let keys = Words(en: "Keys", zh: "主键")
  static let links = Words(en: "Links", zh: "关联")
  static let doubles = Words(en: "Doubles", zh: "重复")
  static let personal = Words(en: "Personal data", zh: "个人信息")
  static let damage = Words(en: "Damage", zh: "损坏")
  static let table = Words(en: "table", zh: "表格")
  static let column = Words(en: "column", zh: "列")
  static let key = Words(en: "likely keys", zh: "可能的主键")
  static let refersTo = Words(en: "its values stand in", zh: "取值见于")
  static let share = Words(en: "found", zh: "命中")
  static let repeated = Words(en: "rows that repeat a value", zh: "重复的行")
  static let holds = Words(en: "holds", zh: "内容")
  static let cells = Words(en: "cells", zh: "单元格")
  static let what = Words(en: "what", zh: "问题")
  static let shape = Words(en: "looks", zh: "形式")
  static let mostFrequent = Words(en: "most frequent", zh: "常见值")
  static let keysNote = Words(
    en: "Columns that are filled and different in each row.", zh: "每行都有值且互不相同的列。")
  static let linksNote = Words(
    en:
      "Columns whose different values stand in a column of another table; where a column is large, the share is an estimate.",
    zh: "不同取值出现在另一表格某列中的列；列很大时，比例为估计值。")
  static let doublesNote = Words(
    en:
      "Columns that should tell customers apart, but repeat values. `ferry match` finds alike records too.",
    zh: "本应能区分客户、却有重复值的列。相似的记录可用 `ferry match` 查找。")
  static let personalNote = Words(
    en: "Columns that say something of people: think of who may see these files and this page.",
    zh: "涉及个人的列：请留意谁能看到这些文件和本页。")
  static let hidden = Words(
    en: "Values are left out of this page; --show-values shows the most frequent ones.",
    zh: "本页不含具体取值；加 --show-values 可显示常见值。")
  static let foot = Words(
    en: "Made by ferry inspect. The page needs no network and holds no script.",
    zh: "由 ferry inspect 生成。本页不联网，也不含脚本。")

  static func personal(_ kind: FolderInsights.Personal) -> Words {
    switch kind {
    case .name: Words(en: "names", zh: "姓名")
    case .phone: Words(en: "phones", zh: "电话")
    case .email: Words(en: "e-mail addresses", zh: "邮箱")
    case .address: Words(en: "addresses", zh: "地址")
    case .messenger: Words(en: "messenger accounts", zh: "社交账号")
    case .birthday: Words(en: "birthdays", zh: "生日")
    case .identity: Words(en: "identity numbers", zh: "证件号")
    }
  }

  static func shape(_ name: String) -> Words {
    name == "error" ? Words(en: "formula errors", zh: "公式错误") : InspectWords.kind(name)
  }
}
