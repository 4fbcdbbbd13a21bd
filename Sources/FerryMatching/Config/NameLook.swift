import FerryNormalization

/// Whose name a value may be, from words that names of people and of companies are made of.
struct NameLook {
  /// Whether it is written in Chinese signs.
  let isHan: Bool
  /// Whether it holds a given name, or begins with a family name, that many people bear.
  let isKnownPerson: Bool
  /// Whether a word tells what a company does, or that it is one.
  let saysTrade: Bool

  /// Looks at a value, blanks around it taken off.
  init(_ text: String) {
    let folded = TextFold.folded(text)
    isHan = folded.contains { (0x4E00...0x9FFF).contains($0) }
    var words = CompanyText()
    words.read(folded)
    if isHan {
      let start = String(text.prefix(1))
      isKnownPerson =
        Self.familyNames.contains(start) || Surnames.compound.contains(String(text.prefix(2)))
      saysTrade = ChineseCompany.trade(atEndOf: folded.span) > 0
    } else {
      isKnownPerson = words.hashes.contains { Nicknames.list(of: $0) > 0 }
      saysTrade =
        words.hashes.count > 1
        && words.hashes.contains { [.trade, .weak].contains(CompanyWords.meaning(of: $0).kind) }
    }
  }

  /// The hundred most common family names, which 85 of 100 people in China bear, and their
  /// traditional forms.
  ///
  /// Source: 公安部户政管理研究中心《二〇二〇年全国姓名报告》.
  private static let familyNames = Set(
    """
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆\
    汪范廖石金韦贾夏付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤\
    張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭蔣葉蘇呂盧鍾譚陸韋賈鄒閻龍賀顧龔萬錢嚴湯
    """.map(String.init))
}
