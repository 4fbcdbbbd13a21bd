import FerryCore

// What this room has to say: about records and what becomes of them.
extension Rule {
  static let linkUnresolved = Rule(
    id: "link.unresolved", severity: .warning,
    message: Words(
      en: "{0} {1}: no {2} for its {3} '{4}' in the sources or the store",
      zh: "{0} {1}：来源和目标库中都没有与 {3}“{4}”对应的 {2}"),
    suggestion: Words(
      en: "Correct the cell, or load the {2} first; the field stays empty.",
      zh: "请更正单元格，或先导入该 {2}；此字段留空。"))

  static let linkAmbiguous = Rule(
    id: "link.ambiguous", severity: .warning,
    message: Words(
      en: "{0} {1}: its {3} '{4}' fits {5} records of {2}; none is guessed",
      zh: "{0} {1}：{3}“{4}”对应 {5} 条 {2} 记录；不作猜测"),
    suggestion: Words(
      en: "Link by a key that only one has; the field stays empty.", zh: "请改用唯一的关键列来关联；此字段留空。"))

  static let linkToRejected = Rule(
    id: "link.to-rejected", severity: .warning,
    message: Words(
      en: "{0} {1}: the {2} '{4}' that its {3} names was rejected",
      zh: "{0} {1}：{3} 所指的 {2}“{4}”已被拒绝"),
    suggestion: Words(
      en: "Mend the {2} in the source and run again; the field stays empty.",
      zh: "请在来源中修正该 {2} 后重新运行；此字段留空。"))

  static let linkRequired = Rule(
    id: "link.required", severity: .error,
    message: Words(
      en: "{0} {1}: its {2} '{3}' does not resolve, and {0} needs one",
      zh: "{0} {1}：{2}“{3}”无法解析，而 {0} 必须有该字段"),
    suggestion: Words(
      en: "Correct the cell, or load the missing record first.", zh: "请更正单元格，或先导入缺少的记录。"))

  static let ownerUnresolved = Rule(
    id: "owner.unresolved", severity: .warning,
    message: Words(
      en: "{0}.{1}: no user '{2}' ({3} {3:record|records}); the field stays empty, the text is "
        + "kept in custom",
      zh: "{0}.{1}：没有用户“{2}”（{3} 条记录）；该字段留空，原文保存在 custom 中"),
    suggestion: Words(
      en: "Add the user, or say `otherwise:` in the mapping.", zh: "请添加该用户，或在映射中写明 `otherwise:`。"))

  static let ownerPooled = Rule(
    id: "owner.pooled", severity: .info,
    message: Words(
      en: "{0}.{1}: the records of '{2}' ({3}) go to the 公海, as the owner map says",
      zh: "{0}.{1}：“{2}”的 {3} 条记录按负责人对照表归入公海"),
    suggestion: Words(
      en: "Nothing needs to be done; the name is kept in custom.", zh: "无需处理；姓名保存在 custom 中。"))

  static let ownerLeft = Rule(
    id: "owner.left", severity: .warning,
    message: Words(
      en: "{0}.{1}: '{2}' has left, and the owner map names nobody who takes over ({3} "
        + "{3:record|records}); the field stays empty, the text is kept in custom",
      zh: "{0}.{1}：“{2}”已离职，负责人对照表未写明接手人（{3} 条记录）；该字段留空，原文保存在 custom 中"),
    suggestion: Words(
      en: "Name who takes over in the owner map, or 公海.", zh: "请在负责人对照表中写明接手人，或写公海。"))

  static let ownerInactive = Rule(
    id: "owner.inactive", severity: .warning,
    message: Words(
      en: "{0}: {3} {3:record|records} of '{1}' {3:goes|go} to the user {2}, who is not active any "
        + "more",
      zh: "{0}：“{1}”的 {3} 条记录归用户 {2}，但该用户已停用"),
    suggestion: Words(
      en: "Name who takes over in the owner map (`owners:`).", zh: "请在负责人对照表（`owners:`）中写明接手人。"))

  static let handoverNoUser = Rule(
    id: "handover.no-user", severity: .error,
    message: Words(
      en: "the store has no user '{0}', by name, external id or e-mail",
      zh: "目标库中没有用户“{0}”（按姓名、外部编号或邮箱查找）"),
    suggestion: Words(
      en: "Correct the owner map, or add the user to the store first.",
      zh: "请更正负责人对照表，或先在目标库中添加该用户。"))

