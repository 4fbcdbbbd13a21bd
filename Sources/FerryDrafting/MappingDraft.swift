public import FerryCore

/// Why a guess was made, in words.
public struct Evidence: Hashable, Sendable {
  let words: Words
  let arguments: [String]

  init(_ words: Words, _ arguments: String...) {
    self.words = words
    self.arguments = arguments
  }

  /// The reason in a language.
  public func text(in language: Language) -> String { words.filled(with: arguments, in: language) }
}

/// How sure a guess is, and why.
public struct Guess: Hashable, Sendable {
  /// From 1 to 99, in percent.
  public let confidence: Int
  /// The reasons, the weightiest first.
  public let evidence: [Evidence]

  init(_ confidence: Double, _ evidence: [Evidence]) {
    self.confidence = min(99, max(1, Int((confidence * 100).rounded())))
    self.evidence = evidence
  }

  /// Below this a person should look; see ``isSure``.
  static let sureFrom = 75
  /// Whether nobody need look.
  public var isSure: Bool { confidence >= Self.sureFrom }
}

/// One field of a drafted record block.
public struct DraftedField: Hashable, Sendable {
  /// A value of the column and what it stands for; `nil` where nobody knows.
  struct Value: Hashable {
    let text: String
    let count: Int
    let meaning: String?
    let isGuess: Bool
  }

  /// The field's name; for a custom field the name that it gets.
  public let name: String
  /// The columns, as a mapping names them.
  public internal(set) var columns: [String]
  /// Keys beside `from`, in order, such as `find` and `user.name`.
  public internal(set) var options: [Option] = []
  /// What values stand for, most frequent first; empty where no `map` is needed.
  var values: [Value] = []
  /// How sure that is.
  public let guess: Guess

  /// One key of a field.
  public struct Option: Hashable, Sendable {
    /// The key, such as `unit`.
    public let key: String
    /// The value as YAML spells it.
    public let value: String
  }
}

/// One record block of a drafted source.
public struct DraftedBlock: Hashable, Sendable {
  /// The entity; `lines` for lines.
  public let entity: String
  /// The columns of the key; empty for an activity.
  public internal(set) var key: [String] = []
  /// Why these make the key.
  public internal(set) var keyGuess = Guess(0.9, [])
  /// The column that must hold something for the record to be made.
  public internal(set) var when: String?
  /// The fields in the entity's order.
  public internal(set) var fields: [DraftedField] = []
  /// Columns that no field is for, kept in `custom`.
  public internal(set) var custom: [DraftedField] = []
  /// The block of lines; at most one.
  public internal(set) var lines: [DraftedBlock] = []

  init(entity: String) { self.entity = entity }
}

/// A column that no block uses, and why.
public struct LeftColumn: Hashable, Sendable {
  /// The column as a mapping names it.
  public let name: String
  /// Why it was left.
  public let reason: Evidence
}

/// One drafted table.
public struct DraftedTable: Hashable, Sendable {
  /// The file, relative to the mapping.
  public internal(set) var file: String
  /// The sheet, where the mapping must name it.
  public let sheet: String?
  /// The table's number in its sheet, where the mapping must name it.
  public let number: Int?
  /// As people call it: the sheet, or the file.
  public let title: String
  /// Rows of data.
  public let rowCount: Int
  /// What the table is about; `nil` where nothing fits.
  public let entity: String?
  /// How sure that is.
  public let guess: Guess
  /// What each row makes.
  public internal(set) var blocks: [DraftedBlock] = []
  /// What was left out.
  public internal(set) var left: [LeftColumn] = []
  /// How many columns the table has.
  public let columnCount: Int
}

/// A first mapping of some files, every guess with its reasons.
public struct MappingDraft: Sendable {
  /// In the order that a mapping reads them: what others refer to first.
  public internal(set) var tables: [DraftedTable]
  /// What a person should know beside the guesses.
  public internal(set) var notes: [Finding]
  /// The language that most headers are in.
  public let language: Language
  /// The files, as they were given.
  public let files: [String]
}
