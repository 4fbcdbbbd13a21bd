import FerryCore
import FerryMigration
import FerryStores

/// `ferry rehearse`: a whole import into a throw-away copy of the store.
enum RehearseCommand {
  static let spec = CommandSpec(
    "rehearse",
    summary: Words(
      en: "a whole import into a throw-away copy of the store, held against the last rehearsal",
      zh: "在目标库的一次性副本中完整导入一遍，并与上次演练比较"),
    positionals: [PositionalSpec("MAPPING")],
    options: [
      RunOptions.to, RunOptions.workspace, RunOptions.keyFile, RunOptions.failOn, RunOptions.mask,
      RunOptions.showValues,
    ],
    examples: ["ferry rehearse Mappings/onboarding.yaml --to sqlite:crm.db"]
  ) { invocation in
    try await PlanCommand.end(invocation, "rehearse") { request, store, context, _, planned in
      let layout = request.layout
      return try await Rehearsal.run(
        request, store: store, context: context, planned: planned,
        open: { try StoreLocator.open("sqlite:\($0)", for: $1, layout: layout) })
    }
  }
}
