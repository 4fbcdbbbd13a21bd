/// What can go wrong between a client and a product.
public enum Fault: String, CaseIterable, Hashable, Sendable {
  /// The product says that there were too many calls, in its own way.
  case throttle
  /// The product, or the gateway before it, breaks down; nothing was stored.
  case serverError = "server-error"
  /// The connection ends before anything was stored.
  case drop
  /// All was stored, then the connection ends without an answer.
  case storedThenDrop = "stored-drop"
  /// All was stored, then no answer comes, until the client gives up.
  case storedThenSilence = "stored-silence"
  /// The token has run out before its time.
  case expiredToken = "expired-token"
  /// Some records of a batch are refused for a passing reason, the others stored.
  case partial
}

/// A fault at the nth call whose path holds a text.
public struct ScriptedFault: Hashable, Sendable {
  /// What goes wrong.
  public let fault: Fault
  /// A part of the path; empty means any.
  public let path: String
  /// One-based, among the calls that fit; sign-ins aside.
  public let callNumber: Int

  /// States it.
  public init(_ fault: Fault, path: String = "", callNumber: Int) {
    self.fault = fault
    self.path = path
    self.callNumber = callNumber
  }

  /// Reads `KIND@N` or `KIND@PATH:N`, such as `stored-drop@/create:2`; `nil` where it is neither.
  public init?(_ text: String) {
    let sides = text.split(separator: "@", maxSplits: 1)
    guard sides.count == 2, let fault = Fault(rawValue: String(sides[0])) else { return nil }
    let place = sides[1].split(separator: ":")
    guard let last = place.last, let number = Int(last), number > 0, place.count <= 2 else {
      return nil
    }
    self.init(fault, path: place.count == 2 ? String(place[0]) : "", callNumber: number)
  }
}

/// Which faults a double shows: by chance from a seed, by a script, or both.
public struct FaultPlan: Hashable, Sendable {
  /// The same seed and the same calls give the same faults.
  public var seed: UInt64
  /// The share of calls with a fault by chance, in 0…1.
  public var share: Double
  /// The faults that come by chance; those that the product can't show are left out.
  public var kinds: Set<Fault>
  /// Faults at certain calls.
  public var script: [ScriptedFault]
  /// How long each answer takes.
  public var delayMilliseconds: Int
  /// How long a client waits in vain for an answer before the connection ends.
  public var silenceMilliseconds: Int
  /// How many searches don't find a new record yet.
  public var lagReads: Int
  /// How long searches don't find a new record.
  public var lagMilliseconds: Int

  /// States a plan; without words, nothing goes wrong.
  public init(
    seed: UInt64 = 1, share: Double = 0, kinds: Set<Fault> = Set(Fault.allCases),
    script: [ScriptedFault] = [], delayMilliseconds: Int = 0, silenceMilliseconds: Int = 60_000,
    lagReads: Int = 0, lagMilliseconds: Int = 0
  ) {
    self.seed = seed
    self.share = share
    self.kinds = kinds
    self.script = script
    self.delayMilliseconds = delayMilliseconds
    self.silenceMilliseconds = silenceMilliseconds
    self.lagReads = lagReads
    self.lagMilliseconds = lagMilliseconds
  }
}

/// Deals a plan's faults out to calls.
struct FaultDealer: Sendable {
  let plan: FaultPlan
  private let kinds: [Fault]
  private var random: SeededRandom
  private var fitting: [Int]

  init(_ plan: FaultPlan, able: Set<Fault>) {
    self.plan = plan
    kinds = plan.kinds.intersection(able).sorted { $0.rawValue < $1.rawValue }
    random = SeededRandom(seed: plan.seed)
    fitting = plan.script.map { _ in 0 }
  }

  /// The fault of a call to that path.
  mutating func next(path: String) -> Fault? {
    var found: Fault?
    for (index, scripted) in plan.script.enumerated()
    where scripted.path.isEmpty || path.contains(scripted.path) {
      fitting[index] += 1
      if fitting[index] == scripted.callNumber { found = scripted.fault }
    }
    if let found { return found }
    guard plan.share > 0, Double.random(in: 0..<1, using: &random) < plan.share else { return nil }
    return kinds.randomElement(using: &random)
  }

  /// A number that says which records of a batch fail, see ``ProductCall/fails(_:)``.
  mutating func partialSeed() -> UInt64 { random.next() }
}
