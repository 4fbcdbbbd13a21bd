import FerryCore

/// The distinct values of one field of a table, folded for comparing: equal values share a number.
///
/// How it works: a million rows hold far fewer values, and most pairs of rows that are compared
/// share some. So each value is taken apart once, when it is first seen, and a comparison of two
/// equal values is one of two numbers.
protocol ValueStore: BlockingKeySource {
  /// The levels of agreement, best first: the first says that two values are the same, the last
  /// that they differ.
  static var levels: [AgreementLevel] { get }

  /// The levels of this store; ``levels`` unless a config chose others.
  var agreementLevels: [AgreementLevel] { get }

  /// Appends the number of the value that each row spells, new or known; 0 where it spells none.
  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>)

  /// Called once, when all rows are added and before anything is asked, for what needs the whole
  /// table, such as how common a word is.
  mutating func finish()

  /// The index in ``levels`` of how two different values stand to each other.
  ///
  /// Symmetric; never asked for a value and itself, nor for 0.
  func level(_ left: UInt32, _ right: UInt32) -> Int

  /// Loads what ``level(_:_:)`` will ask of some values, so that it needn't wait for one after the
  /// other; the sum of something of each, below 2⁶³.
  func touch(_ values: ContiguousArray<UInt32>) -> UInt64
}

extension ValueStore {
  mutating func finish() {}

  func touch(_ values: ContiguousArray<UInt32>) -> UInt64 { 0 }
}

extension ValueStore {
  /// The same for all stores of the type.
  var agreementLevels: [AgreementLevel] { Self.levels }
}

/// One outcome of comparing a field in two records, and what to expect of it before data teach.
struct AgreementLevel: Sendable {
  /// Stable name for model files and tests, such as `same-sound`.
  let id: String
  /// What the outcome is, for a person: "same sound".
  let words: Words
  /// P(this outcome | match, both known), in (0, 1); a store's levels add up to 1.
  let m: Double
  /// P(this outcome | no match, both known), in (0, 1); a store's levels add up to 1.
  let u: Double
}

/// What two records may share that makes it worth comparing them.
struct BlockingKey: Hashable, Sendable {
  /// What the key is made of, such as "sound of the name" (numbered by its store from 0).
  let slot: UInt8
  /// The key's value; 64 bits of hash, so a chance meeting costs one comparison and no more.
  let hash: UInt64
}
