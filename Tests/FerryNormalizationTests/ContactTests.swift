import FerryCore
import FerryRecords
import Testing

@testable import FerryNormalization

@Suite struct EmailTests {
  /// Sources: RFC 5321 and 6531 for shapes, RFC 6068 for mailto:, sheets' habits for the rest.
  static let table = [
    NormalizationCase("ada@example.com", "ada@example.com"),
    NormalizationCase("  Ada.Lovelace@Example.COM ", "ada.lovelace@example.com"),
    NormalizationCase("ada＠example.com", "ada@example.com"),
    NormalizationCase("ada@example。com", "ada@example.com"),
    NormalizationCase("mailto:ada@example.com", "ada@example.com"),
    NormalizationCase("mailto:ada@example.com?subject=hi", "ada@example.com"),
    NormalizationCase("Ada Lovelace <ada@example.com>", "ada@example.com"),
    NormalizationCase("\"Lovelace, Ada\" <ada@example.com>", "ada@example.com"),
    NormalizationCase("张三<zhangsan@example.cn>", "zhangsan@example.cn"),
    NormalizationCase("邮箱：zhangsan@example.cn", "zhangsan@example.cn"),
    NormalizationCase("ada+crm@example.co.uk", "ada+crm@example.co.uk"),
    NormalizationCase("用户@例子.中国", "用户@例子.中国"),
    NormalizationCase("ada@example.com.", "ada@example.com"),
    NormalizationCase("ada@example", nil, "email.bad-address"),
    NormalizationCase("ada@@example.com", nil, "email.bad-address"),
    NormalizationCase("ada..l@example.com", nil, "email.bad-address"),
    NormalizationCase(".ada@example.com", nil, "email.bad-address"),
    NormalizationCase("ada@-example.com", nil, "email.bad-address"),
    NormalizationCase("ada.example.com", nil, "email.no-at"),
    NormalizationCase("暂无", nil),
    NormalizationCase("N/A", nil),
  ]

  @Test(arguments: table) func `addresses are found and put in lower case`(
    _ row: NormalizationCase
  ) {
    row.check(.email)
  }

  @Test func `several addresses of one cell are all found`() {
    var normalizer = FieldNormalizer(type: .email)
    let (text, result) = normalizer.normalize(
      "A@example.com；b@example.com / c@example.com、a@example.com")
    #expect(text == "a@example.com")
    #expect(normalizer.extras == ["b@example.com", "c@example.com"])
    #expect(result == .value)
  }
}

@Suite struct URLTests {
  /// Source: RFC 3986, 6.2 (normalization).
  static let table = [
    NormalizationCase("https://www.example.com", "https://www.example.com"),
    NormalizationCase("HTTPS://WWW.Example.COM/Path?Q=1", "https://www.example.com/Path?Q=1"),
    NormalizationCase("www.example.com", "http://www.example.com"),
    NormalizationCase("www．example．com", "http://www.example.com"),
    NormalizationCase("example.com/", "http://example.com"),
    NormalizationCase("http://example.com:80/a", "http://example.com/a"),
    NormalizationCase("https://example.com:8443", "https://example.com:8443"),
    NormalizationCase("https：//example.com", "https://example.com"),
    NormalizationCase("例子.中国", "http://例子.中国"),
    NormalizationCase("192.168.1.1:8080/x", "http://192.168.1.1:8080/x"),
    NormalizationCase("javascript:alert(1)", nil, "url.unreadable"),
    NormalizationCase("ada@example.com", nil, "url.unreadable"),
    NormalizationCase("没有网站", nil, "url.unreadable"),
    NormalizationCase("example", nil, "url.unreadable"),
    NormalizationCase("无", nil),
  ]

  @Test(arguments: table) func `web addresses get a scheme and a host in lower case`(
    _ row: NormalizationCase
  ) {
    row.check(.url)
  }
}
