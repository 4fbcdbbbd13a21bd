import FerryCore
public import FerryMigration

// Plans as data: canonical lines, and what differs between two.
extension JSONReport {
  /// One record of a plan, for a line of JSON; two plans of the same input and store give the same.
  public func document(of record: PlanRecord) -> JSONValue {
    [
      "entity": .string(record.entity), "id": .string(record.externalID),
      "kind": .string(record.kind), "store_id": .string(orNull: record.storeID),
      "into": .string(orNull: record.survivorID), "rule": .string(orNull: record.rule),
      "place": .string(orNull: record.place),
      "fields": .array(
        record.fields.map { field in
          [
            "field": .string(field.name), "old": .string(orNull: field.old),
            "new": .string(orNull: field.new), "cell": .string(orNull: field.cell),
          ]
        }),
      "held": .string(orNull: record.held),
    ]
  }

  /// One line of a plan beside its records.
  public func document(of note: PlanNote) -> JSONValue {
    ["part": .string(note.part.rawValue), "text": .string(note.text)]
  }

  /// What differs between two plans; the records' contents only where values are shown.
  public func document(of diff: PlanDiff, left: String, right: String) -> JSONValue {
    [
      "command": "plan", "outcome": .string(diff.isEmpty ? "equal" : "different"),
      "left": .string(left), "right": .string(right),
      "records": [
        "same": .integer(diff.same), "changed": .integer(diff.changed),
        "removed": .integer(diff.removed), "added": .integer(diff.added),
      ],
      "differences": .array(diff.differences.map(difference)),
      "removed_notes": .array(diff.removedNotes.map(note)),
      "added_notes": .array(diff.addedNotes.map(note)),
    ]
  }

  private func difference(_ difference: PlanDiff.Difference) -> JSONValue {
    let record = difference.left ?? difference.right
    let object: JSONValue = [
      "entity": .string(orNull: record?.entity), "id": .string(orNull: record?.externalID),
      "left": .string(orNull: difference.left?.kind),
      "right": .string(orNull: difference.right?.kind),
      "parts": .array(difference.parts.map { .string($0.name) }),
    ]
    guard showsValues else { return object }
    let values = difference.parts.map { part -> JSONValue in
      [
        "part": .string(part.name), "left": .string(orNull: part.left),
        "right": .string(orNull: part.right),
      ]
    }
    return object.adding("values", .array(values))
  }

  private func note(_ note: PlanNote) -> JSONValue {
    showsValues ? document(of: note) : ["part": .string(note.part.rawValue)]
  }
}
