public import FerryRecords

/// A plan's request on its way to the planner, so that the records of the input take no room any more
/// once the plan is made.
public final class HeldRequest {
  private var request: PlanRequest?

  /// Holds a request that nobody else keeps.
  public init(_ request: PlanRequest) { self.request = request }

  /// The tables of the store that Ferry did not make.
  public var layout: StoreLayout { request?.policies.layout ?? StoreLayout() }

  /// What the request says of its mapping, without the records.
  func withRequest<R>(_ body: (PlanRequest) -> R) -> R? { request.map(body) }

  /// Gives the request away; `nil` the second time.
  func take() -> PlanRequest? {
    defer { request = nil }
    return request
  }
}
