import FerryCore
public import FerryDrafting

extension JSONReport {
  /// A draft as one document: each table, and what each of its columns is taken for.
  public func document(of draft: MappingDraft, path: String?) -> JSONValue {
    [
      "mapping": .string(orNull: path),
      "tables": .array(draft.tables.map(table)),
      "notes": findings(draft.notes),
    ]
  }

  private func table(_ table: DraftedTable) -> JSONValue {
    [
      "file": .string(table.file),
      "sheet": .string(orNull: table.sheet),
      "rows": .integer(table.rowCount),
      "entity": .string(orNull: table.entity),
      "confidence": .integer(table.guess.confidence),
      "evidence": evidence(table.guess),
      "blocks": .array(table.blocks.map(block)),
      "left": .array(
        table.left.map {
          ["column": .string($0.name), "reason": .string($0.reason.text(in: language))]
        }),
    ]
  }

  private func block(_ block: DraftedBlock) -> JSONValue {
    [
      "entity": .string(block.entity),
      "key": .array(block.key.map { .string($0) }),
      "fields": .array(block.fields.map(field)),
      "custom": .array(block.custom.map(field)),
      "lines": .array(block.lines.map(self.block)),
    ]
  }

  private func field(_ field: DraftedField) -> JSONValue {
    [
      "field": .string(field.name),
      "columns": .array(field.columns.map { .string($0) }),
      "confidence": .integer(field.guess.confidence),
      "sure": .boolean(field.guess.isSure),
      "evidence": evidence(field.guess),
    ]
  }

  private func evidence(_ guess: Guess) -> JSONValue {
    .array(guess.evidence.map { .string($0.text(in: language)) })
  }
}
