import FerryCore
import FerryStores
import Foundation

/// The copy of a store that `apply --backup` takes before a run's first write.
enum StoreCopy {
  /// Takes the copy, or finds the one that an earlier start of the run took.
  ///
  /// - Returns: What to tell.
  static func take(
    of store: any CRMStore, before run: RunRecord, _ context: MigrationContext
  ) async throws -> Finding {
    if let path = context.workspace.storeCopy(ofRun: run.run) {
      return Finding(.copyKept, arguments: [path])
    }
    guard let store = store as? any CopyableStore else {
      throw MigrationError(.unsuitableRun, .copyImpossible, run.store)
    }
    guard run.state == .planned else {
      throw MigrationError(.unsuitableRun, .copyTooLate, run.run)
    }
    let path = context.workspace.storeCopyPath(ofRun: run.run, ending: store.copyExtension)
    try context.workspace.createCopyFolder()
    let partial = "\(path).partial"
    // What an earlier try left is of no use.
    try? FileManager.default.removeItem(atPath: partial)
    Workspace.makePrivateFile(partial)
    do {
      try await store.copy(to: partial)
      try FileManager.default.moveItem(atPath: partial, toPath: path)
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      guard error is any Failure else {
        throw MigrationError(.unusableWorkspace, .workspaceUnusable, path)
      }
      throw error
    }
    return Finding(.copyTaken, arguments: [path, store.restoring(from: path)])
  }

  /// Says that there is a copy from before a run; `nil` where there is none.
  static func note(
    ofRun run: String, of store: any CRMStore, _ context: MigrationContext
  ) -> Finding? {
    guard let path = context.workspace.storeCopy(ofRun: run),
      let store = store as? any CopyableStore
    else { return nil }
    return Finding(.copyThere, arguments: [path, store.restoring(from: path)])
  }
}

extension Workspace {
  private var copyFolder: String { (path as NSString).appendingPathComponent("backups") }

  func storeCopyPath(ofRun run: String, ending: String) -> String {
    (copyFolder as NSString).appendingPathComponent("\(run).\(ending)")
  }

  /// The copy of the store from before a run; `nil` where there is none.
  func storeCopy(ofRun run: String) -> String? {
    // A folder that is not there holds no copy.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: copyFolder)) ?? []
    return names.first { $0.hasPrefix("\(run).") && !$0.hasSuffix(".partial") }
      .map { (copyFolder as NSString).appendingPathComponent($0) }
  }

  func createCopyFolder() throws(MigrationError) {
    try Self.makePrivateFolder(copyFolder)
  }
}

extension Rule {
  static let copyTaken = Rule(
    id: "backup.taken", severity: .info,
    message: Words(
      en: "the store as it was before is in {0}", zh: "目标库执行前的副本保存在 {0}"),
    suggestion: Words(
      en: "`ferry undo` takes the run back and keeps what people changed since. To go back to the "
        + "copy and lose all that came after: {1}",
      zh: "`ferry undo` 可撤销本次运行并保留此后人工修改的内容。若要恢复副本并丢弃此后的一切：{1}"))

  static let copyKept = Rule(
    id: "backup.kept", severity: .info,
    message: Words(
      en: "the copy {0} from before the run's first write is kept", zh: "已保留首次写入前的副本 {0}"),
    suggestion: Words(en: "Nothing is to be done.", zh: "无需处理。"))

  static let copyThere = Rule(
    id: "backup.there", severity: .info,
    message: Words(
      en: "a copy of the store from before that run is in {0}", zh: "该次运行之前的目标库副本保存在 {0}"),
    suggestion: Words(
      en:
        "Should the undo not be enough, this goes back to the copy and loses all that came after: "
        + "{1}",
      zh: "如撤销仍不够，可恢复副本并丢弃此后的一切：{1}"))

  static let copyTooLate = Rule(
    id: "backup.too-late", severity: .error,
    message: Words(
      en: "the run {0} has written already, so a copy would not show the store before it",
      zh: "运行 {0} 已经写入过，现在的副本不再是执行前的状态"),
    suggestion: Words(
      en: "Go on without --backup.", zh: "请去掉 --backup 后继续。"))

  static let copyImpossible = Rule(
    id: "backup.impossible", severity: .error,
    message: Words(en: "{0} can't be copied by Ferry", zh: "Ferry 无法复制 {0}"),
    suggestion: Words(
      en: "Take a copy with the store's own means, then go on without --backup.",
      zh: "请用目标库自己的工具备份，然后去掉 --backup 继续。"))
}
