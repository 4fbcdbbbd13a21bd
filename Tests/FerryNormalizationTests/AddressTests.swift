import FerryCore
import FerryRecords
import Testing

@testable import FerryNormalization

@Suite struct ChineseAddressTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let input: String
    let parts: [String?]
    let rest: String
    var testDescription: String { input }

    init(_ input: String, _ parts: [String?], _ rest: String) {
      self.input = input
      self.parts = parts
      self.rest = rest
    }
  }

  /// Source: addresses of modood's and DQinYuan's shapes, and the divisions' own names.
  static let table = [
    Case("广东省深圳市南山区科技园路1号", ["广东省", "深圳市", "南山区"], "科技园路1号"),
    Case("深圳市南山区东滨路86号", ["广东省", "深圳市", "南山区"], "东滨路86号"),
    Case("广东深圳南山科技园", ["广东省", "深圳市", "南山区"], "科技园"),
    Case("北京市海淀区北四环西路66号", ["北京市", "北京市", "海淀区"], "北四环西路66号"),
    Case("北京海淀区中关村", ["北京市", "北京市", "海淀区"], "中关村"),
    Case("北京市市辖区朝阳区建国路1号", ["北京市", "北京市", "朝阳区"], "建国路1号"),
    Case("浙江省诸暨市暨阳街道", ["浙江省", "绍兴市", "诸暨市"], "暨阳街道"),
    Case("浙江省 杭州市 西湖区 文三路", ["浙江省", "杭州市", "西湖区"], "文三路"),
    Case("吉林市船营区", ["吉林省", "吉林市", "船营区"], ""),
    Case("河南省济源市", ["河南省", "济源市", nil], ""),
    Case("重庆市忠县", ["重庆市", "重庆市", "忠县"], ""),
    Case("新疆乌鲁木齐市天山区", ["新疆维吾尔自治区", "乌鲁木齐市", "天山区"], ""),
    Case("广东省东莞市南城街道", ["广东省", "东莞市", nil], "南城街道"),
    Case("中国上海市浦东新区世纪大道100号", ["上海市", "上海市", "浦东新区"], "世纪大道100号"),
    Case("香港特别行政区湾仔区", ["香港特别行政区", "香港岛", "湾仔区"], ""),
    Case("北京路12号", [nil, nil, nil], "北京路12号"),
    Case("南京西路1266号", [nil, nil, nil], "南京西路1266号"),
    Case("鼓楼区中山路", [nil, nil, nil], "鼓楼区中山路"),
    Case("浦东新区陆家嘴", ["上海市", "上海市", "浦东新区"], "陆家嘴"),
    Case("123 Main St", [nil, nil, nil], "123 Main St"),
    Case("", [nil, nil, nil], ""),
  ]

  @Test(arguments: table) func `addresses are split from their beginning`(_ row: Case) {
    let address = ChineseAddress.split(row.input)
    #expect([address.province, address.city, address.district] == row.parts)
    #expect(address.rest == row.rest)
  }

  @Test(arguments: [
    NormalizationCase("广东", "广东省"), NormalizationCase("广东省", "广东省"),
    NormalizationCase("内蒙古", "内蒙古自治区"), NormalizationCase("北京", "北京市"),
    NormalizationCase("CA", "CA"), NormalizationCase("Bayern", "Bayern"),
  ]) func `provinces get their full names`(_ row: NormalizationCase) { row.check(.province) }

  @Test(arguments: [
    NormalizationCase("深圳", "深圳市"), NormalizationCase("广东省深圳市", "深圳市"),
    NormalizationCase("北京", "北京市"), NormalizationCase("延边", "延边朝鲜族自治州"),
    NormalizationCase("济源", "济源市"), NormalizationCase("Berlin", "Berlin"),
  ]) func `cities get their full names`(_ row: NormalizationCase) { row.check(.city) }

  @Test(arguments: [
    NormalizationCase("海淀", "海淀区"), NormalizationCase("海淀区", "海淀区"),
    NormalizationCase("火星区", "火星区"),
  ]) func `districts get their full names`(_ row: NormalizationCase) { row.check(.district) }

  /// Source: DQinYuan/chinese_province_city_area_mapper, tests/addr.csv (MIT): no labels, so that
  /// only consistency is held: parts and rest give the text again.
  @Test func `nothing of ten thousand addresses is lost`() {
    guard let lines = Corpus.lines("ref/cn_addresses/addr.csv") else { return }
    var placed = 0
    for line in lines.dropFirst() {
      let text = String(line.split(separator: ",", omittingEmptySubsequences: false)[0])
      let address = ChineseAddress.split(text)
      #expect(
        TextFolding.folded(text, level: .line).replacing(" ", with: "").hasSuffix(
          address.rest.replacing(" ", with: "")))
      placed += address.province == nil ? 0 : 1
    }
    print("addresses placed: \(placed) of \(lines.count - 1)")
    #expect(placed > 7000)
  }
}
