// Four texts against one: the four are the lanes of a vector, 32 positions each, so that one walk
// over the other text finds the agreeing characters of all. Counting and weighing are done lane by
// lane, since most of the lanes of unlike texts are done with at once.

/// Four texts that are compared with many, all four at a time.
package struct SimilarityPatterns: Sendable {
  /// How many texts there are.
  package static let count = 4
  /// Longer texts are compared one by one.
  private static let longestText = 32
  private static let placeCount = 512

  private let single: [SimilarityPattern]
  private let units: ContiguousArray<UInt32>
  private let ranges: [Range<Int>]
  /// The lanes whose texts are too long for a vector.
  private let longLanes: [Int]
  /// Open addressing: a character plus one, 0 at a free place.
  private var keys = ContiguousArray<UInt32>(repeating: 0, count: placeCount)
  /// Where the character of each place stands in each text.
  private var masks = ContiguousArray<SIMD4<UInt32>>(repeating: .zero, count: placeCount)
  /// The window of the first character, for each length of the other text.
  private var windows = ContiguousArray<SIMD4<UInt32>>()

  /// Takes the texts that lie in `ranges` of `units`.
  ///
  /// - Precondition: `ranges` are four.
  package init(_ units: Span<UInt32>, _ ranges: [Range<Int>]) {
    precondition(ranges.count == Self.count, "a vector has four lanes")
    single = ranges.map { SimilarityPattern(units.extracting($0)) }
    longLanes = ranges.indices.filter { ranges[$0].count > Self.longestText }
    var kept = ContiguousArray<UInt32>()
    var keptRanges: [Range<Int>] = []
    for range in ranges {
      let start = kept.count
      for index in range { kept.append(units[index]) }
      keptRanges.append(start..<kept.count)
    }
    self.units = kept
    self.ranges = keptRanges
    fill()
  }

  private mutating func fill() {
    for lane in ranges.indices where !longLanes.contains(lane) {
      for (position, index) in ranges[lane].enumerated() {
        let place = Self.place(of: units[index], keys.span)
        keys[place] = units[index] &+ 1
        masks[place][lane] |= 1 << UInt32(position)
      }
    }
    for length in 0...Self.longestText {
      var window = SIMD4<UInt32>.zero
      for lane in ranges.indices where !longLanes.contains(lane) {
        let reach = max(max(length, ranges[lane].count) / 2 - 1, 0)
        window[lane] = (1 << UInt32(reach + 1)) - 1
      }
      windows.append(window)
    }
  }

  /// The place of a character, or a free one.
  @inline(__always)
  private static func place(of unit: UInt32, _ keys: Span<UInt32>) -> Int {
    var place = Int(truncatingIfNeeded: (unit &* 0x9E37_79B1) >> 23)
    var key = keys[place]
    while key != unit &+ 1, key != 0 {
      place = (place + 1) & (placeCount - 1)
      key = keys[place]
    }
    return place
  }

  /// The same as ``JaroWinkler/similarity(_:_:)-(Span<UInt32>,_)`` of each text and `text`.
  package func jaroWinkler(to text: Span<UInt32>) -> SIMD4<Double> {
    var all = SIMD4<Double>.zero
    guard text.count <= Self.longestText, !text.isEmpty else {
      for lane in 0..<Self.count { all[lane] = single[lane].jaroWinkler(to: text) }
      return all
    }
    for lane in longLanes { all[lane] = single[lane].jaroWinkler(to: text) }
    var window = windows[text.count]
    var widening = window &>> 1
    let (keySpan, maskSpan) = (keys.span, masks.span)
    precondition(keySpan.count == Self.placeCount && maskSpan.count == Self.placeCount)
    let none = SIMD4<UInt32>(repeating: 0)
    let one = SIMD4<UInt32>(repeating: 1)
    var bit = one
    var (found, agreeing, crossed) = (none, none, none)
    for index in text.indices {
      let free = maskSpan[Self.place(of: text[index], keySpan)] & window & ~found
      let fromPlace = none &- free
      let place = free & fromPlace
      crossed |= found & (none &- place)
      found |= place
      agreeing |= bit.replacing(with: none, where: free .== none)
      bit = bit &+ bit
      window = window &+ window | (widening & one)
      widening = widening &>> 1
    }
    if found == none { return all }
    for lane in 0..<Self.count where found[lane] != 0 {
      all[lane] = JaroWinkler.similarity(
        units.span.extracting(ranges[lane]), UInt64(found[lane]), text, UInt64(agreeing[lane]),
        isCrossed: crossed[lane] != 0)
    }
    return all
  }
}
