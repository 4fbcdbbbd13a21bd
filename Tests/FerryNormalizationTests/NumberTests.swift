import FerryCore
import FerryRecords
import Testing

@testable import FerryNormalization

@Suite struct AmountTests {
  /// Sources: 中国人民银行《正确填写票据和结算凭证的基本规定》 for 大写; ISO 4217 for places; CLDR 44 for signs.
  static let plain = [
    NormalizationCase("1200", "1200.00"),
    NormalizationCase("1200.5", "1200.50"),
    NormalizationCase("0", "0.00"),
    NormalizationCase("0.5", "0.50"),
    NormalizationCase(".5", "0.50"),
    NormalizationCase("007", "7.00"),
    NormalizationCase("1,200", "1200.00"),
    NormalizationCase("1，200，000．50", "1200000.50"),
    NormalizationCase("1,2345,6789", "123456789.00"),
    NormalizationCase("1 200 000", "1200000.00"),
    NormalizationCase("1'200.50", "1200.50"),
    NormalizationCase("1.200,50", "1200.50"),
    NormalizationCase("1200,50", "1200.50"),
    NormalizationCase("1.200.500", "1200500.00"),
    NormalizationCase("￥1,200.50", "1200.50"),
    NormalizationCase("¥ 1200", "1200.00"),
    NormalizationCase("RMB 1200", "1200.00"),
    NormalizationCase("CNY1200", "1200.00"),
    NormalizationCase("1200元", "1200.00"),
    NormalizationCase("人民币1200元整", "1200.00"),
    NormalizationCase("１２００．５０", "1200.50"),
    NormalizationCase("-1200", "-1200.00"),
    NormalizationCase("(1,200)", "-1200.00"),
    NormalizationCase("（1,200.50）", "-1200.50"),
    NormalizationCase("1200-", "-1200.00"),
    NormalizationCase("￥-1200", "-1200.00"),
    NormalizationCase("-0", "0.00"),
    NormalizationCase("3.5万", "35000.00"),
    NormalizationCase("3.5万元", "35000.00"),
    NormalizationCase("3.5w", "35000.00"),
    NormalizationCase("1.2亿", "120000000.00"),
    NormalizationCase("3亿2000万", "320000000.00"),
    NormalizationCase("5千", "5000.00"),
    NormalizationCase("1.2m", "1200000.00"),
    NormalizationCase("500k", "500000.00"),
    NormalizationCase("12元5角", "12.50"),
    NormalizationCase("壹拾贰万叁仟元整", "123000.00"),
    NormalizationCase("人民币壹仟肆佰零玖元伍角", "1409.50"),
    NormalizationCase("陆仟零柒元壹角肆分", "6007.14"),
    NormalizationCase("壹仟陆佰捌拾元叁角贰分", "1680.32"),
    NormalizationCase("拾万零柒仟元伍角叁分", "107000.53"),
    NormalizationCase("叁佰贰拾伍元零肆分", "325.04"),
    NormalizationCase("三千五", "3500.00"),
    NormalizationCase("三千零五", "3005.00"),
    NormalizationCase("十二万", "120000.00"),
    NormalizationCase("一亿二千万", "120000000.00"),
    NormalizationCase("1万3", nil, "money.unreadable"),
    NormalizationCase("1.23,456.7", nil, "money.unreadable"),
    NormalizationCase("1,20", "1.20"),
    NormalizationCase("1,20,000", nil, "money.unreadable"),
    NormalizationCase("10-20万", nil, "money.range"),
    NormalizationCase("10~20万", nil, "money.range"),
    NormalizationCase("面议", nil, "money.unreadable"),
    NormalizationCase("约3.5万", "35000.00", "money.about"),
    NormalizationCase("待定", nil),
    NormalizationCase("-", nil),
    NormalizationCase("37.505", "37.51", "money.rounded"),
    NormalizationCase("-37.505", "-37.51", "money.rounded"),
    NormalizationCase("37.50000", "37.50"),
    NormalizationCase("0.30000000000000004", "0.30", kind: .number),
    NormalizationCase("1000000.1000000001", "1000000.10", kind: .number),
    NormalizationCase("37.499999999999", "37.50", "money.rounded", kind: .number),
    NormalizationCase("37.4999999999999964", "37.50", kind: .number),
    NormalizationCase("0.125", "0.13", "money.rounded", kind: .number),
    NormalizationCase("1.2E+05", "120000.00", "number.scientific"),
    NormalizationCase("$1,200", "1200.00", "money.other-currency"),
    NormalizationCase("1,200 USD", "1200.00", "money.other-currency"),
    NormalizationCase("100万美元", "1000000.00", "money.other-currency"),
    NormalizationCase("5000日元", "5000", "money.other-currency"),
    NormalizationCase("#VALUE!", nil, "cell.formula-error", kind: .error),
    NormalizationCase("99999999999999999999999999999999999999999999", nil, "money.unreadable"),
  ]

  @Test(arguments: plain) func `amounts become plain decimals`(_ row: NormalizationCase) {
    row.check(.amount)
  }

  static let wan = [
    NormalizationCase("3.5", "35000.00"),
    NormalizationCase("35", "350000.00", kind: .number),
    NormalizationCase("3.5万", "35000.00", "money.unit-in-cell"),
    NormalizationCase("35000元", "35000.00", "money.unit-in-cell"),
    NormalizationCase("￥12", "120000.00"),
    NormalizationCase("1.23456", "12345.60"),
    NormalizationCase("1.2345678", "12345.68", "money.rounded"),
    NormalizationCase("叁万元整", "30000.00", "money.unit-in-cell"),
    NormalizationCase("0.30000000000000004", "3000.00", kind: .number),
  ]

