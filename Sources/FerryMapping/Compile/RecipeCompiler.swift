import FerryCore
import FerryNormalization
import FerryRecords
import FerryTables
import FerryYAML

/// Turns blocks and tables into recipes; whatever can be wrong was found before.
struct RecipeCompiler {
  let blocks: MappingBlocks
  var entities: [EntityPlan]

  init(_ blocks: MappingBlocks) {
    self.blocks = blocks
    let all = blocks.sources.flatMap(\.records).flatMap { [$0] + $0.lines }
    entities = SalesChain.entities.compactMap { entity in
      let own = all.filter { $0.entity == entity }
      guard !own.isEmpty else { return nil }
      let names = own.reduce(into: Set<String>()) { $0.formUnion($1.filledFields) }
      let fields = entity.fields.filter { field in
        names.contains(field.name) && blocks.layout.holds(field.name, of: entity.name)
      }
      return EntityPlan(entity: entity, fields: fields)
    }
  }

  /// The recipes of one table.
  mutating func plan(_ bound: BoundTable) -> TablePlan {
    let source = blocks.sources[bound.sourceIndex]
    let columns = ColumnLookup(bound.table)
    var plan = TablePlan(
      path: bound.path, options: bound.options, table: bound.table,
      uses: Array(repeating: [], count: bound.table.columns.count))
    for block in source.records {
      let parent = plan.records.count
      plan.records.append(recipe(block, source, columns, &plan.uses))
      for lines in block.lines {
        var recipe = recipe(lines, source, columns, &plan.uses)
        recipe.parent = parent
        recipe.parentSlot = entities[recipe.entityIndex].slot(block.entity.name)
        let target = ReferenceTarget(entity: block.entity.name, field: nil)
        recipe.parentTarget = entities[recipe.entityIndex].target(target)
        if lines.field("position") == nil {
          recipe.positionSlot = entities[recipe.entityIndex].slot("position")
        }
        plan.records.append(recipe)
      }
    }
    link(&plan.records)
    return plan
  }

  /// Links name entities; the recipes of those come to stand for them.
  private func link(_ records: inout [RecordRecipe]) {
    for record in records.indices {
      for field in records[record].fields.indices {
        guard case .link = records[record].fields[field].content,
          let name = records[record].fields[field].linkedEntity
        else { continue }
        let made = records.indices.filter { records[$0].entityName == name && $0 != record }
        records[record].fields[field].content = .link(made)
        if case .field(let slot) = records[record].fields[field].purpose, let first = made.first {
          records[record].columnIndexes[slot] = records[first].keyColumns.first
        }
      }
      if let parent = records[record].parent, let slot = records[record].parentSlot {
        records[record].columnIndexes[slot] = records[parent].keyColumns.first
      }
    }
  }

  private mutating func recipe(
    _ block: RecordBlock, _ source: SourceBlock, _ columns: ColumnLookup, _ uses: inout [[String]]
  ) -> RecordRecipe {
    let index = entities.firstIndex { $0.entity == block.entity } ?? 0
    var recipe = RecordRecipe(
      entityIndex: index, entityName: block.entity.name, system: source.system,
      columnIndexes: Array(repeating: nil, count: entities[index].fields.count))
    for name in block.key {
      recipe.keyColumns.append(columns.use(name, "\(block.entity.name).key", &uses))
    }
    recipe.hasHashedKey = block.key.isEmpty && block.entity == SalesChain.activity
    recipe.when = columns.bind(block.when, "\(block.entity.name).when", &uses)
    for field in block.orderedFields {
      let compiled = self.field(field, block, index, columns, &uses)
      if case .field(let slot) = compiled.purpose { recipe.columnIndexes[slot] = compiled.column }
      recipe.fields.append(compiled)
      if case .note = compiled.content { recipe.notesColumn = compiled.column }
    }
    recipe.notesYear = block.notesYear
    for field in block.custom {
      recipe.fields.append(self.field(field, block, index, columns, &uses, isCustom: true))
    }
    addCurrency(block, index, columns, &uses, to: &recipe)
    addParts(block, entities[index], to: &recipe)
    return recipe
  }

