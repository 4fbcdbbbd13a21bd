/// What a column of an address holds.
enum AddressPart: String, Sendable, CaseIterable {
  /// A whole address, or nobody knows which part of one.
  case full
  /// The line with the street, often with the number too.
  case street
  case streetNumber = "street_number"
  /// A second line: a building, an estate, or a unit.
  case secondLine = "second_line"
  case unit
  /// Suburb, 区 or 县.
  case district
  case city
  /// State or 省.
  case state
  case postcode
  case country

  /// Guesses the part from a column's header, in English or Chinese.
  init(header: String) {
    let name = String(
      header.lowercased().unicodeScalars.map {
        $0 == "_" || $0 == "-" || $0 == "." ? " " : Character($0)
      })
    self = Self.words.first { $0.words.contains(where: name.contains) }?.part ?? .full
  }

  /// The first line that fits decides, so the more special words come first.
  private static let words: [(part: AddressPart, words: [String])] = [
    (
      .streetNumber,
      [
        "street number", "streetnumber", "street no", "house number", "house no", "housenumber",
        "门牌",
      ]
    ),
    (.postcode, ["postcode", "post code", "postal", "zip", "plz", "邮编", "邮政编码"]),
    (.full, ["full", "详细地址", "完整地址", "通讯地址"]),
    (
      .secondLine,
      [
        "address 2", "address2", "address line 2", "addr 2", "addr2", "line 2", "line2", "street 2",
        "street2", "小区", "楼盘", "building",
      ]
    ),
    (.unit, ["unit", "apartment", "apt", "suite", "flat", "floor", "室号", "房号", "单元", "楼层", "楼栋"]),
    (
      .street,
      [
        "street", "address 1", "address1", "address line 1", "addr 1", "addr1", "line 1", "line1",
        "road", "路名", "街道", "strasse", "straße",
      ]
    ),
    (
      .district,
      ["suburb", "district", "county", "neighbo", "borough", "town", "区县", "县区", "区", "县"]
    ),
    (.state, ["state", "province", "region", "省"]),
    (.city, ["city", "locality", "municipality", "城市", "市"]),
    (.country, ["country", "nation", "国家", "国别"]),
  ]
}
