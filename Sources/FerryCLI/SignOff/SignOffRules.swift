import FerryCore

/// What `ferry signoff` and `ferry apply` say of sign-offs.
enum SignOffRules {
  static let changed = Rule(
    id: "signoff.changed", severity: .error,
    message: Words(
      en: "the plan of run {0} is not the one that {1} signed off at {2}; nothing was applied",
      zh: "运行 {0} 的计划已不是 {1} 于 {2} 签核的那份；没有执行任何内容"),
    suggestion: Words(
      en: "Make the plan anew, or have this one signed off: `ferry signoff PLAN --name NAME`.",
      zh: "请重新制定计划，或请人签核现在这份：`ferry signoff PLAN --name 姓名`。"))

  static let missing = Rule(
    id: "signoff.missing", severity: .error,
    message: Words(
      en: "nobody has signed off the plan of run {0}; nothing was applied",
      zh: "运行 {0} 的计划尚未签核；没有执行任何内容"),
    suggestion: Words(
      en: "Have it signed off: `ferry signoff {1} --name NAME`.",
      zh: "请先签核：`ferry signoff {1} --name 姓名`。"))

  static let awaited = Rule(
    id: "signoff.awaited", severity: .info,
    message: Words(
      en: "the mapping's gates want this plan signed off before it is applied",
      zh: "映射文件的门槛要求先签核此计划，才能执行"),
    suggestion: Words(
      en: "Have it signed off: `ferry signoff {0} --name NAME`.",
      zh: "请先签核：`ferry signoff {0} --name 姓名`。"))

  static let unsigned = Rule(
    id: "signoff.unsigned", severity: .error,
    message: Words(
      en: "the mapping's gates want a sign-off, and nobody has signed off a plan of these changes; "
        + "nothing was applied",
      zh: "映射文件的门槛要求签核，而没有人签核过内容相同的计划；没有执行任何内容"),
    suggestion: Words(
      en:
        "Look at the plan, have it signed off with `ferry signoff {0} --name NAME`, then apply it: "
        + "`ferry apply {0}`, or the next import, where nothing has changed until then.",
      zh: "请查看计划并签核：`ferry signoff {0} --name 姓名`，再执行 `ferry apply {0}`；"
        + "若此前内容没有变化，下一次导入也会照此执行。"))

  static let damaged = Rule(
    id: "signoff.damaged", severity: .error,
    message: Words(
      en: "{0} is no sign-off of this version of Ferry, or was changed after it was written",
      zh: "{0} 不是本版本 Ferry 的签核书，或写出后被改动过"),
    suggestion: Words(
      en: "Give the file as `ferry signoff` wrote it, or have the plan signed off again.",
      zh: "请提供 `ferry signoff` 写出的原文件，或重新签核该计划。"))

  static let noPlan = Rule(
    id: "signoff.no-plan", severity: .error,
    message: Words(
      en: "{0} holds no plan that waits to be applied", zh: "{0} 中没有等待执行的计划"),
    suggestion: Words(
      en: "Make one with `ferry plan MAPPING --to STORE`, or name the .ferryplan file.",
      zh: "请用 `ferry plan MAPPING --to STORE` 制定计划，或写出 .ferryplan 文件。"))

  static let planGone = Rule(
    id: "signoff.plan-gone", severity: .error,
    message: Words(
      en: "the plan of run {0}, which {1} signs off, was not found",
      zh: "找不到 {1} 所签核的运行 {0} 的计划"),
    suggestion: Words(
      en: "Name the plan behind the sign-off: `ferry signoff PLAN --check FILE`.",
      zh: "请写明计划：`ferry signoff PLAN --check 文件`。"))
}

/// A plan may not be applied as it is, or a sign-off can't be read.
struct SignOffFailure: Failure {
  let findings: [Finding]
  let exitStatus: ExitStatus

  init(_ rule: Rule, _ arguments: String..., status: ExitStatus = .doneWithFindings) {
    findings = [Finding(rule, arguments: arguments)]
    exitStatus = status
  }
}
