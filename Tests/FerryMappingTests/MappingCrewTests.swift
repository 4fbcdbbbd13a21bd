import FerryCore
import FerryRecords
import Testing

@testable import FerryMapping

@Suite struct MappingCrewTests {
  private static let head = "编号,客户,联系人,手机,金额,阶段,日期,地址,备注"

  /// Rows that leave something open until the last: dates of two readings, values of no map.
  private static func text(rows: Int) -> String {
    var text = head + "\n"
    for row in 0..<rows {
      let date = row == rows - 5 ? "25/03/2024" : "0\(row % 9 + 1)/0\(row % 7 + 1)/2024"
      let stage = ["赢单", "输单", "不明\(row % 5)", ""][row % 4]
      let mobile = row.isMultiple(of: 50) ? "12" : "138\(10_000_000 + row)"
      let amount = row.isMultiple(of: 97) ? "很多" : row.isMultiple(of: 31) ? "$12.5" : "\(row).25"
      let key = row.isMultiple(of: 211) ? "" : "K\(row / 2)"
      text += row.isMultiple(of: 333) ? ",,,,,,,,\n" : ""
      text += "\(key),客户\(row / 3),张\(row),\(mobile),\(amount),\(stage),\(date),"
      text += "广东省深圳市南山区科技路\(row)号,备注 \(row % 3)\n"
    }
    return text
  }

  private static let mapping = """
    ferry: 1
    sources:
      - file: ledger.csv
        records:
          account: { key: 客户, name: 客户, address: 地址 }
          contact:
            key: 编号
            name: 联系人
            mobile: 手机
            account: { link: account }
          deal:
            key: 编号
            name: 备注
            amount: 金额
            stage: { from: 阶段, map: { 赢单: won, 输单: lost }, otherwise: blank }
            close_date: 日期
            account: { link: account }
    """

  @Test func `several workers make what one makes`() throws {
    let place = try Workplace(["ledger.csv": Self.text(rows: 13_000)])
    let mapping = try place.load(Self.mapping)
    let one = try mapping.read(workers: 1)
    var told: [Int] = []
    let three = try mapping.read(workers: 3) { told.append($0.rows) }
    #expect(one.tables == three.tables && one.tables.allSatisfy(\.isBalanced))
    #expect(one.findings == three.findings && one.findings.count > 100)
    #expect(one.unmappedValues == three.unmappedValues && one.unmappedValues.count == 5)
    #expect(told.last == one.tables[0].rows && told == told.sorted())
    for (name, table) in one.records {
      let other = try #require(three.records[name])
      #expect(table.count == other.count && table.origins == other.origins)
      #expect(table.links == other.links && table.rejections == other.rejections)
      let isSame = (0..<table.count).allSatisfy { record in
        table.externalID(of: record) == other.externalID(of: record)
          && table.fields.indices.allSatisfy {
            table.string(field: $0, of: record) == other.string(field: $0, of: record)
          }
      }
      #expect(isSame)
    }
    // One cell near the end says that days come first.
    #expect(one.records["deal"]?.string(field: 5, of: 1) != nil)
  }
}