  static let handoverAmbiguous = Rule(
    id: "handover.ambiguous", severity: .error,
    message: Words(
      en: "the store has {1} {1:user|users} '{0}'; none is guessed", zh: "目标库中有 {1} 个用户“{0}”；不作猜测"),
    suggestion: Words(
      en: "Name the one that is meant by external id or e-mail.", zh: "请用外部编号或邮箱指明。"))

  static let handoverSameUser = Rule(
    id: "handover.same-user", severity: .error,
    message: Words(
      en: "'{0}' and '{1}' are the same user of the store", zh: "“{0}”与“{1}”是目标库中的同一用户"),
    suggestion: Words(en: "Keep one of the two lines.", zh: "请只保留其中一行。"))

  static let handoverToInactive = Rule(
    id: "handover.to-inactive", severity: .error,
    message: Words(
      en: "the records of '{0}' would go to '{1}', who is not active any more",
      zh: "“{0}”的记录将归“{1}”，但该用户已停用"),
    suggestion: Words(
      en: "Name someone else, or make that user active first.", zh: "请改为其他人，或先启用该用户。"))

  static let handoverLeft = Rule(
    id: "handover.left", severity: .warning,
    message: Words(
      en: "'{0}' has left and still owns {1} {1:record|records}; the owner map names nobody who "
        + "takes over",
      zh: "“{0}”已离职，仍有 {1} 条记录；负责人对照表未写明接手人"),
    suggestion: Words(
      en: "Name who takes over, or 公海 (pool), and run again.", zh: "请写明接手人或公海后重新运行。"))

  static let handoverOwnsNothing = Rule(
    id: "handover.owns-nothing", severity: .info,
    message: Words(en: "'{0}' owns no record in the store", zh: "“{0}”在目标库中没有任何记录"),
    suggestion: Words(en: "Nothing needs to be done.", zh: "无需处理。"))

  static let fieldRequired = Rule(
    id: "record.required-field", severity: .error,
    message: Words(
      en: "{0} {1}: {2} is empty, and {0} needs it", zh: "{0} {1}：{2} 为空，而 {0} 必须有该字段"),
    suggestion: Words(
      en: "Fill the cell, or give the field a `default:`.", zh: "请填写单元格，或为该字段设置 `default:`。"))

  static let recordConflict = Rule(
    id: "record.conflict", severity: .warning,
    message: Words(
      en: "{0} {1}: both the source and a person in the store changed {2} since the last run",
      zh: "{0} {1}：{2} 自上次运行以来在来源和目标库中都被修改"),
    suggestion: Words(
      en: "Make both sides agree, or set `on_conflict: source` or `store` for the field.",
      zh: "请让两边一致，或为该字段设置 `on_conflict: source` 或 `store`。"))

  static let recordMoved = Rule(
    id: "record.moved", severity: .warning,
    message: Words(
      en: "{0} {1} has moved in the store since the plan was made ({2}); it was left as it is",
      zh: "{0} {1} 在计划生成之后已在目标库中变动({2})；保持原样"),
    suggestion: Words(
      en: "Make a new plan, or set `on_conflict: source` or `store` for the field.",
      zh: "请重新生成计划，或为该字段设置 `on_conflict: source` 或 `store`。"))

  static let recordMovedOverruled = Rule(
    id: "record.moved-overruled", severity: .warning,
    message: Words(
      en: "{0} {1}: someone changed {2} in the store since the plan was made; the source's value "
        + "is written over it (`on_conflict: source`)",
      zh: "{0} {1}：{2} 在计划生成之后已在目标库中被修改；按 `on_conflict: source` 写入来源的值"),
    suggestion: Words(
      en: "The report shows what stood there; `ferry undo` brings it back.",
      zh: "报告中列出了原来的值；`ferry undo` 可以恢复。"))

  static let recordMovedKept = Rule(
    id: "record.moved-kept", severity: .warning,
    message: Words(
      en: "{0} {1}: someone changed {2} in the store since the plan was made; the store's value "
        + "is kept (`on_conflict: store`)",
      zh: "{0} {1}：{2} 在计划生成之后已在目标库中被修改；按 `on_conflict: store` 保留目标库的值"),
    suggestion: Words(
      en: "Change it by hand where the source is right.", zh: "如以来源为准，请手工修改。"))

