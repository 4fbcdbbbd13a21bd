import FerryCore
import FerryRecords

/// The page beside the files: what to do with them, in order.
struct HowToPage {
  /// One entity's files.
  struct Entry {
    let entity: Entity
    let columns: [String]
    /// Whether they only link records that stand in the files before.
    var isLinks = false
    /// With their data rows.
    var files: [(name: String, rows: Int)] = []
    /// Cells that got an apostrophe.
    var defused = 0
  }

  private let template: ImportTemplate
  private var entries: [Entry] = []

  init(_ template: ImportTemplate) { self.template = template }

  var count: Int { entries.count }

  mutating func add(_ entry: Entry) { entries.append(entry) }

  /// The page; all texts are escaped, nothing is loaded from elsewhere.
  var text: String {
    let language = template.language
    let say = { (english: String, chinese: String) in
      Self.escaped(language == .english ? english : chinese)
    }
    let title = say("Import into \(template.title.english)", "导入\(template.title.chinese)")
    let steps = template.steps.map { "<li>\(Self.escaped($0[language]))</li>" }.joined(
      separator: "\n")
    let rows = entries.flatMap { entry in
      entry.files.map { file in
        "<tr><td>\(Self.escaped(file.name))</td><td>\(Self.escaped(template.object(of: entry.entity)))"
          + "</td><td>\(file.rows)</td><td>\(Self.escaped(entry.columns.joined(separator: ", ")))</td></tr>"
      }
    }.joined(separator: "\n")
    let defused = entries.reduce(0) { $0 + $1.defused }
    let links =
      entries.contains(where: \.isLinks)
      ? "<p>"
        + say(
          "A file that ends in -links is an update: it links records of one object to each other, once all of them are there.",
          "以 -links 结尾的文件用于更新：同一对象的记录全部导入后，再建立它们之间的关联。") + "</p>" : ""
    let note =
      defused == 0
      ? ""
      : "<p>"
        + say(
          "\(defused) cells begin like a formula; an apostrophe stands before them, so that no program runs them.",
          "有 \(defused) 个单元格以公式字符开头，已在前面加上单引号，避免被当作公式执行。") + "</p>"
    return """
      <!doctype html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8"><title>\(title)</title>
      <style>body{font:15px/1.5 sans-serif;margin:2em;max-width:70em}
      table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .6em;text-align:left}</style>
      </head><body><h1>\(title)</h1>
      <ol>
      \(steps)
      </ol>
      <table><tr><th>\(say("file", "文件"))</th><th>\(say("object", "对象"))</th><th>\(say("rows", "行数"))</th>
      <th>\(say("columns", "列"))</th></tr>
      \(rows)
      </table>
      <p>\(say(
        "At most \(template.rowsPerFile) rows a file; where the screen says another number, write files:DIR?rows=N. Times are \(template.zone ?? "UTC").",
        "每个文件最多 \(template.rowsPerFile) 行；如导入页面另有限制，请写 files:目录?rows=N。时间为 \(template.zone ?? "UTC")。"))</p>
      \(links)
      \(note)
      </body></html>

      """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
