import Testing

@testable import FerryDrafting

@Suite("headers")
struct HeaderTextTests {
  @Test(arguments: [
    ("Billing Street", "billingstreet"), ("billing_street", "billingstreet"),
    ("BillingStreet", "billingstreet"), ("客戶名稱", "客户名称"), ("*手机号码：", "手机号码"),
    ("年采购额（万元）", "年采购额"), ("Level__c", "level"), ("联系人 姓名", "联系人姓名"),
    ("（备注）", "备注"),
  ])
  func `are compared without case, blanks, brackets and old characters`(
    _ header: String, _ folded: String
  ) {
    #expect(HeaderText(header).folded == folded)
  }

  @Test(
    arguments: [
      ("金额（万元）", "万元", nil), ("Amount (USD)", nil, "USD"), ("金额(万美元)", "万", "USD"),
      ("预算:万元", "万元", nil), ("Budget k", nil, nil), ("金额", nil, nil),
    ] as [(String, String?, String?)])
  func `tell their unit and currency`(_ header: String, _ unit: String?, _ currency: String?) {
    #expect(HeaderText(header).unit == unit)
    #expect(HeaderText(header).currency == currency)
  }

  @Test func `say that numbers are percentages`() {
    #expect(HeaderText("Probability (%)").isPercent)
    #expect(HeaderText("赢率%").isPercent)
    #expect(!HeaderText("赢率").isPercent)
  }
}
