import FerryTestSupport

/// Choices that follow from a seed alone, on every machine and with every toolchain.
struct Dice {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// A whole number in `0..<limit`.
  mutating func below(_ limit: Int) -> Int {
    Int(random.next().multipliedFullWidth(by: UInt64(limit)).high)
  }

  /// A whole number in the range.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// Whether an event of that likelihood happens.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of the choices.
  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  /// That many decimal digits.
  mutating func digits(_ count: Int) -> String {
    (0..<count).map { _ in String(below(10)) }.joined()
  }
}