  @Test(arguments: wan) func `a column's unit holds where the cell has none`(
    _ row: NormalizationCase
  ) {
    row.check(.amount, NormalizationOptions(unit: MoneyUnit("万元")))
  }

  @Test func `minor digits follow the currency`() {
    NormalizationCase("1200", "1200").check(.amount, NormalizationOptions(currency: "JPY"))
    NormalizationCase("¥1200", "1200").check(.amount, NormalizationOptions(currency: "JPY"))
    NormalizationCase("1200.5", "1201", "money.rounded").check(
      .amount, NormalizationOptions(currency: "JPY"))
    NormalizationCase("1.5", "1.500").check(.amount, NormalizationOptions(currency: "KWD"))
    NormalizationCase("$1.5", "1.50").check(.amount, NormalizationOptions(currency: "HKD"))
    NormalizationCase("1.200", "1200.00").check(
      .amount, NormalizationOptions(region: "DE", currency: "EUR"))
    NormalizationCase("1.200", "1.20").check(
      .amount, NormalizationOptions(region: "CN", currency: "CNY"))
    NormalizationCase("12.5", "12.50", kind: .number).check(
      .amount, NormalizationOptions(region: "DE", currency: "EUR"))
  }

  @Test func `the currency of a cell is handed on`() {
    var normalizer = FieldNormalizer(type: .amount)
    _ = normalizer.normalize("US$ 5")
    #expect(normalizer.foundCurrency == "USD")
    _ = normalizer.normalize("5")
    #expect(normalizer.foundCurrency == nil)
  }

  @Test(arguments: ["元", "千元", "万", "万元", "百万", "亿元", "k", "Million"]) func `units are read`(
    _ name: String
  ) {
    #expect(MoneyUnit(name) != nil)
    #expect(MoneyUnit("斤") == nil)
  }
}

@Suite struct PlainNumberTests {
  @Test(arguments: [
    NormalizationCase("1200.50", "1200.5"),
    NormalizationCase("10台", "10", "number.measure-word"),
    NormalizationCase("3.5万", "35000"),
    NormalizationCase("0.30000000000000004", "0.3", kind: .number),
    NormalizationCase("一百零五", "105"),
    NormalizationCase("十个", nil, "number.unreadable"),
    NormalizationCase("abc", nil, "number.unreadable"),
    NormalizationCase("￥5", nil, "number.unreadable"),
  ]) func `decimals lose their last zeros`(_ row: NormalizationCase) { row.check(.decimal) }

  @Test(arguments: [
    NormalizationCase("12", "12"),
    NormalizationCase("12.0", "12", kind: .number),
    NormalizationCase("1,200", "1200"),
    NormalizationCase("12.5", nil, "number.not-whole"),
    NormalizationCase("-3", "-3"),
    NormalizationCase("二〇二四", "2024"),
  ]) func `integers have no fraction`(_ row: NormalizationCase) { row.check(.integer) }

  @Test(arguments: [
    NormalizationCase("30%", "30"),
    NormalizationCase("30％", "30"),
    NormalizationCase("30", "30"),
    NormalizationCase("0.3", "30", "percent.read-as-fraction"),
    NormalizationCase("1", "100", "percent.read-as-fraction"),
    NormalizationCase("0", "0"),
    NormalizationCase("0.5%", "0.5"),
    NormalizationCase("5‰", "0.5"),
    NormalizationCase("百分之三十", "30"),
    NormalizationCase("100", "100"),
    NormalizationCase("120%", nil, "percent.out-of-range"),
    NormalizationCase("-5", nil, "percent.out-of-range"),
    NormalizationCase("高", nil, "percent.unreadable"),
  ]) func `percentages lie between 0 and 100`(_ row: NormalizationCase) { row.check(.percent) }

  @Test func `a column's scale settles percentages without a sign`() {
    NormalizationCase("0.3", "0.3").check(.percent, NormalizationOptions(percentScale: .points))
    NormalizationCase("0.3", "30").check(.percent, NormalizationOptions(percentScale: .fraction))
  }

  @Test(arguments: [
    NormalizationCase("是", "1"), NormalizationCase("否", "0"), NormalizationCase("在职", "1"),
    NormalizationCase("离职", "0"), NormalizationCase("Y", "1"), NormalizationCase("n", "0"),
    NormalizationCase("TRUE", "1"), NormalizationCase("false", "0", kind: .boolean),
    NormalizationCase("有", "1"), NormalizationCase("无", "0"), NormalizationCase("-", nil),
    NormalizationCase("√", "1"), NormalizationCase("×", "0"), NormalizationCase("1", "1"),
    NormalizationCase("也许", nil, "boolean.unreadable"), NormalizationCase("", nil),
  ]) func `yes and no are told in many words`(_ row: NormalizationCase) { row.check(.boolean) }

  @Test(arguments: [
    NormalizationCase("人民币", "CNY"), NormalizationCase("rmb", "CNY"),
    NormalizationCase("￥", "CNY"), NormalizationCase("美元", "USD"), NormalizationCase("us$", "USD"),
    NormalizationCase("eur", "EUR"), NormalizationCase("港币", "HKD"),
    NormalizationCase("比特币", nil, "currency.unknown"),
  ]) func `currencies become ISO codes`(_ row: NormalizationCase) { row.check(.currency) }

  @Test(arguments: [
    NormalizationCase("赢单", "won"), NormalizationCase("Closed Won", "won"),
    NormalizationCase("WON", "won"), NormalizationCase("won", "won"),
    NormalizationCase("飞了", nil, "choice.unknown"),
  ]) func `choices are known by value, label and synonym`(_ row: NormalizationCase) {
    row.check(.choice(.dealStage))
  }
}
