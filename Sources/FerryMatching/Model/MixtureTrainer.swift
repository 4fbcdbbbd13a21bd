/// One round of EM after the other over the same patterns.
struct MixtureTrainer {
  private static let codeLimit = 1 << Pattern.bitsPerField
  private let fieldCount: Int
  /// The codes of each pattern, one after the other, each raised by its field's offset.
  private var codes = ContiguousArray<UInt16>()
  private let counts: ContiguousArray<Double>

  init(_ patterns: PatternCounts, fieldCount: Int) {
    self.fieldCount = fieldCount
    counts = patterns.counts
    codes.reserveCapacity(patterns.patterns.count * fieldCount)
    for pattern in patterns.patterns {
      for field in 0..<fieldCount {
        codes.append(UInt16(field * Self.codeLimit + pattern.code(field)))
      }
    }
  }

  /// Finds who belongs where, then what that says of each class.
  ///
  /// The classes before data taught, `start`, count as `strength` pairs each.
  func round(
    _ classes: [PairClass], around start: [PairClass], strength: Double, matches: Double
  ) -> [PairClass] {
    let size = fieldCount * Self.codeLimit
    let tables = classes.map(flat)
    var sums = ContiguousArray(repeating: 0.0, count: size * classes.count)
    var weights = start.map { $0.weight * strength }
    weights[0] += matches
    var joint = ContiguousArray(repeating: 0.0, count: classes.count)
    for index in counts.indices {
      let range = index * fieldCount..<(index + 1) * fieldCount
      var total = 0.0
      for number in classes.indices {
        var product = classes[number].weight
        for place in range { product *= tables[number][Int(codes[place])] }
        joint[number] = product
        total += product
      }
      guard total > 0 else { continue }
      let scale = counts[index] / total
      for number in classes.indices {
        let share = joint[number] * scale
        weights[number] += share
        for place in range { sums[number * size + Int(codes[place])] += share }
      }
    }
    let all = weights.reduce(0, +)
    return classes.indices.map { number in
      var next = start[number]
      next.weight = weights[number] / all
      for field in next.probabilities.indices {
        let offset = number * size + field * Self.codeLimit
        next.probabilities[field] = Self.distribution(
          next.probabilities[field].indices.map {
            next.probabilities[field][$0] * strength + sums[offset + $0]
          })
      }
      return next
    }
  }

  private func flat(_ pairClass: PairClass) -> ContiguousArray<Double> {
    var table = ContiguousArray(repeating: 1.0, count: fieldCount * Self.codeLimit)
    for (field, probabilities) in pairClass.probabilities.enumerated() {
      for (code, probability) in probabilities.enumerated() {
        table[field * Self.codeLimit + code] = probability
      }
    }
    return table
  }

  /// Makes probabilities of sums; code 0 says nothing and is always 1.
  private static func distribution(_ sums: [Double]) -> [Double] {
    let total = sums.dropFirst().reduce(0, +)
    return [1] + sums.dropFirst().map { $0 / total }
  }
}
