import FerryCore

// What a plan says of a store that has no place for everything.
extension Rule {
  static let storeNoPlace = Rule(
    id: "store.no-place", severity: .error,
    message: Words(
      en: "the store has no place for {0}: {1} {1:record is|records are} not loaded",
      zh: "目标库中没有存放 {0} 的对象：{1} 条记录不会写入"),
    suggestion: Words(
      en: "Name an object for it in the profile, or take the entity out of the mapping.",
      zh: "请在配置中为其指定对象，或从映射中去掉该实体。"))

  static let storeFieldNoPlace = Rule(
    id: "store.field-no-place", severity: .warning,
    message: Words(
      en: "the store has no place for these fields, with so many values that are not loaded: {0}",
      zh: "目标库中没有存放以下字段的地方，括号内为不会写入的值的个数：{0}"),
    suggestion: Words(
      en: "Name fields for them in the profile; the rest of each record is loaded.",
      zh: "请在配置中为其指定字段；记录的其余内容照常写入。"))

  static let storeLookedUp = Rule(
    id: "store.looked-up", severity: .info,
    message: Words(
      en: "{1} {0} are not loaded: the store's admin makes them; links find those that are in {2}",
      zh: "{1} 条 {0} 不写入：由目标库管理员创建；引用会在 {2} 中查找"),
    suggestion: Words(
      en: "Let the mapping find them by name or e-mail, such as `find: user.name`.",
      zh: "请在映射中按姓名或邮箱查找，如 `find: user.name`。"))

  static let storeDemands = Rule(
    id: "store.demands", severity: .error,
    message: Words(
      en: "the store takes no new {0} ({1}) without: {2}", zh: "目标库新建 {0}（{1}）时必须填写：{2}"),
    suggestion: Words(
      en: "Fill it from the mapping (`fields:` in the profile), give it one value for all (`set:`),"
        + " or let the CRM's admin make it optional.",
      zh: "请在配置的 fields 中对应到映射字段，或用 set 统一赋值，或请 CRM 管理员改为非必填。"))

  static let storeNoOption = Rule(
    id: "store.no-option", severity: .error,
    message: Words(
      en: "{0}.{1}: the store's {2} has no option '{3}'; nearest, or all: {4}",
      zh: "{0}.{1}：目标库的 {2} 没有选项“{3}”；相近或全部选项：{4}"),
    suggestion: Words(
      en:
        "Map the value to an option under `values:` in the profile, or add the option in the CRM.",
      zh: "请在配置的 values 中对应到某个选项，或在 CRM 中添加该选项。"))

  static let storeTooLong = Rule(
    id: "store.too-long", severity: .error,
    message: Words(
      en: "{0}.{1}: the text has {3} characters, but the store's {2} takes {4}",
      zh: "{0}.{1}：文本有 {3} 个字符，而目标库的 {2} 最多 {4} 个"),
    suggestion: Words(
      en: "Shorten it in the source, or load it into a longer field; Ferry cuts nothing.",
      zh: "请在来源中缩短，或写入更长的字段；Ferry 不会截断。"))

  static let storeValueTaken = Rule(
    id: "store.value-taken", severity: .error,
    message: Words(
      en: "{0} {1} is not loaded: the store takes each value of {3} once, and {4} {5} has this"
        + " {2}",
      zh: "{0} {1} 不写入：目标库的 {3} 不允许重复，{4} {5} 已有该 {2}"),
    suggestion: Words(
      en: "Leave one of the two out (`when:`), correct the value, or name another field for it in"
        + " the profile.",
      zh: "请用 when 排除其中一条，更正该值，或在配置中为其指定其他字段。"))

  /// `{2}` is the user as reports call it.
  static let storeOwnerFilled = Rule(
    id: "store.owner-filled", severity: .info,
    message: Words(
      en: "{1} new {0} {1:record has|records have} no owner, and the store gives {1:it|them} to the"
        + " user who signs in ({2})",
      zh: "{1} 条新的 {0} 没有负责人，目标库会归给登录用户（{2}）"),
    suggestion: Words(
      en: "Give them an owner in the mapping (`otherwise:`, the `owners` list), or move them in the"
        + " CRM afterwards.",
      zh: "请在映射中指定负责人（otherwise 或 owners），或之后在 CRM 中转移。"))

  static let storeTime = Rule(
    id: "store.time", severity: .info,
    message: Words(
      en: "{0} {0:record|records} at the pace that the store allows: about {1}",
      zh: "按目标库允许的速度写入 {0} 条记录：约 {2}"),
    suggestion: Words(
      en: "Stop and go on at any time: `ferry resume` loses nothing.",
      zh: "可随时中断，用 `ferry resume` 继续，不会丢失数据。"))

  static let ownerLost = Rule(
    id: "owner.unresolved-lost", severity: .warning,
    message: Words(
      en:
        "{0}.{1}: no user '{2}' ({3} records); the field stays empty, and the store has no place for"
        + " the text",
      zh: "{0}.{1}：没有用户“{2}”（{3} 条记录）；该字段留空，目标库也没有地方保存原文"),
    suggestion: Words(
      en: "Add the user to the CRM, or a field for `custom` to the object.",
      zh: "请在 CRM 中添加该用户，或为该对象添加存放 `custom` 的字段。"))
}
