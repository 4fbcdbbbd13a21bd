/// The JSON Schema of the document that ``JSONReport`` makes of a run.
///
/// Source: JSON Schema, draft 2020-12.
public enum RunSchema {
  /// The schema as JSON text.
  public static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "A run of ferry",
      "description": "What plan, apply, verify, undo, resume and import print with --json.",
      "type": "object",
      "required": [
        "run", "command", "plan", "mapping", "store", "outcome", "report", "started_at",
        "finished_at", "approvals", "tables", "entities", "review", "findings", "controls", "gates",
        "unmapped_columns", "unmapped_values", "matching", "changes", "differences", "figures",
        "figures_before"
      ],
      "additionalProperties": false,
      "properties": {
        "run": {
          "description": "Globally unique; null where the command failed before there was a run.",
          "type": ["string", "null"]
        },
        "command": { "type": "string" },
        "plan": { "description": "The plan file's path.", "type": ["string", "null"] },
        "mapping": { "description": "The mapping's path.", "type": ["string", "null"] },
        "store": { "description": "Never with a secret.", "type": ["string", "null"] },
        "outcome": { "enum": ["planned", "applied", "partial", "stopped", "failed"] },
        "report": { "description": "The HTML report's path.", "type": ["string", "null"] },
        "handed_back": {
          "description": "The client's files with wrong cells marked; only where there are some.",
          "type": "array",
          "items": { "type": "string" }
        },
        "started_at": { "description": "UTC, ISO 8601.", "type": ["string", "null"] },
        "finished_at": { "description": "UTC, ISO 8601.", "type": ["string", "null"] },
        "approvals": {
          "description": "Who approved the plan before it was applied.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["name", "at"],
            "additionalProperties": false,
            "properties": {
              "name": { "type": "string" },
              "at": { "description": "UTC, ISO 8601.", "type": "string" }
            }
          }
        },
        "tables": { "type": "array", "items": { "$ref": "#/$defs/table" } },
        "entities": {
          "description": "By entity, in load order.",
          "type": "object",
          "additionalProperties": { "$ref": "#/$defs/counts" }
        },
        "gone": {
          "description":
            "By entity: records of the store that are gone from the sources, or went into others.",
          "type": "object",
          "additionalProperties": {
            "type": "object",
            "required": ["records", "removed", "marked", "kept"],
            "additionalProperties": { "$ref": "#/$defs/count" }
          }
        },
        "rehearsal": {
          "description": "What has changed since the last rehearsal; null where this is the first.",
          "type": "object",
          "required": ["since", "at", "changes"],
          "additionalProperties": false,
          "properties": {
            "since": { "description": "A run's id.", "type": ["string", "null"] },
            "at": { "description": "UTC, ISO 8601.", "type": ["string", "null"] },
            "changes": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["what", "before", "now"],
                "additionalProperties": false,
                "properties": {
                  "what": {
                    "description": "ENTITY.COUNT, rule.ID, differences, controls or gates.",
                    "type": "string"
                  },
                  "before": { "type": "integer" },
                  "now": { "type": "integer" }
                }
              }
            }
          }
        },
        "moved": {
          "description": "By entity: records that changed in the store after the plan was made.",
          "type": "object",
          "additionalProperties": {
            "type": "object",
            "required": ["records", "source", "store", "left"],
            "additionalProperties": false,
            "properties": {
              "records": { "type": "integer" },
              "source": { "description": "Written over in a field.", "type": "integer" },
              "store": { "description": "Kept in a field.", "type": "integer" },
              "left": { "description": "Left whole, for a person.", "type": "integer" }
            }
          }
        },
        "review": {
          "description": "By entity: pairs of records that a person should or may decide.",
          "type": "object",
          "additionalProperties": {
            "type": "object",
            "required": ["open", "decided", "merged", "left_out"],
            "additionalProperties": false,
            "properties": {
              "open": { "description": "Nobody decided on them.", "type": "integer" },
              "decided": { "type": "integer" },
              "merged": { "description": "Without a person's word.", "type": "integer" },
              "left_out": {
                "description": "Of all these, counted only: the plan does not list them.",
                "type": "integer"
              }
            }
          }
        },
        "findings": { "$ref": "#/$defs/findings" },
        "controls": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["name", "source", "store", "equal"],
            "additionalProperties": false,
            "properties": {
              "name": { "type": "string" },
              "source": { "description": "A plain decimal.", "type": "string" },
              "store": {
                "description": "A plain decimal; null before the store was read.",
                "type": ["string", "null"]
              },
              "expected": { "description": "As the mapping says.", "type": "string" },
              "equal": { "type": "boolean" }
            }
          }
        },
        "gates": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["name", "limit", "actual", "met"],
            "additionalProperties": false,
            "properties": {
              "name": { "type": "string" },
              "limit": { "type": "string" },
              "actual": { "type": "string" },
              "met": { "type": "boolean" }
            }
          }
        },
        "owners": {
          "description": "Where the mapping asks for owners, and of a hand-over.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["entity", "name", "state", "user", "source", "store"],
            "additionalProperties": false,
            "properties": {
              "entity": { "type": "string" },
              "name": { "description": "As the sources, or the owner map, have it.", "type": "string" },
              "state": { "enum": ["user", "pool", "inactive", "unmapped"] },
              "user": { "description": "External id, or #ID; null for nobody.", "type": ["string", "null"] },
              "source": { "description": "Records under that name.", "$ref": "#/$defs/count" },
              "store": {
                "description": "Records of that user, under whatever name; null before the store was read.",
                "type": ["integer", "null"]
              }
            }
          }
        },
        "unmapped_columns": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["file", "sheet", "column", "name", "filled", "rows"],
            "additionalProperties": false,
            "properties": {
              "file": { "type": "string" },
              "sheet": { "type": "string" },
              "column": { "description": "Letters, such as AB.", "type": "string" },
              "name": { "type": "string" },
              "filled": { "description": "Rows with a value.", "$ref": "#/$defs/count" },
              "rows": { "description": "Rows of the table.", "$ref": "#/$defs/count" }
            }
          }
        },
        "unmapped_values": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["field", "value", "count", "place"],
            "additionalProperties": false,
            "properties": {
              "field": { "description": "Entity and field.", "type": "string" },
              "value": { "type": "string" },
              "count": { "$ref": "#/$defs/count" },
              "place": { "description": "The first cell.", "type": "string" }
            }
          }
        },
        "matching": {
          "description": "How duplicates were found, by entity, where a model looked for them.",
          "type": "array",
          "items": {
            "type": "object",
            "required": [
              "entity", "review", "merge", "compared", "expected_precision", "expected_recall"
            ],
            "additionalProperties": false,
            "properties": {
              "entity": { "type": "string" },
              "review": { "description": "P(match) for a person to look.", "type": "number" },
              "merge": { "description": "P(match) to join.", "type": "number" },
              "compared": { "description": "Pairs.", "$ref": "#/$defs/count" },
              "expected_precision": {
                "description": "0 to 1, if the model's probabilities are right.",
                "type": "number"
              },
              "expected_recall": {
                "description": "0 to 1, the same, of the pairs that were compared.",
                "type": "number"
              }
            }
          }
        },
        "changes": {
          "description": "The first of each entity and kind; the plan file holds all.",
          "type": "array",
          "items": { "$ref": "#/$defs/change" }
        },
        "differences": {
          "description": "What verify found differing, or undo kept.",
          "type": "array",
          "items": { "$ref": "#/$defs/change" }
        },
        "figures": {
          "description": "Sales figures, as `ferry figures --json` prints them.",
          "type": ["object", "null"],
          "required": [
            "total", "by_owner", "by_month", "by_source", "by_currency", "funnel", "forecast"
          ]
        },
        "figures_before": {
          "description": "The store's before the run; null where they were not read.",
          "type": ["object", "null"],
          "required": [
            "total", "by_owner", "by_month", "by_source", "by_currency", "funnel", "forecast"
          ]
        }
      },
      "$defs": {
        "count": { "type": "integer", "minimum": 0 },
        "table": {
          "description": "rows = mapped + blank + filtered + rejected.",
          "type": "object",
          "required": [
            "file", "sheet", "rows", "mapped", "blank", "filtered", "rejected", "columns", "notes"
          ],
          "additionalProperties": false,
          "properties": {
            "file": { "type": "string" },
            "sheet": { "type": "string" },
            "rows": { "$ref": "#/$defs/count" },
            "mapped": { "$ref": "#/$defs/count" },
            "blank": { "$ref": "#/$defs/count" },
            "filtered": { "$ref": "#/$defs/count" },
            "rejected": { "$ref": "#/$defs/count" },
            "columns": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["name", "column", "uses", "filled"],
                "additionalProperties": false,
                "properties": {
                  "name": { "type": "string" },
                  "column": { "type": "string" },
                  "uses": {
                    "description": "Fields it fills, such as account.name; none: unmapped.",
                    "type": "array",
                    "items": { "type": "string" }
                  },
                  "filled": { "$ref": "#/$defs/count" }
                }
              }
            },
            "notes": { "$ref": "#/$defs/findings" }
          }
        },
        "counts": {
          "description": "records is the sum of all others.",
          "type": "object",
          "required": [
            "records", "created", "updated", "same", "merged", "skipped", "rejected", "conflicted"
          ],
          "additionalProperties": { "$ref": "#/$defs/count" }
        },
        "findings": {
          "description": "By rule: worst first, then the most frequent.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["rule", "severity", "count", "message", "suggestion", "examples"],
            "additionalProperties": false,
            "properties": {
              "rule": { "type": "string" },
              "severity": { "enum": ["error", "warning", "info"] },
              "count": { "type": "integer", "minimum": 1 },
              "message": {
                "description": "With an ellipsis where the findings differ.",
                "type": "string"
              },
              "suggestion": { "type": "string" },
              "examples": {
                "description": "The first of them, in the order of the sources.",
                "type": "array",
                "items": {
                  "type": "object",
                  "required": ["place", "message", "suggestion"],
                  "additionalProperties": false,
                  "properties": {
                    "place": {
                      "description": "file 'sheet'!C14; null for the whole run.",
                      "type": ["string", "null"]
                    },
                    "message": { "type": "string" },
                    "suggestion": { "type": "string" },
                    "value": { "description": "Only if asked for.", "type": "string" }
                  }
                }
              }
            }
          }
        },
        "change": {
          "type": "object",
          "required": ["entity", "kind", "external_id", "survivor", "rule", "place", "fields"],
          "additionalProperties": false,
          "properties": {
            "entity": { "type": "string" },
            "kind": { "type": "string" },
            "external_id": { "type": "string" },
            "survivor": {
              "description": "For a merge, the record that it goes into.",
              "type": ["string", "null"]
            },
            "rule": { "type": ["string", "null"] },
            "place": { "type": ["string", "null"] },
            "fields": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["field", "place"],
                "additionalProperties": false,
                "properties": {
                  "field": { "type": "string" },
                  "place": { "type": ["string", "null"] },
                  "old": { "description": "Only if asked for.", "type": ["string", "null"] },
                  "new": { "description": "Only if asked for.", "type": ["string", "null"] }
                }
              }
            }
          }
        }
      }
    }
    """#
}
