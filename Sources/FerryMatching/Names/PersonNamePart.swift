/// Which part of a person's name a column holds.
enum PersonNamePart: Hashable, Sendable {
  case full, given, family, middle, title, suffix
  /// The whole name once more, in another script or language.
  case native

  /// What a header says: `first_name`, 姓, `PRIMARY_NAME_LAST`, `fatherName`; full where it says nothing.
  static func guess(from header: String) -> PersonNamePart {
    let text = header.lowercased().filter { $0.isLetter }
    func holds(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if holds("姓名", "全名", "名称", "名稱") { return .full }
    if holds("英文名", "native", "original", "latin", "拼音", "pinyin", "又名", "别名", "alias") {
      return .native
    }
    if text == "姓" || text == "名" { return text == "姓" ? .family : .given }
    if holds("姓氏", "surname", "lastname", "namelast", "family", "nachname", "apellido") {
      return .family
    }
    if holds("middle", "father", "patronym", "中间名", "otchestvo") { return .middle }
    if holds("first", "given", "forename", "christian", "vorname", "prenom", "名字") {
      return .given
    }
    if holds("suffix", "generation", "后缀") { return .suffix }
    if holds("title", "salutation", "honorific", "prefix", "称谓", "称呼", "稱謂") { return .title }
    if text.hasSuffix("last") { return .family }
    return .full
  }
}
