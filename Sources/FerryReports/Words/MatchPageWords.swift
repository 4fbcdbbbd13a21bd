import FerryCore

/// The words of the page's section on duplicates.
enum MatchPageWords {
  static let title = Words(en: "Duplicates", zh: "重复客户")
  static let note = Words(
    en: "Records of one customer are found by what they have in common. A match weight of 0 bits "
      + "means that both answers are equally likely; each bit more doubles the odds.",
    zh: "系统比较各条记录的共同之处来找出同一客户。匹配权重以比特计：0 表示是与否机会各半，每加 1 比特，"
      + "是同一客户的胜算加倍。")
  static let compared = Words(en: "pairs compared", zh: "比较的记录对")
  static let merged = Words(en: "joined into one", zh: "已合并")
  static let mergedNote = Words(en: "by a key, or from probability {0}", zh: "关键信息相同，或概率不低于 {0}")
  static let open = Words(en: "wait for a person", zh: "待人工判断")
  static let openNote = Words(en: "probability {0} to {1}", zh: "概率 {0} 至 {1}")
  static let precision = Words(en: "expected precision", zh: "预计准确率")
  static let precisionNote = Words(
    en: "of the pairs the model joins, how many are right", zh: "模型合并的记录对中正确的比例")
  static let recall = Words(en: "expected recall", zh: "预计召回率")
  static let recallNote = Words(
    en: "of the true pairs among those compared, how many it joins",
    zh: "比较过的真正重复中被模型合并的比例")
  static let assumption = Words(
    en: "Both figures are estimates: they assume that the model's probabilities are right. "
      + "Recall says nothing of duplicates that have nothing rare in common and were never compared.",
    zh: "这两项是估计值，前提是模型给出的概率正确；没有任何罕见共同点、因而从未比较的重复不在其内。")

  static let histogram = Words(en: "Compared pairs by match weight", zh: "比较的记录对按匹配权重分布")
  static let histogramNote = Words(
    en: "bits; heights grow with the logarithm of the count", zh: "横轴为比特，柱高按数量的对数")
  static let below = Words(en: "taken as different", zh: "视为不同")
  static let between = Words(en: "for review", zh: "待判断")
  static let above = Words(en: "sure enough to join", zh: "足以合并")
  static let binTitle = Words(en: "{0} {0:bit|bits}: {1} {1:pair|pairs}", zh: "{0} 比特：{1} 对")

  static let openPairs = Words(en: "For a person, surest first", zh: "待人工判断（最可能的在前）")
  static let mergedPairs = Words(en: "Joined, least sure first", zh: "已合并（最不确定的在前）")
  static let pairHead = Words(en: "{0} and {1}", zh: "{0} 与 {1}")
  static let probability = Words(en: "probability {0}", zh: "概率 {0}")
  static let waterfall = Words(en: "Why: match weight, step by step", zh: "依据：匹配权重逐项累计")
  static let start = Words(en: "before looking", zh: "比较之前")
  static let total = Words(en: "match weight", zh: "匹配权重")
  static let one = Words(en: "one", zh: "记录一")
  static let other = Words(en: "other", zh: "记录二")

  static let model = Words(
    en: "What each agreement is worth (the model)", zh: "各项比较结果的分量（模型）")
  static let modelNote = Words(
    en: "m: how often a comparison comes out so where both records are one customer; u: where they "
      + "are not; bits: what it adds alone. Fields that depend on each other add less together.",
    zh: "m：两条记录确为同一客户时出现该结果的比例；u：不是同一客户时的比例；比特：单独出现时增加的权重。"
      + "相互关联的字段合起来会少算。")
  static let outcome = Words(en: "comparison", zh: "比较结果")
  static let heldBy = Words(en: "{0} (held by {1} rows or more)", zh: "{0}（至少 {1} 行有此值）")
  static let bits = Words(en: "bits", zh: "比特")
}
