import Testing

@testable import FerryMatching

@Suite struct AddressesTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let left: String
    let right: String
    /// The level's id; `nil` where both are one value.
    let level: String?
    var testDescription: String { "\(left) | \(right)" }

    init(_ left: String, _ right: String, _ level: String?) {
      self.left = left
      self.right = right
      self.level = level
    }

    static let chinese = [
      Pair("陕西省西安市南山区科技路７０号２６栋１５４０室", "陕西省西安市南山区科技路70号26栋1540室", nil),
      Pair("广东省深圳市南山区科技路70号", "广东深圳南山区科技路七十号", nil),
      Pair("上海市浦東新區世紀大道100號", "上海市浦东新区世纪大道100号", nil),
      Pair("江苏省南京市海淀区迎宾路793号29栋2345室", "迎宾路793号29栋2345室", "same-known"),
      Pair("上海南京路609号15栋181室", "上海市黄浦区南京路609号15栋181室", "same-known"),
      Pair("北京市海淀区中关村大街27号", "中关村大街27号院3号楼501", "no-unit"),
      Pair("科技路70号26栋1540室", "科技路70号26栋1541室", "other-unit"),
      Pair("科技路70号26栋1540室", "科技路71号26栋1540室", "other-number"),
      Pair("北京路70号3室", "南京路70号3室", "differs"),
      Pair("青岛市市南区香港中路10号", "青岛市市南区延安三路88号", "same-area"),
      Pair("广东省深圳市南山区深南大道10号", "浙江省杭州市西湖区文三路90号", "differs"),
      Pair("上海市徐汇区漕溪北路18弄5号301室", "漕溪北路18弄6号301室", "other-number"),
      Pair("昆山市玉山镇前进中路88号", "昆山市前进中路88号", nil),
      Pair("天津市和平区南京路（近地铁）85号", "天津市和平区南京路85号", nil),
      Pair("100080 北京市海淀区中关村南大街5号", "北京海淀区中关村南大街5号", "same-known"),
    ]

    static let western = [
      Pair("8419 Market St, Apt 28, San Jose, CA", "8419 Market Street, #28, San Jose, CA", nil),
      Pair("123 Fifth Ave, New York, NY", "123 5th Avenue, New York, New York, USA", nil),
      Pair("123 Main St, Reno, NV 89501-1234", "123 Main Street, Reno NV 89501", nil),
      Pair("Unit 3, 15 Smith St, Richmond VIC 3121", "3/15 Smith Street, Richmond Vic 3121", nil),
      Pair("Hauptstr. 12, 10115 Berlin", "Hauptstraße 12, D-10115 Berlin, Germany", nil),
      Pair("123 N. Main St", "123 North Main Street, Las Vegas NV 89132", "same-known"),
      Pair("8419 Market St, San Jose", "8419 Market St, Apt 28, San Jose, CA", "no-unit"),
      Pair("8419 Market St, San Jose, CA", "8419 Markte St, San Jose, CA", "near"),
      Pair("8419 Market St, Apt 28, San Jose", "8419 Market St, Apt 29, San Jose", "other-unit"),
      Pair("8419 Market St, San Jose", "8491 Market St, San Jose", "other-number"),
      Pair("8419 Market St, San Jose", "12 Lake View Dr, Seattle", "differs"),
      Pair("12 High St, London SW1A 1AA", "77 Mill Lane, London SW1A 1AA", "same-area"),
      Pair("San Jose, CA", "Seattle, WA", "differs"),
      Pair("PO Box 12, Reno", "P.O. Box 12, Reno", nil),
    ]

    /// Cities and provinces of China in both scripts.
    static let roman = [
      Pair("杭州", "Hangzhou", nil), Pair("重庆市", "Chongqing", nil), Pair("西安", "Xi'an", nil),
      Pair("厦门", "XIAMEN", nil), Pair("杭州", "Suzhou", "differs"),
      Pair("浙江省杭州市", "Hangzhou, Zhejiang, China", nil), Pair("苏州", "Suzhou", nil),
    ]
  }

  @Test(arguments: Pair.chinese + Pair.western + Pair.roman)
  func `tells how two whole addresses stand to each other`(_ pair: Pair) {
    var addresses = Addresses(parts: [.full])
    let (left, right) = (addresses.add(pair.left), addresses.add(pair.right))
    #expect(addresses.level(id: left, right) == pair.level)
    #expect(addresses.level(id: right, left) == pair.level)
  }

  @Test(
    arguments: [
      (["7", "wallaby place", "delmar", "cleveland", "2119", "sa"], nil),
      (["7", "wallabyplace", "delmar", "cleveland", "2119", "sa"], nil),
      (["7", "wallaby place", "", "cleveland", "2119", "SA"], "same-known"),
      (["7", "wallbay place", "delamr", "cleveland", "2191", "sa"], "near"),
      (["7", "delmar", "wallaby place", "cleveland", "2119", "sa"], "same-known"),
      (["17", "wallaby place", "delmar", "cleveland", "2119", "sa"], "most"),
      (["17", "wallaby place", "", "cleveland", "2119", "sa"], "other-number"),
      (["20", "mill road", "", "cleveland", "2119", "sa"], "same-area"),
      (["20", "mill road", "", "perth", "6000", "wa"], "differs"),
    ] as [([String], String?)])
  func `reads the parts of several columns together`(_ cells: [String], _ level: String?) {
    let headers = ["street_number", "address_1", "address_2", "suburb", "postcode", "state"]
    var addresses = Addresses(parts: headers.map(AddressPart.init))
    let first = addresses.add(["7", "wallaby place", "delmar", "cleveland", "2119", "sa"])
    let second = addresses.add(cells)
    #expect(addresses.level(id: first, second) == level)
  }

  @Test func `reads cities in Latin letters in columns of their own`() {
    var addresses = Addresses(parts: [.city, .state])
    #expect(addresses.add(["Guangzhou", "Guangdong"]) == addresses.add(["广州", "广东"]))
    #expect(addresses.add(["Paris", "Texas"]) > 1)
  }

  @Test(arguments: [
    ("street_number", AddressPart.streetNumber), ("ADDR_LINE1", .street),
    ("address_2", .secondLine),
    ("Postal Code", .postcode), ("ZIP", .postcode), ("suburb", .district), ("所在区", .district),
    ("省份", .state), ("城市", .city), ("详细地址", .full), ("地址", .full), ("Country", .country),
    ("address", .full),
  ])
  func `guesses the part from the header`(_ header: String, _ part: AddressPart) {
    #expect(AddressPart(header: header) == part)
  }

  @Test func `takes nothing for no address, and a book for one`() {
    var addresses = Addresses(parts: [.full])
    #expect(addresses.add("  , - ") == 0)
    #expect(addresses.add("（）") == 0)
    #expect(addresses.add(String(repeating: "南京路", count: 1_000_000)) == 1)
    #expect(addresses.add(String(repeating: "7 ", count: 1_000_000)) == 2)
    #expect((0...8).contains(addresses.level(1, 2)))
  }

  @Test func `brings together what shares its end, and its levels add up`() {
    var addresses = Addresses(parts: [.full])
    let left = addresses.add("上海市浦东新区世纪大道100号7层")
    let right = addresses.add("世纪大道100号7楼")
    #expect(!addresses.keys(of: left).isDisjoint(with: addresses.keys(of: right)))
    #expect(abs(Addresses.levels.reduce(0) { $0 + $1.m } - 1) < 1e-9)
    #expect(abs(Addresses.levels.reduce(0) { $0 + $1.u } - 1) < 1e-9)
  }
}

extension ValueStore {
  /// The level's id; `nil` where both are one value.
  func level(id left: UInt32, _ right: UInt32) -> String? {
    left == right ? nil : Self.levels[level(left, right)].id
  }

  func keys(of value: UInt32) -> Set<BlockingKey> {
    var keys = ContiguousArray<BlockingKey>()
    appendKeys(of: value, to: &keys)
    return Set(keys)
  }
}
