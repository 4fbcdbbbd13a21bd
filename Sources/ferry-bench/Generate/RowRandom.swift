/// Random choices that follow from a seed, a purpose and a number alone.
///
/// Any row can be made without the rows before it, and the first rows of a large file are those
/// of a small one. The standard library's `random(in:using:)` is not used, since its stream may
/// change between releases.
struct RowRandom {
  /// What the choices are for, so that none depends on another.
  enum Purpose: UInt64 {
    case order
    case person
    case company
    case writing
  }

  private var state: UInt64

  /// Starts the choices for `number`.
  init(seed: UInt64, purpose: Purpose, number: Int) {
    state = Self.mixed(seed &* 0x9E37_79B9_7F4A_7C15 &+ purpose.rawValue)
    state = Self.mixed(state ^ UInt64(truncatingIfNeeded: number) &* 0xD1B5_4A32_D192_ED03)
  }

  // SplitMix64, as in SeededRandom.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A whole number in `0..<limit`.
  mutating func below(_ limit: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(max(limit, 1))).high)
  }

  /// A number in 0..<1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Whether something of that probability happens.
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// One of `choices`.
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  /// One of `choices`, the first ones far more often, as family names are.
  mutating func pickSkewed<Element>(_ choices: [Element]) -> Element {
    let share = unit()
    return choices[Int(Double(choices.count) * share * share)]
  }

  /// `count` decimal digits.
  mutating func digits(_ count: Int) -> String {
    String((0..<count).map { _ in Character(Unicode.Scalar(UInt8(48 + below(10)))) })
  }
}
