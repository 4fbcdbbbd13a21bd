/// A text that is compared with many: its characters' positions are found once.
package struct SimilarityPattern: Sendable {
  private let characters: ContiguousArray<UInt32>
  /// `nil` where there is no table of this kind for the text.
  private let masks: LastingMasks?

  /// Takes a text of code points.
  package init(_ text: Span<UInt32>) {
    var characters = ContiguousArray<UInt32>()
    characters.reserveCapacity(text.count)
    for index in text.indices { characters.append(text[index]) }
    self.characters = characters
    masks = LastingMasks(text)
  }

  /// The same as ``JaroWinkler/similarity(_:_:)-(Span<UInt32>,_)`` of both texts.
  package func jaroWinkler(to text: Span<UInt32>) -> Double {
    guard let masks, text.count <= CharacterMasks.longestPattern else {
      return JaroWinkler.similarity(characters.span, text)
    }
    let multiplier = masks.multiplier
    return masks.withTables { keys, table in
      JaroWinkler.shortSimilarity(characters.span, text) {
        LastingMasks.mask(of: $0, keys, table, multiplier)
      }
    }
  }

  /// The same as ``DamerauLevenshtein/distance(_:_:atMost:)-(Span<UInt32>,_,_)`` of both texts.
  package func damerauLevenshtein(to text: Span<UInt32>, atMost limit: Int) -> Int {
    let difference = abs(text.count - characters.count)
    if difference > limit { return limit + 1 }
    guard let masks, !characters.isEmpty else {
      return DamerauLevenshtein.distance(characters.span, text, atMost: limit)
    }
    let multiplier = masks.multiplier
    return masks.withTables { keys, table in
      DamerauLevenshtein.shortDistance(characters.count, text, atMost: limit) {
        LastingMasks.mask(of: $0, keys, table, multiplier)
      }
    }
  }
}
