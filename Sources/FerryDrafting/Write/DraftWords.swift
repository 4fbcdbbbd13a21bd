import FerryCore

/// The words of a draft: its comments and the reasons of its guesses.
enum DraftWords {
  static let sheetName = Words(en: "the sheet is called {0}", zh: "工作表名为“{0}”")
  static let fileName = Words(en: "the file is called {0}", zh: "文件名为“{0}”")
  static let headersFit = Words(
    en: "{0} {0:header fits|headers fit}: {1}", zh: "{0} 个表头相符：{1}")
  static let numberIsUnique = Words(en: "{0} is different in each row", zh: "“{0}”每行不同")
  static let header = Words(en: "header", zh: "表头")
  static let headerTaught = Words(en: "header, as you taught", zh: "表头（按您教过的）")
  static let headerPartly = Words(en: "part of the header", zh: "表头部分相符")
  static let cells = Words(en: "cells: {0} {1}", zh: "内容：{0} 像{1}")
  static let cellsOnly = Words(
    en: "only by its cells: {0} {1}", zh: "仅凭内容：{0} 像{1}")
  static let cellsDoubt = Words(en: "but only {0} of the cells {1}", zh: "但只有 {0} 的内容像{1}")
  static let beside = Words(en: "beside {0}", zh: "紧随“{0}”")
  static let noData = Words(en: "no cell is filled", zh: "没有内容")
  static let unique = Words(en: "different in each row", zh: "每行不同")
  static let repeats = Words(
    en: "{0} different in {1} rows: several rows tell of one", zh: "{1} 行中有 {0} 个不同值，多行说的是同一条")
  static let keyBlank = Words(
    en: "blank in {0} rows, which make no record", zh: "{0} 行为空，这些行不会产生记录")
  static let keyByName = Words(en: "no number was found, so the name", zh: "没有编号，以名称为键")
  static let keyParts = Words(
    en: "no number was found, so these together", zh: "没有编号，以这几列合起来为键")
  static let inColumn = Words(en: "{0} of them stand in {1}", zh: "{0} 见于“{1}”")
  static let inUsers = Words(en: "{0} of them are among the staff in {1}", zh: "{0} 见于员工表“{1}”")
  static let looksEmail = Words(en: "e-mail addresses of users", zh: "为员工邮箱")
  static let looksCode = Words(en: "codes of users", zh: "为员工编号")
  static let looksName = Words(en: "names", zh: "为姓名")
  static let notHere = Words(
    en: "not among these files: found in the store", zh: "不在这些文件中，到目标库中查找")
  static let sameRow = Words(en: "made by the same row", zh: "由同一行产生")
  static let joinedName = Words(en: "the name's parts together", zh: "由姓与名合成")
  static let nameFallback = Words(en: "nothing better was found for the name", zh: "没有更像名称的列")
  static let unitInHeader = Words(en: "the header says {0}", zh: "表头写明{0}")
  static let rowsWithIt = Words(en: "filled in {0} of {1} rows", zh: "{1} 行中 {0} 行有值")
  static let noField = Words(en: "no field for it", zh: "没有对应的字段")
  static let entries = Words(
    en: "{0} of the cells hold dated notes", zh: "{0} 的内容是带日期的跟进")

  static let yearFrom = Words(
    en: "the latest year in {0}, for notes that name none", zh: "未写年份的按“{0}”中最近的年份")

  static let leftEmpty = Words(en: "empty", zh: "空列")
  static let leftSystem = Words(en: "made by the CRM itself", zh: "由原 CRM 自动生成")
  static let leftTaught = Words(en: "left out, as you taught", zh: "不需要（按您教过的）")
  static let leftCounter = Words(en: "numbers the rows", zh: "行序号")
  static let leftRepeats = Words(
    en: "told by {0} already", zh: "已由“{0}”得知")

  static let phones = Words(en: "are phone numbers", zh: "电话")
  static let mobiles = Words(en: "are mobile numbers", zh: "手机号")
  static let emails = Words(en: "are e-mail addresses", zh: "邮箱")
  static let urls = Words(en: "are web addresses", zh: "网址")
  static let creditCodes = Words(en: "are credit codes", zh: "信用代码")
  static let dates = Words(en: "are dates", zh: "日期")
  static let numbers = Words(en: "are numbers", zh: "数字")
  static let currencies = Words(en: "are currencies", zh: "币种")
  static let yesOrNo = Words(en: "say yes or no", zh: "是/否")
  static let people = Words(en: "are people's names", zh: "人名")
  static let companies = Words(en: "are companies' names", zh: "公司名")
  static let knownWords = Words(en: "are known words", zh: "已知取值")

  static let drafted = Words(
    en: "Drafted by ferry from {0} {0:table|tables} of {1} {1:file|files}.",
    zh: "由 ferry 根据 {1} 个文件中的 {0} 个表格起草。")
  static let legend = [
    Words(
      en: "Each guess says how sure it is, and why. \"# ?\" is worth a look: correct it, then",
      zh: "每处推断都注明把握与依据；标“# ?”的请过目，改好后运行"),
    Words(
      en: "`ferry learn` this file, and the next draft knows it. Try it with",
      zh: "`ferry learn` 本文件，下次起草就会记住。试运行："),
  ]
  static let tryIt = Words(
    en: "  ferry plan {0} --to sqlite:crm.db", zh: "  ferry plan {0} --to sqlite:crm.db")
  static let zone = Words(en: "for times that name no zone", zh: "未注明时区的时间按此")
  static let region = Words(en: "for phones without a country code", zh: "没有国家代码的电话按此")
  static let currency = Words(en: "for amounts that name none", zh: "未注明币种的金额按此")
  static let rows = Words(en: "{0} {0:row|rows}", zh: "{0} 行")
  static let ofAccount = Words(en: "{0}: {1}", zh: "{0}：{1}")
  static let notMapped = Words(en: "not mapped:", zh: "未映射：")
  static let notDrafted = Words(
    en: "Tables that fit nothing Ferry carries; map them by hand, or leave them.",
    zh: "以下表格与 Ferry 搬运的对象都不相符；可手工映射，或不管。")
  static let unknownValue = Words(
    en: "{0}×, nothing fits: rejected until you say", zh: "{0} 次，没有相符的取值：写明之前该行被拒绝")
  static let guessedValue = Words(en: "{0}×, a guess", zh: "{0} 次，推断")
  static let times = Words(en: "{0}×", zh: "{0} 次")
  static let noHeader = Words(en: "(no header)", zh: "（没有表头）")
}
