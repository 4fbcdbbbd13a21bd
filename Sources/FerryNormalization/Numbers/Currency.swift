import FerryCore

/// The currencies of ISO 4217: their codes, their minor digits, and what people call them.
public enum Currency {
  /// How many digits the currency has behind the point: CNY 2, JPY 0, KWD 3.
  ///
  /// Source: ISO 4217:2015 list one, column "Minor unit".
  public static func minorDigits(of code: String) -> Int { digits[code] ?? 2 }

  /// Whether `code` is in ISO 4217.
  public static func isKnown(_ code: String) -> Bool { codes.contains(code) }

  /// The code for a code, name or sign, such as `rmb`, 人民币, `US$` or 日元; `nil` for others.
  public static func code(for text: String) -> String? {
    let folded = TextFolding.folded(text).lowercased()
    if isKnown(folded.uppercased()) { return folded.uppercased() }
    return names.first { $0.0 == folded }?.1
  }

  private static let digits: [String: Int] = {
    var digits: [String: Int] = ["CLF": 4, "UYW": 4]
    for code in "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(
      separator: " ")
    {
      digits[String(code)] = 0
    }
    for code in "BHD IQD JOD KWD LYD OMR TND".split(separator: " ") { digits[String(code)] = 3 }
    return digits
  }()

  private static let codes = Set(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP \
    BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP \
    GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS \
    KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
    MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF \
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD \
    TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
    """.split(separator: " ").map(String.init))

  /// Names and signs, folded and in lower case; longer ones before those they begin with.
  ///
  /// `¥` is the sign of both CNY and JPY: it says nothing where the field's currency is JPY.
  static let names: [(String, String)] = [
    ("人民币", "CNY"), ("人民幣", "CNY"), ("rmb", "CNY"), ("cn¥", "CNY"), ("renminbi", "CNY"),
    ("chinese yuan", "CNY"), ("yuan", "CNY"), ("美元", "USD"), ("美金", "USD"), ("us$", "USD"),
    ("us dollars", "USD"), ("us dollar", "USD"), ("dollars", "USD"), ("dollar", "USD"),
    ("hk$", "HKD"), ("港币", "HKD"), ("港元", "HKD"), ("港幣", "HKD"), ("nt$", "TWD"), ("新台币", "TWD"),
    ("新臺幣", "TWD"), ("台币", "TWD"), ("a$", "AUD"), ("au$", "AUD"), ("澳元", "AUD"), ("c$", "CAD"),
    ("ca$", "CAD"), ("加元", "CAD"), ("s$", "SGD"), ("新加坡元", "SGD"), ("新币", "SGD"), ("欧元", "EUR"),
    ("歐元", "EUR"), ("euros", "EUR"), ("euro", "EUR"), ("日元", "JPY"), ("日圆", "JPY"), ("日圓", "JPY"),
    ("円", "JPY"), ("yen", "JPY"), ("英镑", "GBP"), ("英鎊", "GBP"), ("pounds", "GBP"), ("韩元", "KRW"),
    ("韩币", "KRW"), ("瑞士法郎", "CHF"), ("卢布", "RUB"), ("泰铢", "THB"), ("越南盾", "VND"), ("印度卢比", "INR"),
    ("澳门元", "MOP"), ("澳门币", "MOP"), ("¥", "CNY"), ("$", "USD"), ("€", "EUR"), ("£", "GBP"),
    ("₩", "KRW"), ("₹", "INR"), ("₽", "RUB"), ("฿", "THB"), ("₫", "VND"),
  ]
}

extension FieldNormalizer {
  mutating func readCurrency(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    let word = text.string
    guard let code = Currency.code(for: word) else {
      return .invalid(NormalizationIssue(.unknownCurrency, word))
    }
    output.append(contentsOf: code.utf8)
    return .value
  }
}
