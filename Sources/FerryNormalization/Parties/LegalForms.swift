/// The legal forms of companies, as they stand at the end or the beginning of a name.
///
/// Source: OpenSanctions rigour, `org_types.yml` (MIT) and GLEIF's ELF code list (ISO 20275), for
/// the forms met in China, Japan, Korea, Europe and the Americas.
package enum LegalForms {
  /// What names in Chinese, Japanese or Korean signs end in; longest first.
  package static let cjkSuffixes: [String] = [
    "股份有限公司", "有限责任公司", "股份合作公司", "集团有限公司", "集团股份有限公司", "控股有限公司", "有限合伙企业", "普通合伙企业",
    "特殊普通合伙", "个人独资企业", "有限公司", "集团公司", "股份公司", "总公司", "分公司", "子公司", "控股集团", "集团", "公司", "工作室",
    "经营部", "商行", "合伙企业", "股份有限公司分公司", "有限公司分公司", "有限責任公司", "集團有限公司", "集團", "股份有限公司", "株式会社", "株式會社",
    "有限会社", "合同会社", "合資会社", "合名会社", "㈱", "㈲", "(株)", "（株）", "(有)", "（有）", "주식회사", "유한회사", "(주)",
  ].sorted { $0.count > $1.count }

  /// What Japanese and Korean names may begin with.
  static let cjkPrefixes = [
    "株式会社", "株式會社", "有限会社", "合同会社", "合資会社", "合名会社", "㈱", "㈲", "(株)", "（株）", "(有)", "（有）", "주식회사",
    "유한회사", "(주)",
  ]

  /// The last words of Latin names, without dots and in lower case; longest first.
  package static let latinSuffixes: [[String]] = [
    "limited liability company", "private limited", "public limited company", "co ltd",
    "company limited", "co limited", "company ltd", "group co ltd", "pty ltd", "pte ltd", "pvt ltd",
    "private ltd", "sdn bhd", "gmbh & co kg", "gmbh & co kgaa", "gmbh co kg", "inc", "incorporated",
    "ltd", "limited", "llc", "l l c", "llp", "lp", "plc", "corp", "corporation", "co", "company",
    "gmbh", "ag", "kg", "kgaa", "ohg", "ug", "se", "sa", "s a", "sas", "sarl", "s a r l", "srl",
    "s r l", "spa", "s p a", "bv", "b v", "nv", "n v", "ab", "as", "asa", "a s", "aps", "oy", "oyj",
    "sl", "s l", "sp z o o", "kk", "k k", "godo kaisha", "ltda", "sa de cv", "s a de c v", "ooo",
    "oao", "zao", "kft", "zrt", "doo", "d o o", "sro", "s r o", "jsc", "pjsc",
    "pty", "pte", "pvt",
  ].map { $0.split(separator: " ").map(String.init) }.sorted { $0.count > $1.count }
}
