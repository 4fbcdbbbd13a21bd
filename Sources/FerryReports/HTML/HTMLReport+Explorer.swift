import FerryCore
public import FerryMigration
import FerryRecords

/// The changes that a report can be searched for.
public struct ReportChanges: Sendable {
  /// JSON, safe within a script element: a list of changes each.
  private(set) var pieces: [String] = []
  private(set) var kinds: [String] = []
  private(set) var entities: [String] = []
  private(set) var fields: [String] = []
  /// How many changes there are; fewer may be listed.
  public private(set) var total = 0
  /// How many are listed.
  public private(set) var count = 0

  /// So many can be searched without a pause that anyone notices.
  public static let most = 100_000
  /// Of a run with more than ``most``, so many are listed: the plan holds all.
  public static let mostOfMany = 20_000
  private static let pieceCount = 1_000

  private var piece: [String] = []

  private struct Enough: Error {}

  /// Lists the changes of a plan: what a person must look at first, records that stay the same never.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - summary: Its counts, by which is known what it holds.
  /// - Throws: Where the plan can't be read.
  public init(of plan: PlanFile, _ summary: RunSummary) throws {
    let counts: [(kind: String, count: Int)] = [
      ("conflict", sum(summary, \.conflicted)), ("reject", sum(summary, \.rejected)),
      ("delete", sum(summary, \.removed) + sum(summary, \.goneRemoved)),
      ("mark", sum(summary, \.goneMarked)), ("update", sum(summary, \.updated)),
      ("merge", sum(summary, \.merged)), ("skip", sum(summary, \.skipped)),
      ("create", sum(summary, \.created)),
    ]
    total = counts.reduce(0) { $0 + $1.count }
    let most = total > Self.most ? Self.mostOfMany : Self.most
    for (kind, number) in counts where number > 0 && count < most {
      do {
        try plan.forEachChange(ofKind: kind) { change in
          add(change)
          if count >= most { throw Enough() }
        }
      } catch is Enough {}
    }
    endPiece()
  }

  /// Lists changes that are at hand.
  init(_ changes: [ChangeSummary]) {
    total = changes.count
    for change in changes { add(change) }
    endPiece()
  }

  private mutating func add(_ change: ChangeSummary) {
    var texts: [String] = [
      number(of: change.kind, in: &kinds), number(of: change.entity, in: &entities),
      Self.quoted(change.externalID), Self.quoted(change.survivorID ?? ""),
      Self.quoted(change.rule ?? ""), Self.quoted(change.provenance?.description ?? ""),
    ]
    for field in change.fields {
      let name = "\(change.entity).\(field.field)"
      texts += [
        number(of: name, in: &fields), field.old.map(Self.quoted) ?? "null",
        field.new.map(Self.quoted) ?? "null", Self.quoted(Self.cell(field.provenance, change)),
      ]
    }
    piece.append("[" + texts.joined(separator: ",") + "]")
    count += 1
    if piece.count == Self.pieceCount { endPiece() }
  }

  private mutating func endPiece() {
    guard !piece.isEmpty else { return }
    pieces.append("[" + piece.joined(separator: ",\n") + "]")
    piece.removeAll(keepingCapacity: true)
  }

  private func number(of name: String, in names: inout [String]) -> String {
    if let known = names.firstIndex(of: name) { return String(known) }
    names.append(name)
    return String(names.count - 1)
  }

  // The record's row names file and sheet already; there the cell is enough.
  private static func cell(_ place: Provenance?, _ change: ChangeSummary) -> String {
    guard let place else { return "" }
    guard place.file == change.provenance?.file, place.sheet == change.provenance?.sheet,
      let row = place.rowNumber, let column = place.columnIndex
    else { return place.description }
    return CellAddress(columnIndex: column, rowNumber: row).description
  }