  static let recordGone = Rule(
    id: "record.gone", severity: .warning,
    message: Words(
      en: "{0} {1} is no longer in the store", zh: "{0} {1} 已不在目标库中"),
    suggestion: Words(
      en: "Make a new plan if it should be there.", zh: "如仍需要该记录，请重新生成计划。"))

  static let linkNotLoaded = Rule(
    id: "link.not-loaded", severity: .warning,
    message: Words(
      en: "{0} {1}: {2} stays empty, since '{3}' was not loaded",
      zh: "{0} {1}：{2} 留空，因为“{3}”没有导入"),
    suggestion: Words(
      en: "See why '{3}' was kept out, then make a new plan.", zh: "请查明“{3}”未导入的原因，然后重新生成计划。"))

  static let mergedAlreadyLoaded = Rule(
    id: "merge.already-loaded", severity: .warning,
    message: Words(
      en: "{0} {1} is merged into {2}, but has a record of its own in the store",
      zh: "{0} {1} 已并入 {2}，但在目标库中仍有自己的记录"),
    suggestion: Words(
      en: "It is left as it is; merge the two in the store.", zh: "该记录保持原样；请在目标库中合并两者。"))

  static let mergedChanged = Rule(
    id: "merge.changed-since", severity: .warning,
    message: Words(
      en: "{0} {1} is merged into {2}, but a person changed its own record ({3}); it stays",
      zh: "{0} {1} 已并入 {2}，但有人修改过它自己的记录({3})；予以保留"),
    suggestion: Words(
      en: "Merge the two in the store, or move what was changed by hand.",
      zh: "请在目标库中合并两者，或手工转移所做的修改。"))

  static let mergeTakenApart = Rule(
    id: "merge.taken-apart", severity: .info,
    message: Words(
      en: "{0} {1} had gone into {2} of the store and is a record of its own again",
      zh: "{0} {1} 曾并入目标库中的 {2}，现恢复为独立记录"),
    suggestion: Words(
      en: "Its references go back to it; look whether {2} still has values that it brought.",
      zh: "相关引用会随之恢复；请检查 {2} 是否仍保留由它带来的值。"))

  static let externalIDTwice = Rule(
    id: "store.external-id-twice", severity: .error,
    message: Words(
      en: "{0} {1} stands in the store more than once ({2} and {3}); the first is used",
      zh: "{0} {1} 在目标库中出现多次（{2} 和 {3}）；使用第一条"),
    suggestion: Words(en: "Merge the two in the store.", zh: "请在目标库中合并两者。"))

  static let undoChanged = Rule(
    id: "undo.changed-since", severity: .warning,
    message: Words(
      en: "{0} {1} was changed since ({2}); that is kept", zh: "{0} {1} 之后又被修改过({2})；保留修改"),
    suggestion: Words(
      en: "Change it by hand where it should go back too.", zh: "如也需要还原，请手工修改。"))

  static let undoLinked = Rule(
    id: "undo.linked-since", severity: .warning,
    message: Words(
      en: "{0} {1} is kept: other records link to it", zh: "{0} {1} 予以保留：有其他记录关联到它"),
    suggestion: Words(
      en: "Remove those links first, then undo again; or `--force` clears them.",
      zh: "请先解除这些关联，再撤销一次；或用 `--force` 清除关联。"))

  static let undoLinkCleared = Rule(
    id: "undo.link-cleared", severity: .warning,
    message: Words(
      en: "{0} {1}: {2} is emptied, since it links to {3}, which goes",
      zh: "{0} {1}：{2} 被清空，因为它关联的 {3} 将被移除"),
    suggestion: Words(
      en: "Undo without --force to keep such records.", zh: "不加 --force 撤销即可保留这类记录。"))

  static let undoTargetGone = Rule(
    id: "undo.target-gone", severity: .warning,
    message: Words(
      en: "{0} {1}: what {2} pointed to is no longer in the store",
      zh: "{0} {1}：{2} 原来指向的记录已不在目标库中"),
    suggestion: Words(
      en: "Choose another record by hand where one is needed.", zh: "如有需要，请手工选择其他记录。"))

  static let undoMadeSince = Rule(
    id: "undo.made-since", severity: .warning,
    message: Words(
      en: "{0} {1} was removed by the run and made again since; that one is kept",
      zh: "{0} {1} 曾被该次运行移除，之后又被重新建立；保留现有记录"),
    suggestion: Words(
      en: "Compare the two by hand: the report shows what the old one held.",
      zh: "请手工比对：报告中列出了原记录的内容。"))

