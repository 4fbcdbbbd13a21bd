import FerryCore

// What this room has to say: about runs and their files.
extension Rule {
  static let workspaceLocked = Rule(
    id: "run.locked", severity: .error,
    message: Words(
      en: "another run holds the workspace {0}: {1}", zh: "工作区 {0} 正被另一次运行占用：{1}"),
    suggestion: Words(
      en: "Wait until it has ended, or stop that process, then try again.",
      zh: "请等它结束，或先停止该进程，再重试。"))

  static let workspaceUnusable = Rule(
    id: "run.unusable-workspace", severity: .error,
    message: Words(en: "{0} can't be made or written", zh: "无法创建或写入 {0}"),
    suggestion: Words(
      en: "Check the folder's rights and free space, or put the mapping elsewhere.",
      zh: "请检查该文件夹的权限和剩余空间，或把映射文件放到别处。"))

  static let journalFailed = Rule(
    id: "run.journal-failed", severity: .error,
    message: Words(en: "SQLite refused work on {0}: {1}", zh: "SQLite 无法处理 {0}：{1}"),
    suggestion: Words(
      en: "Mend the cause, then go on with `ferry resume`.", zh: "请排除原因，然后用 `ferry resume` 继续。"))

  static let journalFull = Rule(
    id: "run.disk-full", severity: .error,
    message: Words(en: "the disk that holds {0} is full", zh: "{0} 所在的磁盘已满"),
    suggestion: Words(
      en: "Make room, then go on with `ferry resume`; nothing is lost.",
      zh: "请腾出空间，然后用 `ferry resume` 继续；数据不会丢失。"))

  static let journalDamaged = Rule(
    id: "run.journal-damaged", severity: .error,
    message: Words(en: "{0} is damaged or no SQLite file: {1}", zh: "{0} 已损坏，或不是 SQLite 文件：{1}"),
    suggestion: Words(
      en: "Put a copy from a backup in its place; the store itself is untouched.",
      zh: "请用备份替换该文件；目标库本身未受影响。"))

  static let sealedWithoutKey = Rule(
    id: "key.missing", severity: .error,
    message: Words(en: "{0} is encrypted, and no key was given", zh: "{0} 已加密，但没有提供密钥"),
    suggestion: Words(
      en: "Name its key file with --key-file FILE, or in FERRY_KEY_FILE.",
      zh: "请用 --key-file FILE 或环境变量 FERRY_KEY_FILE 指明密钥文件。"))

  static let sealedWithOtherKey = Rule(
    id: "key.other", severity: .error,
    message: Words(en: "{0} is encrypted with another key", zh: "{0} 是用另一个密钥加密的"),
    suggestion: Words(
      en: "Name the key file that the workspace was begun with; without it nothing can be read.",
      zh: "请指明该工作区最初使用的密钥文件；没有它就无法读取。"))

  static let plainWithKey = Rule(
    id: "key.not-encrypted", severity: .error,
    message: Words(
      en: "{0} is not encrypted, but a key was given", zh: "{0} 未加密，却提供了密钥"),
    suggestion: Words(
      en: "Leave --key-file and FERRY_KEY_FILE out for it. To encrypt from now on, begin a new "
        + "workspace with --workspace DIR, and `ferry forget` the old one when its runs are settled.",
      zh: "请去掉 --key-file 与 FERRY_KEY_FILE。如需从现在起加密，请用 --workspace DIR 新建工作区，"
        + "旧工作区的运行处理完后用 `ferry forget` 清除。"))

  static let runUnknown = Rule(
    id: "run.unknown", severity: .error,
    message: Words(
      en: "no workspace in {1} knows a run {0}; the latest run there is {2}",
      zh: "{1} 下的工作区中没有运行 {0}；那里最近的运行是 {2}"),
    suggestion: Words(
      en: "List the runs with `ferry runs`, or name the workspace with --workspace DIR.",
      zh: "请用 `ferry runs` 查看所有运行，或用 --workspace DIR 指定工作区。"))

  static let runAmbiguous = Rule(
    id: "run.ambiguous", severity: .error,
    message: Words(en: "run {0} stands in several workspaces: {1}", zh: "运行 {0} 同时存在于多个工作区：{1}"),
    suggestion: Words(
      en: "Name the one that is meant with --workspace DIR.", zh: "请用 --workspace DIR 指定其中一个。"))

  static let runNotApplied = Rule(
    id: "run.not-applied", severity: .error,
    message: Words(
      en: "run {0} has written nothing yet: its state is {1}", zh: "运行 {0} 尚未写入任何内容：状态为 {1}"),
    suggestion: Words(
      en: "Apply it first with `ferry resume {0}`.", zh: "请先用 `ferry resume {0}` 执行它。"))

