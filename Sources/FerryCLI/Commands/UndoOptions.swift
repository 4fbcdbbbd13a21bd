import FerryCore
import FerryMigration
import FerryRecords

/// What of a run `ferry undo` takes back.
enum UndoOptions {
  static let entity = OptionSpec(
    "--entity", "ENTITY", en: "take back the records of this entity alone, such as deal",
    zh: "只撤销此对象的记录，如 deal")
  static let record = OptionSpec(
    "--record", "ENTITY:ID", en: "take back this record alone, by Ferry's id of it",
    zh: "只撤销这一条记录（按其 Ferry 编号）")
  static let force = OptionSpec(
    "--force", en: "remove created records also where others link to them, and clear those links",
    zh: "即使其他记录已关联，也移除新建的记录，并清除这些关联")

  /// The scope that the command line names.
  static func scope(of invocation: Invocation) throws -> UndoScope {
    let isForced = invocation.has("--force")
    guard let record = invocation.value("--record") else {
      let name = try invocation.value("--entity").map(entityName)
      return UndoScope(entity: name, isForced: isForced)
    }
    let parts = record.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw UsageError(.badRecord(record), "undo") }
    return UndoScope(
      entity: try entityName(parts[0]), externalID: parts[1], isForced: isForced)
  }

  private static func entityName(_ name: String) throws -> String {
    guard SalesChain.entity(name) != nil else {
      throw UsageError(
        .badValue("--entity", name, choices: SalesChain.entities.map(\.name)), "undo")
    }
    return name
  }
}