  static let gateNotMet = Rule(
    id: "gate.not-met", severity: .error,
    message: Words(
      en: "gate {0}: the limit is {1}, the run has {2}; nothing was written",
      zh: "门槛 {0}：上限为 {1}，本次为 {2}；没有写入任何内容"),
    suggestion: Words(
      en: "Mend the sources, or raise the limit under `gates:` if this is meant.",
      zh: "请修正来源数据；如确属预期，请在 `gates:` 中提高上限。"))

  static let sideEffect = Rule(
    id: "store.side-effect", severity: .warning,
    message: Words(
      en: "the store's {0} starts for {2} {2:record|records} of {1}; Ferry doesn't hold it back",
      zh: "目标库的 {0} 将因 {1} 的 {2} 条记录而触发；Ferry 不会阻止"),
    suggestion: Words(
      en: "See what it does; switch it off in the store for the load where it should not run.",
      zh: "请确认其作用；如导入时不应运行，请先在目标库中停用。"))

  static let sideEffectHeldBack = Rule(
    id: "store.side-effect-held-back", severity: .info,
    message: Words(
      en: "the store's {0} would start for {2} {2:record|records} of {1}; Ferry holds it back",
      zh: "目标库的 {0} 本会因 {1} 的 {2} 条记录而触发；Ferry 已阻止"),
    suggestion: Words(en: "Nothing needs to be done.", zh: "无需处理。"))

  static let gateNoBaseline = Rule(
    id: "gate.no-baseline", severity: .info,
    message: Words(
      en: "gate {0}: no run was applied before, so there is nothing to compare with",
      zh: "门槛 {0}：此前没有执行过的运行，无从比较"),
    suggestion: Words(
      en: "Nothing needs to be done; from the next run on it compares.", zh: "无需处理；下次运行起即可比较。"))

  static let goneKept = Rule(
    id: "gone.kept", severity: .info,
    message: Words(
      en: "{0}: loaded by earlier runs and no longer in the sources: {1}; they stay",
      zh: "{0}：有 {1} 条以前导入的记录已不在来源中；予以保留"),
    suggestion: Words(
      en: "Say `mark` or `delete` under `gone:` if they should not.",
      zh: "如不应保留，请在 `gone:` 下写 `mark` 或 `delete`。"))

  static let goneMarked = Rule(
    id: "gone.marked", severity: .info,
    message: Words(
      en:
        "{0}: loaded by earlier runs and no longer in the sources: {1}; they are marked",
      zh: "{0}：有 {1} 条以前导入的记录已不在来源中；予以标记"),
    suggestion: Words(
      en: "See the plan's changes of the kind `mark`.", zh: "请查看计划中类型为 `mark` 的变更。"))

  static let goneRemoved = Rule(
    id: "gone.removed", severity: .warning,
    message: Words(
      en:
        "{0}: loaded by earlier runs and no longer in the sources: {1}; they are removed",
      zh: "{0}：有 {1} 条以前导入的记录已不在来源中；将被移除"),
    suggestion: Words(
      en: "See the plan's changes of the kind `delete`; `ferry undo` makes them again.",
      zh: "请查看计划中类型为 `delete` 的变更；`ferry undo` 可重建这些记录。"))

  static let goneChanged = Rule(
    id: "gone.changed-since", severity: .warning,
    message: Words(
      en: "{0} {1} is gone from the sources, but a person changed it ({2}); it stays as it is",
      zh: "{0} {1} 已不在来源中，但有人修改过({2})；保持原样"),
    suggestion: Words(
      en: "Remove or mark it by hand where that is right.", zh: "如确应处理，请手工移除或标记。"))

  static let goneLinked = Rule(
    id: "gone.linked", severity: .warning,
    message: Words(
      en: "{0} {1} is gone from the sources, but other records link to it; it stays",
      zh: "{0} {1} 已不在来源中，但有其他记录关联到它；予以保留"),
    suggestion: Words(
      en: "Remove those links first; the next run removes it then.", zh: "请先解除这些关联；下次运行会移除它。"))

  static let moreFindings = Rule(
    id: "run.more-findings", severity: .warning,
    message: Words(
      en: "{1} more {1:finding|findings} of {0} {1:is|are} not listed", zh: "另有 {1} 条 {0} 未列出"),
    suggestion: Words(
      en: "Mend those that are listed and run again.", zh: "请先处理已列出的，再重新运行。"))
}
