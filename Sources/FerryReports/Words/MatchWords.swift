public import FerryCore
public import FerryMatching

extension ColumnGuess.Reason {
  /// Why a column counts, or doesn't, in a few words.
  public var words: Words { MatchWords.reason(self) }
}

/// The words of `ferry match`.
enum MatchWords {
  static let found = Words(
    en: "no columns were named; they were taken for this:", zh: "没有指定各列的种类，判断如下：")
  static let howToFix = Words(
    en: "Where one is wrong, save this as match.yaml, correct it, and add --config match.yaml.",
    zh: "如有不对，请存为 match.yaml，改正后加上 --config match.yaml。")
  static let leftOut = Words(en: "left out: {0} ({1})", zh: "未参与：{0}（{1}）")
  static let rows = Words(en: "{0}: {1} {1:row|rows}", zh: "{0}：{1} 行")
  static let headerRow = Words(
    en: "{0}: {1} {1:row|rows} below the header in row {2}; row 1 is row {3} of the sheet",
    zh: "{0}：表头在第 {2} 行，其下 {1} 行；输出的第 1 行即表中第 {3} 行")
  static let pairs = Words(
    en: "pairs: {0} of probability {1} and more, {2} compared",
    zh: "匹配对：概率不低于 {1} 的有 {0} 对，共比较 {2} 对")
  static let clusters = Words(
    en: "clusters: {0} of two rows or more with {1} rows, made from {2} upwards",
    zh: "聚类：两行以上的有 {0} 个，共 {1} 行，取概率不低于 {2} 的匹配对")
  static let largeGroups = Words(
    en: """
      common values: {0} that more than {1} rows share; their rows were compared only where they \
      also share something else. {2} of them, of more than {3} rows, brought no rows together. The \
      most common, in {5}, has {4} rows
      """,
    zh: """
      常见取值：有 {0} 个各由 {1} 行以上共有，这些行只在还有其他共同点时才比较；其中 {2} 个由 {3} 行以上共有，\
      不单独用来找匹配对。最常见的一个在“{5}”中，有 {4} 行
      """)
  static let explained = Words(
    en: "rows {0} and {1}: probability {2}, match weight {3} bits",
    zh: "第 {0} 行与第 {1} 行：概率 {2}，匹配权重 {3} 比特")
  static let start = Words(en: "before looking", zh: "比较之前")
  static let silent = Words(en: "nothing to compare", zh: "无可比较")
  static let sharedBy = Words(en: "{0}, {1} rows or more hold it", zh: "{0}，至少 {1} 行如此")
  static let field = Words(en: "columns", zh: "列")
  static let agreement = Words(en: "how they stand", zh: "比较结果")
  static let bits = Words(en: "bits", zh: "比特")
  static let written = Words(en: "written: {0}", zh: "已写出：{0}")
  static let nothingWritten = Words(
    en: "Nothing was written: add --pairs FILE or --clusters FILE.",
    zh: "没有写出结果：请加 --pairs 文件 或 --clusters 文件。")

  static func reason(_ reason: ColumnGuess.Reason) -> Words {
    switch reason {
    case .name: Words(en: "by its name", zh: "按列名")
    case .values: Words(en: "by its values", zh: "按内容")
    case .empty: Words(en: "empty", zh: "全空")
    case .constant: Words(en: "the same in all rows", zh: "各行相同")
    case .unnamed: Words(en: "no name of its own", zh: "没有唯一的列名")
    case .rowNumber: Words(en: "numbers the rows", zh: "行号或记录编号")
    case .history: Words(en: "says nothing of who it is", zh: "与身份无关")
    case .weak: Words(en: "other columns say more", zh: "其他列更可靠")
    case .truth: Words(en: "looks like a known answer", zh: "像是已知答案")
    case .oneSided: Words(en: "in one table only", zh: "只在一张表中")
    }
  }
}
