import Foundation

/// One round of EM after the other over the same patterns.
struct MixtureTrainer {
  private static let codeLimit = 1 << Pattern.bitsPerField
  /// Pairs of a class that shares a field agree in it at least so often.
  private static let leastShared = 0.8
  private let fieldCount: Int
  /// The codes of each pattern, one after the other, each raised by its field's offset.
  private var codes = ContiguousArray<UInt16>()
  private let counts: ContiguousArray<Double>
  private let priors: [FieldPrior]

  init(_ patterns: PatternCounts, _ priors: [FieldPrior]) {
    self.priors = priors
    fieldCount = priors.count
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
  /// The classes before data taught, `start`, count as `strength` pairs each. With `givenMatches`
  /// the share of each pattern that matches is not found but given. The outcome is that of the
  /// classes as they came in.
  func round(
    _ classes: [PairClass], around start: [PairClass], strength: Double, matches: Double,
    givenMatches: ContiguousArray<Double>? = nil
  ) -> (classes: [PairClass], outcome: LearningOutcome) {
    let size = fieldCount * Self.codeLimit
    let tables = classes.map(flat)
    var sums = ContiguousArray(repeating: 0.0, count: size * classes.count)
    var weights = start.map { $0.weight * strength }
    weights[0] += matches
    var logLikelihood = 0.0
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
      logLikelihood += counts[index] * log2(total)
      if let givenMatches { Self.give(givenMatches[index], &joint, &total) }
      let scale = counts[index] / total
      for number in classes.indices {
        let share = joint[number] * scale
        weights[number] += share
        for place in range { sums[number * size + Int(codes[place])] += share }
      }
    }
    let all = weights.reduce(0, +)
    var isHeld = false
    let next = classes.indices.map { number in
      var next = start[number]
      next.weight = weights[number] / all
      for field in next.probabilities.indices {
        let offset = number * size + field * Self.codeLimit
        next.probabilities[field] = Self.distribution(
          next.probabilities[field].indices.map {
            next.probabilities[field][$0] * strength + sums[offset + $0]
          })
      }
      if number == 0 { isHeld = hold(&next.probabilities) }
      // A class that drifted off would explain how chance pairs hang together, and no sharing.
      if let own = next.sharedField {
        hold(&next.probabilities[own], priors[own], Self.leastShared)
      }
      return next
    }
    return (next, LearningOutcome(logLikelihood: logLikelihood, isHeld: isHeld))
  }

  /// Sets the share of the match class among the joint probabilities of one pattern.
  private static func give(
    _ match: Double, _ joint: inout ContiguousArray<Double>, _ total: inout Double
  ) {
    let rest = max(total - joint[0], .leastNormalMagnitude)
    for number in joint.indices { joint[number] *= (1 - match) / rest }
    joint[0] = match
    total = joint.reduce(0, +)
  }

  /// Holds matches to agree as often as the fields' priors say at least; tells whether it had to.
  ///
  /// Two sources may put a text quite differently, so of those only the one that agrees most is held.
  private func hold(_ shares: inout [[Double]]) -> Bool {
    let agreements = shares.indices.map { agreement(shares[$0], priors[$0]) }
    let loose = priors.indices.filter { priors[$0].isLoose && priors[$0].tells }
    let best = loose.max { agreements[$0] < agreements[$1] }
    var isHeld = false
    for field in priors.indices where !priors[field].isLoose || field == best {
      if hold(&shares[field], priors[field], priors[field].least) { isHeld = true }
    }
    return isHeld
  }

  /// Makes one field agree at least so often; tells whether it had to.
  @discardableResult
  private func hold(_ shares: inout [Double], _ prior: FieldPrior, _ least: Double) -> Bool {
    let agreement = agreement(shares, prior)
    guard agreement < least, agreement > 0 else { return false }
    for code in shares.indices.dropFirst() {
      switch prior.speech[code] {
      case .agrees: shares[code] *= least / agreement
      case .differs: shares[code] *= (1 - least) / (1 - agreement)
      case .neither: break
      }
    }
    return true
  }

  /// The share that agrees of those that agree or differ.
  private func agreement(_ shares: [Double], _ prior: FieldPrior) -> Double {
    var agreeing = 0.0
    var differing = 0.0
    for code in shares.indices.dropFirst() {
      switch prior.speech[code] {
      case .agrees: agreeing += shares[code]
      case .differs: differing += shares[code]
      case .neither: break
      }
    }
    return agreeing / (agreeing + differing)
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
