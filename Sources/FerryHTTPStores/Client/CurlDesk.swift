import CCurl
import Foundation
import Synchronization

/// Where callers put requests and the thread that serves them takes them.
final class CurlDesk: Sendable {
  /// What a caller waits for.
  typealias Reply = CheckedContinuation<Result<HTTPResponse, HTTPFailure>, Never>

  /// A request with whom to tell what became of it.
  struct Order: Sendable {
    let number: Int
    let request: HTTPRequest
    let reply: Reply
  }

  private struct State: Sendable {
    var lastNumber = 0
    var waiting: [Order] = []
    var cancelled: [Int] = []
    var isClosed = false
    /// Where the thread is woken; `nil` while there is none.
    var bell: Bell?
  }

  private let settings: CurlTransport.Settings
  private let state = Mutex(State())

  init(_ settings: CurlTransport.Settings) { self.settings = settings }

  /// A number that no other request has.
  func nextNumber() -> Int {
    state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
  }

  /// Takes an order; the first one starts the thread.
  func hand(in order: Order) {
    let refusal: HTTPFailure? = state.withLock { state in
      guard !state.isClosed else { return HTTPFailure(.cancelled, reason: "closed") }
      if state.bell == nil {
        guard let bell = Bell() else {
          return HTTPFailure(.notSent, reason: "no more files can be opened")
        }
        state.bell = bell
        Thread.detachNewThread { [self] in serve(bell) }
      }
      state.waiting.append(order)
      state.bell?.ring()
      return nil
    }
    if let refusal { order.reply.resume(returning: .failure(refusal)) }
  }

  /// Ends a request that is not wanted any more.
  func cancel(_ number: Int) {
    state.withLock { state in
      state.cancelled.append(number)
      state.bell?.ring()
    }
  }

  /// Ends all.
  func close() {
    state.withLock { state in
      state.isClosed = true
      state.bell?.ring()
    }
  }

  // MARK: - The thread

  private func serve(_ bell: Bell) {
    Self.ignoreBrokenPipes()
    let table = CurlTable(settings)
    while let (orders, cancelled) = takeAll() {
      for order in orders { table.begin(order) }
      for number in cancelled { table.cancel(number) }
      table.perform()
      table.wait(watching: bell.readEnd)
      bell.hush()
    }
    table.cancelAll()
    let left = state.withLock { state in
      bell.close()
      state.bell = nil
      defer { state.waiting = [] }
      return state.waiting
    }
    for order in left {
      order.reply.resume(returning: .failure(HTTPFailure(.cancelled, reason: "closed")))
    }
  }

  /// What came since the last time; `nil` where all is to end.
  private func takeAll() -> (orders: [Order], cancelled: [Int])? {
    state.withLock { state in
      guard !state.isClosed else { return nil }
      defer { (state.waiting, state.cancelled) = ([], []) }
      return (state.waiting, state.cancelled)
    }
  }

  /// A connection that the other side ended is an error code here, not a signal that ends the process.
  private static func ignoreBrokenPipes() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}

/// A pipe that wakes a thread from its poll.
struct Bell: Hashable, Sendable {
  let readEnd: Int32
  private let writeEnd: Int32

  /// `nil` where the process may open no more files.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  /// Wakes; a full pipe wakes already.
  func ring() {
    var byte: UInt8 = 1
    _ = unsafe write(writeEnd, &byte, 1)
  }

  /// Takes all that rang.
  func hush() {
    var bytes: [UInt8] = Array(repeating: 0, count: 256)
    while unsafe read(readEnd, &bytes, bytes.count) == bytes.count {}
  }

  func close() {
    _ = Foundation.close(readEnd)
    _ = Foundation.close(writeEnd)
  }
}
