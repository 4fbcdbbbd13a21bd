import FerryRecords
import FerryStores

/// What a product's one file says: how its objects are described, read and written.
///
/// Order, batches, doubles, plans and words are not its business. Writes are of one object, in any
/// number up to ``batchSize``, and give one result a record, in order.
protocol ProductAdapter: Sendable {
  /// The shared client, signed in as the profile says.
  var client: HTTPClient { get }
  /// Where the product keeps each entity.
  var table: ProductTable { get }
  /// The field that holds external ids.
  var externalID: String { get }
  /// The most records that one write may hold.
  var batchSize: Int { get }
  /// The most values that one look-up may hold.
  var lookupSize: Int { get }
  /// The most calls at once.
  var callsInFlight: Int { get }
  /// How long a record takes.
  var pace: WritePace { get }
  /// Pauses before each look-up of a record that may have been stored; its search may lag.
  var lookAgain: [Duration] { get }

  /// An object's fields; `nil` where there is no such object.
  func describe(_ object: String) async throws(StoreError) -> RemoteObject?

  /// One page of records.
  func page(_ query: RemoteQuery) async throws(StoreError) -> RemotePage

  /// Makes records; none of them is there yet.
  func create(_ records: [RemoteRecord], in object: String) async throws(StoreError)
    -> [RemoteResult]

  /// Changes the fields that each record brings.
  func update(_ records: [RemoteRecord], in object: String) async throws(StoreError)
    -> [RemoteResult]

  /// Removes records; one that is gone is removed.
  func delete(_ ids: [String], in object: String) async throws(StoreError) -> [RemoteResult]

  /// The id of the user who gets new records that bring no owner; `nil` where nobody does.
  func ownerOfNewRecords() async throws(StoreError) -> String?

  /// Whether a new record is stored whole or not at all; otherwise one whose answer was lost is written
  /// once more where it is found.
  var storesWhole: Bool { get }

  /// How values are written; what follows from it need not be said again.
  var form: ValueForm { get }

  /// What the product is to hold for a canonical text, which is empty for null.
  func encoded(_ text: String, _ codec: FieldCodec) -> JSON?

  /// The canonical text of what the product holds; `nil` for null.
  func decoded(_ value: JSON, _ codec: FieldCodec) -> String?

  /// What the product does by itself when records of an entity are written.
  func sideEffects(of entity: String) -> [SideEffect]
}

extension ProductAdapter {
  var form: ValueForm { ValueForm() }

  var storesWhole: Bool { true }

  var callsInFlight: Int { 4 }

  func ownerOfNewRecords() async throws(StoreError) -> String? { nil }

  func encoded(_ text: String, _ codec: FieldCodec) -> JSON? { form.encoded(text, codec) }

  func decoded(_ value: JSON, _ codec: FieldCodec) -> String? { form.decoded(value, codec) }

  /// Enough for products that answer searches from an index of their own.
  var lookAgain: [Duration] { [.seconds(1), .seconds(4), .seconds(10)] }

  /// Runs `body` for each number below `count`, some at once, and gives the results in order.
  func inFlight<R: Sendable>(
    _ count: Int, atOnce width: Int,
    _ body: @escaping @Sendable (Int) async throws(StoreError) -> R
  ) async throws(StoreError) -> [R] {
    let results = await withTaskGroup(of: (Int, Result<R, StoreError>).self) { group in
      var found: [Result<R, StoreError>?] = Array(repeating: nil, count: count)
      let start = { (group: inout TaskGroup<(Int, Result<R, StoreError>)>, number: Int) in
        group.addTask {
          do throws(StoreError) {
            return (number, .success(try await body(number)))
          } catch {
            return (number, .failure(error))
          }
        }
      }
      var next = 0
      while next < min(width, count) {
        start(&group, next)
        next += 1
      }
      var hasFailed = false
      while let (number, result) = await group.next() {
        found[number] = result
        if case .failure = result { hasFailed = true }
        guard next < count, !hasFailed else { continue }
        start(&group, next)
        next += 1
      }
      return found
    }
    var done: [R] = []
    // After a failure the rest was not begun; the failure comes before it.
    for result in results { if let result { done.append(try result.get()) } }
    return done
  }
}