  /// A JSON string that can't end the script element it stands in.
  ///
  /// Source: RFC 8259, 7; HTML Living Standard, 4.12.1.3 (restrictions on script content).
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "<": result += "\\u003c"
      case "\u{2028}": result += "\\u2028"
      case "\u{2029}": result += "\\u2029"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

private func sum(_ summary: RunSummary, _ count: KeyPath<EntityCounts, Int>) -> Int {
  summary.entities.reduce(0) { $0 + $1[keyPath: count] }
}

extension HTMLReport {
  /// Search and filter over all changes; nothing where a page has none.
  func explorer(_ changes: ReportChanges?) -> HTML {
    guard let changes, changes.count > 0 else { return .empty }
    let all: HTML = "<option value=\"-1\">\(ExplorerWords.all[language])</option>"
    let kinds = changes.kinds.map { ReportWords.change($0)[language] }
    let entities = changes.entities.map { ReportWords.entityName($0, in: language) }
    let missing = changes.total - changes.count
    let note =
      missing > 0
      ? self.note(ExplorerWords.some, NumberText.count(changes.count), NumberText.count(missing))
      : .empty
    return """
      <h3 id="search">\(ExplorerWords.title[language])</h3>
      <noscript><p class="note">\(ExplorerWords.noScript[language])</p></noscript>
      \(note)
      <form id="explorer" role="search" aria-labelledby="search" aria-busy="true" hidden>
      <label>\(ExplorerWords.query[language])<input id="change-query" type="search" autocomplete="off" \
      spellcheck="false"></label>
      <label>\(ReportWords.entity[language])<select id="change-entity">\(all)\
      \(options(entities))</select></label>
      <label>\(ExplorerWords.kind[language])<select id="change-kind">\(all)\(options(kinds))</select></label>
      <p id="change-status" role="status"></p>
      <ol id="change-list"></ol>
      <button id="change-more" type="button" hidden>\(ExplorerWords.more[language])</button>
      </form>
      \(data(changes, kinds, entities))
      """
  }

  private func options(_ names: [String]) -> HTML {
    let options: [HTML] = names.enumerated().map { index, name in
      "<option value=\"\(String(index))\">\(name)</option>"
    }
    return options.joined
  }

  private func data(_ changes: ReportChanges, _ kinds: [String], _ entities: [String]) -> HTML {
    func list(_ texts: [String]) -> String {
      "[" + texts.map(ReportChanges.quoted).joined(separator: ",") + "]"
    }
    let fields = changes.fields.map { name in
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      return ReportWords.fieldName(parts.last ?? name, of: parts.first ?? "", in: language)
    }
    let heads = [PageWords.field, PageWords.old, PageWords.new, PageWords.place]
    let names =
      "{\"kinds\":\(list(kinds)),\"entities\":\(list(entities)),\"fields\":\(list(fields)),"
      + "\"heads\":\(list(heads.map { $0[language] })),"
      + "\"status\":\(ReportChanges.quoted(ExplorerWords.status[language]))}"
    var text = "<script type=\"application/json\" id=\"change-names\">\(names)</script>\n"
    for piece in changes.pieces {
      text += "<script type=\"application/json\" class=\"changes\">\(piece)</script>\n"
    }
    text += "<script>\(ChangeScript.text)</script>\n"
    // Markup of our own; every value in it is quoted for JSON within a script.
    return HTML(stringLiteral: text)
  }
}

/// The words of the search over changes.
enum ExplorerWords {
  static let title = Words(en: "Search all changes", zh: "查询全部更改")
  static let query = Words(en: "Search", zh: "搜索")
  static let kind = Words(en: "Kind", zh: "类别")
  static let all = Words(en: "all", zh: "全部")
  static let more = Words(en: "Show more", zh: "显示更多")
  static let status = Words(en: "{0} of {1} changes", zh: "共 {1} 项更改，符合 {0} 项")
  static let noScript = Words(
    en: "The search needs a browser that runs scripts; the examples below do not.",
    zh: "查询需要浏览器启用脚本；下方示例不需要。")
  static let some = Words(
    en: "{0} changes can be searched here, those that a person must look at first; {1} more "
      + "stand in the plan file.",
    zh: "此处可查询 {0} 项更改，需要人工查看的在前；另有 {1} 项见计划文件。")
}