  /// Decides what the record's amounts are in, and where that is written.
  private func addCurrency(
    _ block: RecordBlock, _ index: Int, _ columns: ColumnLookup, _ uses: inout [[String]],
    to recipe: inout RecordRecipe
  ) {
    let amounts = block.fields.filter { $0.field.type == .amount }
    let named = amounts.compactMap(\.currency).first?.name
    recipe.currency = ContiguousArray((named ?? blocks.settings.currency).utf8)
    recipe.namesCurrency = named != nil
    guard !amounts.isEmpty else { return }
    recipe.currencySlot = entities[index].slot("currency")
    guard block.field("currency") == nil,
      let place = amounts.compactMap(\.currencyColumn).first
    else { return }
    let column = columns.use(place, "\(block.entity.name).currency", &uses)
    let normalizer = FieldNormalizer(type: .currency, options: amounts[0].options)
    let purpose = recipe.currencySlot.map { FieldRecipe.Purpose.field($0) } ?? .currencyOnly
    var field = FieldRecipe(
      name: "\(block.entity.name).currency", type: .currency, purpose: purpose,
      content: .column(column), normalizer: .init(currency: [], normalizer: normalizer))
    field.column = column
    field.columnName = columns.header(of: column)
    if let slot = recipe.currencySlot { recipe.columnIndexes[slot] = column }
    recipe.fields.insert(field, at: 0)
  }

  /// Slots for what a record tells without being asked.
  private func addParts(_ block: RecordBlock, _ plan: EntityPlan, to recipe: inout RecordRecipe) {
    recipe.customSlot = plan.slot("custom")
    if block.takesNameApart {
      recipe.familySlot = plan.slot("family_name")
      recipe.givenSlot = plan.slot("given_name")
    }
    if block.takesAddressApart {
      recipe.addressSlots = RecordBlock.addressParts.map { name in
        block.field(name) == nil ? plan.slot(name) : nil
      }
    }
    for slot in [recipe.familySlot, recipe.givenSlot].compactMap({ $0 }) {
      recipe.columnIndexes[slot] = plan.slot("name").flatMap { recipe.columnIndexes[$0] }
    }
    for slot in recipe.addressSlots.compactMap({ $0 }) {
      recipe.columnIndexes[slot] = plan.slot("address").flatMap { recipe.columnIndexes[$0] }
    }
    guard recipe.hasHashedKey else { return }
    recipe.parentSlots = ["account", "contact", "deal", "lead"].compactMap { plan.slot($0) }
    recipe.timeSlot = plan.slot("at")
    recipe.textSlots = ["body", "subject"].compactMap { plan.slot($0) }
  }
}

extension RecordBlock {
  static let addressParts = ["province", "city", "district"]

  /// Whether a contact's name fills its parts: where the mapping maps neither of them.
  var takesNameApart: Bool {
    entity == SalesChain.contact && field("name") != nil && field("family_name") == nil
      && field("given_name") == nil
  }

  /// Whether an address fills the parts that the mapping does not map.
  var takesAddressApart: Bool {
    entity == SalesChain.account && field("address") != nil
      && Self.addressParts.contains { field($0) == nil }
  }

  /// The currency first, since the amounts are read by it.
  var orderedFields: [FieldBlock] {
    fields.filter { $0.field.name == "currency" } + fields.filter { $0.field.name != "currency" }
  }

  /// The names of all fields that the block may fill.
  var filledFields: Set<String> {
    var names = Set(fields.map(\.field.name))
    names.insert("custom")
    if fields.contains(where: { $0.field.type == .amount }) { names.insert("currency") }
    if takesNameApart { names.formUnion(["family_name", "given_name"]) }
    if takesAddressApart { names.formUnion(Self.addressParts) }
    if let parent = entity.parent { names.formUnion([parent, "position"]) }
    return names
  }
}
