import FerryCore
import FerryNormalization
import FerryRecords
import FerryTables

extension RecipeCompiler {
  mutating func field(
    _ block: FieldBlock, _ record: RecordBlock, _ entityIndex: Int, _ columns: ColumnLookup,
    _ uses: inout [[String]], isCustom: Bool = false
  ) -> FieldRecipe {
    let name = "\(record.entity.name).\(isCustom ? "custom." : "")\(block.field.name)"
    let type = block.find?.field?.type ?? (block.find == nil ? block.field.type : .text)
    let options = block.options
    var recipe = FieldRecipe(
      name: name, type: block.field.type,
      purpose: purpose(of: block, entityIndex, isCustom), content: .constant([]),
      normalizer: .init(
        currency: ContiguousArray(currency(of: block, record).utf8),
        normalizer: FieldNormalizer(type: type, options: self.options(options, block, record))))
    setContent(block, name, columns, &uses, &recipe)
    if let split = block.split {
      recipe.separator = ContiguousArray(split.separator.utf8)
      recipe.part = split.part
    }
    recipe.choices = block.map.map { ChoiceMap($0) }
    recipe.uncovered = block.uncovered
    recipe.defaultValue = block.defaultValue.flatMap { $0.isEmpty ? nil : $0 }
    recipe.clearsWhenBlank = block.clearsWhenBlank
    recipe.rejectsInvalid = block.rejectsInvalid ?? block.field.type.rejectsInvalid
    recipe.when = columns.bind(block.when, name, &uses)
    recipe.isTakenApart =
      !isCustom
      && (block.field.name == "name" && record.takesNameApart
        || block.field.name == "address" && record.takesAddressApart)
    addTarget(block, entityIndex, to: &recipe)
    return recipe
  }

  private func purpose(
    of block: FieldBlock, _ entityIndex: Int, _ isCustom: Bool
  ) -> FieldRecipe.Purpose {
    guard !isCustom, let slot = entities[entityIndex].slot(block.field.name) else {
      return .custom(ContiguousArray(block.field.name.utf8))
    }
    return .field(slot)
  }

  private func currency(of block: FieldBlock, _ record: RecordBlock) -> String {
    block.currency?.name ?? record.fields.compactMap(\.currency).first?.name
      ?? blocks.settings.currency
  }

  private func options(
    _ options: NormalizationOptions, _ block: FieldBlock, _ record: RecordBlock
  ) -> NormalizationOptions {
    var options = options
    options.currency = currency(of: block, record)
    return options
  }

  private func setContent(
    _ block: FieldBlock, _ name: String, _ columns: ColumnLookup, _ uses: inout [[String]],
    _ recipe: inout FieldRecipe
  ) {
    switch block.content {
    case .constant(let value): recipe.content = .constant(value)
    case .note(let place, let part):
      recipe.column = columns.use(place, name, &uses)
      recipe.content = .note(part)
    case .link(let place):
      recipe.content = .link([])
      recipe.linkedEntity = place.name
    case .columns(let places, let join):
      let indexes = places.map { columns.use($0, name, &uses) }
      recipe.column = indexes[0]
      recipe.columnName = columns.header(of: indexes[0])
      if let find = block.find, find.field == nil, indexes.count > 1, join == nil {
        recipe.content = .keyParts(indexes)
      } else if indexes.count == 1 {
        recipe.content = .column(indexes[0])
      } else {
        recipe.content =
          join.map { .joined(indexes, ContiguousArray($0.utf8)) } ?? .firstOf(indexes)
      }
    }
  }

  private mutating func addTarget(
    _ block: FieldBlock, _ entityIndex: Int, to recipe: inout FieldRecipe
  ) {
    guard let referenced = block.field.referenced else { return }
    recipe.target = entities[entityIndex].target(
      ReferenceTarget(
        entity: referenced, field: block.find?.field?.name, otherwise: block.unresolved))
    guard let find = block.find, find.field == nil else { return }
    recipe.isKeyLookup = true
    if let system = block.system { recipe.keyPrefix = ContiguousArray("\(system):".utf8) }
  }
}

extension FieldType {
  /// Whether a record with a value that can't be read is rejected unless the mapping says else.
  var rejectsInvalid: Bool {
    switch self {
    case .amount, .decimal, .integer, .percent, .boolean, .choice: true
    default: false
    }
  }
}

/// Turns the names of columns into indexes and notes what they are used for.
struct ColumnLookup {
  private let finder: ColumnFinder

  init(_ table: Table) { finder = ColumnFinder(table) }

  /// The zero-based column in the sheet.
  func use(_ place: NamedPlace, _ use: String, _ uses: inout [[String]]) -> Int32 {
    // The binder refused the mapping where a name leads nowhere.
    guard case .position(let position) = finder.find(place.name) else { return 0 }
    if !uses[position].contains(use) { uses[position].append(use) }
    return Int32(finder.table.columns[position].columnIndex)
  }

  /// The header of a column in the sheet, as UTF-8.
  func header(of columnIndex: Int32) -> ContiguousArray<UInt8> {
    let column = finder.table.columns.first { $0.columnIndex == Int(columnIndex) }
    return ContiguousArray((column?.name ?? "").utf8)
  }

  /// A condition whose slots are columns.
  func bind(
    _ block: ConditionBlock?, _ use: String, _ uses: inout [[String]]
  ) -> BoundCondition? {
    guard let block else { return nil }
    var columns: [String: Int32] = [:]
    for name in block.names { columns[name.name] = self.use(name, use, &uses) }
    return BoundCondition(block.condition) { Int(columns[$0] ?? 0) }
  }
}
