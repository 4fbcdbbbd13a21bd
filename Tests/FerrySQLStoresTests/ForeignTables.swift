import FerryRecords
import FerryStores
import FerryTestSupport

@testable import FerrySQLStores

/// Tables as another program would have made them: odd names, ids that are texts, words and times
/// of their own.
struct ForeignTables {
  /// What stands around a name.
  let quote: String
  /// The types of texts, of decimals, and of times without a zone.
  let text: String
  let decimal: String
  let time: String

  static let shapes: [Entity] = [
    SalesChain.user, SalesChain.product, SalesChain.account, SalesChain.contact, SalesChain.deal,
    SalesChain.order, SalesChain.orderLine,
  ]

  func quoted(_ name: String) -> String {
    "\(quote)\(name.replacing(quote, with: quote + quote))\(quote)"
  }

  func table(_ entity: Entity) -> String { "select 客户\"`' \(entity.name)" }
  private func column(_ field: Field) -> String { "from \(field.name)\"` 列" }

  /// Reserved words, quotes and Chinese in every name; an id that Ferry makes, or the key itself.
  var layout: StoreLayout {
    var layout = StoreLayout(timeZone: "Asia/Shanghai")
    for entity in Self.shapes {
      var table = TableLayout(StoreName(table(entity), at: "m.yaml:1:1"))
      table.key = StoreName("旧 key", at: "m.yaml:2:2")
      table.id = entity == SalesChain.product ? table.key : nil
      table.constants = [ColumnConstant(StoreName("dele'ted", at: "m.yaml:3:3"), "it's 0")]
      for field in entity.fields {
        var column = ColumnLayout(StoreName(self.column(field), at: "m.yaml:4:4"))
        if field.type == .instant { column.form = .localDatetime }
        if field.name == "active" { column.words = ["1": "在职", "0": "离职"] }
        if field.name == "stage" { column.words = ["won": "Closed 'Won'"] }
        table.columns[field.name] = column
      }
      layout.tables[entity.name] = table
    }
    return layout
  }

  /// The statements that make the tables, each with a row that does not count.
  var definitions: [String] {
    Self.shapes.flatMap { entity -> [String] in
      let key = "\(quoted("旧 key")) \(text) UNIQUE"
      let id = entity == SalesChain.product ? [] : ["\(quoted("的 id")) \(text) PRIMARY KEY"]
      let primary = entity == SalesChain.product ? " NOT NULL" : ""
      let fields = entity.fields.map { field in
        let type =
          switch field.type {
          case .amount, .decimal, .percent: decimal
          case .instant: time
          default: text == "varchar(200)" ? "longtext" : text
          }
        return "\(quoted(column(field))) \(type)"
      }
      let only = ["\(quoted("dele'ted")) \(text) NOT NULL"]
      let columns = (id + [key + primary] + fields + only).joined(separator: ", ")
      let name = quoted(table(entity))
      let names = entity == SalesChain.product ? ["旧 key"] : ["的 id", "旧 key"]
      return [
        "CREATE TABLE \(name) (\(columns))",
        """
        INSERT INTO \(name) (\(names.map(quoted).joined(separator: ", ")), \(quoted("dele'ted")))
        VALUES (\(names.map { _ in "'gone'" }.joined(separator: ", ")), '1')
        """,
      ]
    }
  }
}