  static let runHalfWritten = Rule(
    id: "run.half-written", severity: .error,
    message: Words(
      en: "run {0} was cut off in the middle of a batch", zh: "运行 {0} 在写入一个批次的途中中断"),
    suggestion: Words(
      en: "Let it come to its end with `ferry resume {0}`, then undo it.",
      zh: "请先用 `ferry resume {0}` 让它完成，再撤销。"))

  static let undoNothingInScope = Rule(
    id: "undo.nothing-in-scope", severity: .error,
    message: Words(en: "run {0} wrote no {1}", zh: "运行 {0} 没有写入 {1}"),
    suggestion: Words(
      en: "See the report of that run for what it wrote, and its ids.",
      zh: "请在该次运行的报告中查看它写入的内容及编号。"))

  static let runNotPlanned = Rule(
    id: "run.not-planned", severity: .error,
    message: Words(
      en: "run {0} ended before its plan was complete; it wrote nothing",
      zh: "运行 {0} 在计划完成之前就已中断；没有写入任何内容"),
    suggestion: Words(
      en: "Make a new plan with `ferry plan`.", zh: "请用 `ferry plan` 重新生成计划。"))

  static let runNothingToDo = Rule(
    id: "run.nothing-to-do", severity: .info,
    message: Words(en: "run {0} is finished: nothing to do", zh: "运行 {0} 已完成：无需再做"),
    suggestion: Words(
      en: "Make a new plan if the sources have changed.", zh: "如果来源数据有变化，请重新生成计划。"))

  static let runStopped = Rule(
    id: "run.stopped", severity: .warning,
    message: Words(
      en: "run {0} was stopped at a checkpoint after {1} of {2} {2:change|changes}",
      zh: "运行 {0} 在检查点停止，已完成 {1}/{2} 项变更"),
    suggestion: Words(
      en: "Go on with `ferry resume {0}`.", zh: "请用 `ferry resume {0}` 继续。"))

  static let runBroken = Rule(
    id: "run.broken", severity: .warning,
    message: Words(
      en:
        "{1} {1:record was|records were} on the way when run {0} broke off; they are counted as skipped, and some may be in the store",
      zh: "运行 {0} 中断时有 {1} 条记录正在写入；它们计为跳过，但其中一些可能已在目标库中"),
    suggestion: Words(
      en: "`ferry resume {0}` finds out and writes the others.",
      zh: "`ferry resume {0}` 会查明情况并写入其余记录。"))

  static let planUnreadable = Rule(
    id: "plan.unreadable", severity: .error,
    message: Words(en: "{0} is no plan of Ferry: {1}", zh: "{0} 不是 Ferry 的计划文件：{1}"),
    suggestion: Words(
      en: "Give a .ferryplan file as `ferry plan` wrote it.",
      zh: "请提供由 `ferry plan` 生成的 .ferryplan 文件。"))

  static let planOtherVersion = Rule(
    id: "plan.other-version", severity: .error,
    message: Words(
      en: "{0} has plan format {1}; this Ferry reads format {2}",
      zh: "{0} 的计划格式为 {1}；本版本只能读取格式 {2}"),
    suggestion: Words(
      en: "Make a new plan with this Ferry.", zh: "请用本版本重新生成计划。"))

  static let planOtherStore = Rule(
    id: "plan.other-store", severity: .error,
    message: Words(
      en: "the plan was made for {0}, not for {1}", zh: "该计划是为 {0} 生成的，而不是 {1}"),
    suggestion: Words(
      en: "Apply it to the store it was made for, or make a new plan.",
      zh: "请对原目标库执行该计划，或重新生成计划。"))

  static let tableEquation = Rule(
    id: "run.table-equation", severity: .error,
    message: Words(
      en: "{0}: {1} {1:row was|rows were} read, but {2} {2:is|are} accounted for (mapped, blank, "
        + "filtered, rejected)",
      zh: "{0}：读取了 {1} 行，但只有 {2} 行有去向（映射、空白、过滤、拒绝）"),
    suggestion: Words(
      en: "This is a bug in Ferry; nothing was written. Please report it with the mapping.",
      zh: "这是 Ferry 的缺陷；没有写入任何内容。请附上映射文件报告此问题。"))

  static let recordEquation = Rule(
    id: "run.record-equation", severity: .error,
    message: Words(
      en: "{0}: {1} {1:record|records} on the side of {2}, but {3} on the side of {4}",
      zh: "{0}：{2} 一侧有 {1} 条记录，而 {4} 一侧有 {3} 条"),
    suggestion: Words(
      en: "This is a bug in Ferry. Please report it with the mapping and the run's id.",
      zh: "这是 Ferry 的缺陷。请附上映射文件和运行编号报告此问题。"))
}
