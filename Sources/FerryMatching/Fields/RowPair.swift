/// Two rows of a table, counted from 0; the left one comes first.
struct RowPair: Hashable, Sendable {
  let left: UInt32
  let right: UInt32
}

/// How two rows stand to each other in every field: five bits a field, the first lowest.
///
/// A field's code is 0 where one of the two says nothing.
typealias Pattern = UInt128

extension Pattern {
  /// The bits that a field's code takes.
  static let bitsPerField = 5
  /// The most fields that one pattern holds.
  static let mostFields = 25

  /// The code of field `index`.
  func code(_ index: Int) -> Int {
    Int(truncatingIfNeeded: self >> (index * Pattern.bitsPerField)) & 31
  }
}
