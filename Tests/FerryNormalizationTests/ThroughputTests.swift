import FerryCore
import FerryRecords
import Foundation
import Testing

@testable import FerryNormalization

/// Prints values per second of each kind; held to nothing, since machines differ.
///
/// `FERRY_BENCH=1 swift test -c release --filter Throughput`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FERRY_BENCH"] == "1"))
struct ThroughputTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    let type: FieldType
    var kind = CellKind.text
    let values: [String]
    var testDescription: String { name }
  }

  static let kinds = [
    Kind(name: "text, Chinese", type: .text, values: ["初步接洽的客户", "云腾致雨露结为霜", "meeting notes"]),
    Kind(name: "text, folded", type: .text, values: ["a\u{00A0}b中文\u{200B}"]),
    Kind(name: "person, plain", type: .personName, values: ["张三丰", "李小明", "Ada Lovelace"]),
    Kind(name: "person, 先生", type: .personName, values: ["张三丰先生"]),
    Kind(name: "company", type: .companyName, values: ["云腾科技（北京）有限公司", "Acme Co., Ltd."]),
    Kind(name: "phone, mobile", type: .phone, values: ["13812345678", "13987654321"]),
    Kind(name: "phone, land line", type: .phone, values: ["010-88993108", "0755-26712345"]),
    Kind(name: "phone, library", type: .phone, values: ["010-88993108转801"]),
    Kind(name: "phone, several", type: .phone, values: ["13812345678/13912345678"]),
    Kind(name: "email", type: .email, values: ["ada.lovelace@example.com"]),
    Kind(name: "url", type: .url, values: ["www.example.com/a"]),
    Kind(name: "credit code", type: .creditCode, values: ["91310110666007217T"]),
    Kind(name: "province", type: .province, values: ["广东省", "北京市"]),
    Kind(name: "province, short", type: .province, values: ["广东", "北京"]),
    Kind(
      name: "amount, plain", type: .amount, kind: .number, values: ["1200.5", "37", "99999.99"]),
    Kind(name: "amount, signs", type: .amount, values: ["￥1,200.50", "3.5万", "(1,200)"]),
    Kind(name: "amount, 大写", type: .amount, values: ["壹拾贰万叁仟元整"]),
    Kind(name: "date, ISO", type: .date, kind: .date, values: ["2024-03-05"]),
    Kind(name: "date, typed", type: .date, values: ["2024年3月5日", "2024/3/5", "5-Mar-24"]),
    Kind(name: "instant", type: .instant, kind: .datetime, values: ["2024-03-05T09:30:00"]),
    Kind(name: "choice", type: .choice(.dealStage), values: ["赢单", "初步接洽"]),
    Kind(name: "boolean", type: .boolean, values: ["是", "否"]),
  ]

  @Test func `values per second`() {
    for kind in Self.kinds {
      var normalizer = FieldNormalizer(type: kind.type)
      var output = ContiguousArray<UInt8>()
      let values = kind.values.map { ContiguousArray($0.utf8) }
      var count = 0
      let clock = ContinuousClock()
      let start = clock.now
      while clock.now - start < .milliseconds(300) {
        for _ in 0..<1000 {
          for value in values {
            _ = normalizer.normalize(value.span, kind: kind.kind, into: &output)
          }
        }
        count += 1000 * values.count
      }
      let seconds = (clock.now - start) / .seconds(1)
      print("\(kind.name): \(Int(Double(count) / seconds / 1000))k/s")
    }
  }

  @Test func `names and addresses per second`() {
    let companies = ["云腾科技（北京）有限公司", "北京市云腾科技有限责任公司", "Acme Trading Co., Ltd.", "云腾致雨有限公司"]
    measure("company core") { for name in companies { sink(CompanyName.parse(name).core) } }
    let people = ["张三丰", "李小明先生", "Ada Lovelace", "欧阳娜娜"]
    measure("person parts") { for name in people { sink(PersonName.parse(name).full) } }
    let addresses = ["广东省深圳市南山区科技园路1号", "北京海淀区中关村", "浦东新区陆家嘴", "解放路12号"]
    measure("address") { for address in addresses { sink(ChineseAddress.split(address).rest) } }
  }

  @inline(never) private func sink(_ text: String) {}

  /// Prints thousands per second; `body` does four.
  private func measure(_ name: String, _ body: () -> Void) {
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<2000 { body() }
    let seconds = (clock.now - start) / .seconds(1)
    print("\(name): \(Int(8 / seconds))k/s")
  }
}
