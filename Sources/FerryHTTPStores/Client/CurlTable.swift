import CCurl

/// The transfers under way in one libcurl multi handle; one thread uses it.
@safe final class CurlTable {
  /// A longer wait would change nothing: whoever hands an order in rings the bell.
  private static let longestWait: Int32 = 60_000
  /// libcurl as a whole is made ready once.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

  private let settings: CurlTransport.Settings
  private let multi: UnsafeMutableRawPointer?
  /// By easy handle.
  private var running: [UnsafeMutableRawPointer: CurlExchange] = unsafe [:]

  init(_ settings: CurlTransport.Settings) {
    self.settings = settings
    unsafe multi = Self.isReady ? curl_multi_init() : nil
    _ = unsafe ferry_curl_set_multi_number(
      multi, CURLMOPT_MAX_HOST_CONNECTIONS, settings.connections)
    _ = unsafe ferry_curl_set_multi_number(multi, CURLMOPT_MAXCONNECTS, settings.connections)
  }

  deinit { _ = unsafe curl_multi_cleanup(multi) }

  /// Starts an exchange.
  func begin(_ order: CurlDesk.Order) {
    guard let exchange = CurlExchange(order, settings),
      unsafe curl_multi_add_handle(multi, exchange.handle) == CURLM_OK
    else {
      order.reply.resume(returning: .failure(HTTPFailure(.notSent, reason: "out of memory")))
      return
    }
    unsafe running[exchange.handle] = exchange
  }

  /// Ends an exchange; one that has ended is none of them any more.
  func cancel(_ number: Int) {
    guard let exchange = unsafe running.values.first(where: { $0.number == number }) else { return }
    end(exchange).cancelled()
  }

  /// Ends all.
  func cancelAll() {
    for exchange in unsafe Array(running.values) { end(exchange).cancelled() }
  }

  /// Moves all exchanges on as far as they go without waiting.
  func perform() {
    var count: Int32 = 0
    _ = unsafe curl_multi_perform(multi, &count)
    while let message = unsafe curl_multi_info_read(multi, &count) {
      guard unsafe message.pointee.msg == CURLMSG_DONE,
        let exchange = unsafe running[message.pointee.easy_handle]
      else { continue }
      let code = unsafe message.pointee.data.result
      // The message goes with the handle.
      end(exchange).finished(code)
    }
  }

  /// Waits until a connection or the descriptor has something.
  func wait(watching descriptor: Int32) {
    var watched = curl_waitfd(fd: descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    var count: Int32 = 0
    _ = unsafe curl_multi_poll(multi, &watched, 1, Self.longestWait, &count)
  }

  private func end(_ exchange: CurlExchange) -> CurlExchange {
    _ = unsafe curl_multi_remove_handle(multi, exchange.handle)
    unsafe running[exchange.handle] = nil
    return exchange
  }
}
