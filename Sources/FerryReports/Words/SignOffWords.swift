import FerryCore
import FerryMigration

/// What is said of sign-offs.
enum SignOffWords {
  static let signed = Words(
    en: "{0} signed off the plan of run {1} at {2}:", zh: "{0} 已于 {2} 签核运行 {1} 的计划：")
  static let counts = Words(
    en:
      "{0}: {1} {1:record|records}: {2} created, {3} updated, {4} merged, {5} rejected, {6} conflicted",
    zh: "{0}：{1} 条记录：新建 {2}，更新 {3}，合并 {4}，拒绝 {5}，冲突 {6}")
  static let kept = Words(
    en: "Kept in {0}; `ferry apply` does this plan as long as it stays as it is.",
    zh: "签核书保存在 {0}；只要计划不变，`ferry apply` 就会执行它。")
  static let equal = Words(
    en: "All is as {0} signed it at {2} (run {1}).", zh: "与 {0} 于 {2} 签核时一致（运行 {1}）。")
  static let different = Words(
    en: "Not all is as {0} signed it at {2} (run {1}).", zh: "与 {0} 于 {2} 签核时不一致（运行 {1}）。")
  static let samePlan = Words(en: "plan: as signed ({0}…)", zh: "计划：与签核时相同（{0}…）")
  static let otherPlan = Words(
    en: "plan: changed since, {0}… was signed", zh: "计划：已改变，签核的是 {0}…")
  static let sameFigures = Words(
    en: "figures: those of the plan", zh: "数字：与计划一致")
  static let otherFigures = Words(
    en: "figures: not those of the plan", zh: "数字：与计划不一致")

  static func mapping(_ isSame: Bool?) -> Words {
    switch isSame {
    case true?: Words(en: "mapping: as signed", zh: "映射：与签核时相同")
    case false?: Words(en: "mapping: changed since", zh: "映射：已改变")
    case nil: Words(en: "mapping: not found here, not compared", zh: "映射：此处没有，未核对")
    }
  }

  static func rehearsal(_ rehearsal: SignOff.Rehearsed?, in language: Language) -> String {
    guard let rehearsal else { return noRehearsal[language] }
    let words = rehearsal.isSamePlan ? sameRehearsal : otherRehearsal
    return words.filled(
      with: [
        rehearsal.run, rehearsal.at, NumberText.count(rehearsal.differences),
        NumberText.count(rehearsal.unequalControls), NumberText.count(rehearsal.unmetGates),
      ], in: language)
  }

  private static let noRehearsal = Words(
    en: "rehearsal: none; `ferry rehearse` tries the import in a throw-away copy",
    zh: "演练：无；`ferry rehearse` 可在一次性副本中试运行")
  private static let sameRehearsal = Words(
    en: "rehearsal: {0} ({1}) did these very changes: {2} fields and {3} control totals differed, "
      + "{4} gates not met",
    zh: "演练：{0}（{1}）执行的正是这些变更：{2} 个字段、{3} 个控制合计不一致，{4} 个闸门未达标")
  private static let otherRehearsal = Words(
    en: "rehearsal: {0} ({1}) was of another plan; rehearse again, then plan and sign",
    zh: "演练：{0}（{1}）针对的是另一份计划；请重新演练，再出计划并签核")
}
