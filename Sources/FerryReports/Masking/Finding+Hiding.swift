import FerryCore

extension Finding {
  /// The finding as a log may have it: where it is about the value of a cell, nothing of its words
  /// tells that value.
  ///
  /// The place stays, so that whoever has the file finds the cell; ids of records that are named
  /// without a value stay too.
  var withoutValue: Finding {
    guard value != nil else { return self }
    let known = KnownWords()
    return Finding(
      rule, at: provenance,
      arguments: arguments.map { known.contains($0) || known.containsAll($0) ? $0 : "…" },
      severity: severity)
  }
}
