import FerryNormalization
import Foundation

/// A header in the form that words are compared in, and what stands in its brackets.
///
/// `Billing Street`, `billing_street` and `BillingStreet` are one; `年采购额（万元）` is `年采购额` with
/// a unit. Traditional characters that headers use are read as simplified ones.
struct HeaderText: Hashable {
  /// Letters, digits and Chinese characters alone, in lower case.
  let folded: String
  /// The unit that the header names, such as 万元.
  private(set) var unit: String?
  /// The ISO 4217 code that the header names.
  private(set) var currency: String?
  /// Whether the header says that its numbers are percentages.
  private(set) var isPercent = false

  init(_ header: String) {
    var plain = ""
    var bracket = ""
    var depth = 0
    var brackets: [String] = []
    for character in header.precomposedStringWithCompatibilityMapping {
      switch character {
      case "(", "[", "【", "〔", "<": depth += 1
      case ")", "]", "】", "〕", ">":
        depth = max(0, depth - 1)
        if depth == 0, !bracket.isEmpty {
          brackets.append(bracket)
          bracket = ""
        }
      default: if depth > 0 { bracket.append(character) } else { plain.append(character) }
      }
    }
    if !bracket.isEmpty { brackets.append(bracket) }
    let folded = Self.fold(plain)
    self.folded = folded.isEmpty ? Self.fold(header) : folded
    isPercent = plain.contains("%")
    for text in brackets { read(text.trimmingCharacters(in: .whitespaces)) }
    readSuffix(plain)
  }

  private mutating func read(_ bracket: String) {
    if bracket.contains("%") {
      isPercent = true
    } else if let unit = Self.unit(bracket) {
      self.unit = unit.unit
      currency = unit.currency
    } else {
      currency = currency ?? Self.currencyCode(bracket)
    }
  }

  /// `金额:万元` and `Amount USD` name their unit without brackets.
  private mutating func readSuffix(_ plain: String) {
    guard unit == nil, currency == nil else { return }
    let parts = plain.split { ":,- /_".contains($0) }
    guard parts.count > 1, let last = parts.last.map(String.init) else { return }
    if let found = Self.unit(last), last.count > 1 {
      unit = found.unit
      currency = found.currency
    } else if last == last.uppercased() {
      currency = Self.currencyCode(last)
    }
  }

  /// 万元, `kUSD`, 万美元: the unit's own word, and the currency where one is named.
  private static func unit(_ text: String) -> (unit: String, currency: String?)? {
    if MoneyUnit(text) != nil { return (text, nil) }
    for prefix in ["万", "千", "亿", "百万", "十万"] where text.hasPrefix(prefix) {
      let rest = String(text.dropFirst(prefix.count))
      if let code = currencyCode(rest) { return (prefix, code) }
    }
    return nil
  }

  private static func currencyCode(_ text: String) -> String? {
    guard text.count < 5 else { return nil }
    return Currency.code(for: text)
  }

  /// Letters, digits and Chinese characters alone, in lower case and simplified.
  static func fold(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
        continue
      }
      result.append(simplified[scalar] ?? scalar)
    }
    let folded = String(result)
    // Salesforce ends the names of custom fields so.
    return text.hasSuffix("__c") || text.hasSuffix("__C") ? String(folded.dropLast()) : folded
  }

  /// Traditional characters of usual headers, each before its simplified one.
  private static let simplified: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs = """
      戶户聯联絡络電电話话號号碼码編编稱称業业務务級级別别來来網网郵邮國国區区縣县產产單单價价額额幣币種种階阶狀状態态
      創创時时間间備备註注說说負负責责員员銷销機机會会訂订數数總总計计預预關关繫系類类報报簽签約约開开結结據据進进記记錄录
      內内優优問问題题處处門门職职稅税統统際际縣县鎮镇聽听訪访談谈讀读寫写對对應应實实歷历層层廠厂轉转換换線线贏赢輸输擬拟
      審审項项貨货款款發发貼贴運运費费資资金金採采購购點点評评競竞爭争無无與与從从屬属屜屉標标題题
      """.unicodeScalars.filter { !$0.properties.isWhitespace }
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    let all = Array(pairs)
    for index in stride(from: 0, to: all.count - 1, by: 2) { table[all[index]] = all[index + 1] }
    return table
  }()
}
