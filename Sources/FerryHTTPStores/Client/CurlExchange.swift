import CCurl
import Foundation

// How a call goes out once: on a kept connection that ends without a word libcurl sends the request
// again by itself, a POST too (`Curl_retry_request` in libcurl's lib/transfer.c). For that it must wind
// the body back, which is asked of the seek function; it says no, and the exchange ends as unknown:
// whether to send again is the client's business, with a trace id of its own. A call without a body has
// nothing to wind back; where it must go out once it gets a fresh connection. Check when changing it:
// `CurlTransportTests`, against a server that drops what it stored.

/// One request under way: libcurl's handle, and what has come so far.
///
/// One thread uses it.
@safe final class CurlExchange {
  /// The longest that one exchange may take, so that a server that trickles can't hold a run for ever.
  private static let longest = Duration.seconds(1800)

  let handle: UnsafeMutableRawPointer
  var number: Int { order.number }
  private let order: CurlDesk.Order
  private let settings: CurlTransport.Settings
  private var requestHeaders: UnsafeMutablePointer<curl_slist>?
  private let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var sentCount = 0
  private var headers: [String: String] = [:]
  private var body: [UInt8] = []
  private var isTooLong = false

  /// `nil` where memory has run out.
  init?(_ order: CurlDesk.Order, _ settings: CurlTransport.Settings) {
    guard let handle = unsafe curl_easy_init() else { return nil }
    unsafe self.handle = handle
    self.order = order
    self.settings = settings
    unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setAddress()
    setLimits()
    setRequest()
    setTakers()
  }

  deinit {
    unsafe curl_easy_cleanup(handle)
    unsafe curl_slist_free_all(requestHeaders)
    unsafe words.deallocate()
  }

  // MARK: - Options

  private func set(_ option: CURLoption, _ number: Int) {
    _ = unsafe ferry_curl_set_number(handle, option, number)
  }

  private func set(_ option: CURLoption, _ text: String) {
    _ = unsafe ferry_curl_set_text(handle, option, text)
  }

  private func setAddress() {
    set(CURLOPT_URL, order.request.url.absoluteString)
    set(CURLOPT_PROTOCOLS_STR, "https,http")
    // A connection of HTTP/2 would mix many calls' fates.
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_USERAGENT, "ferry")
    // Whatever the server can pack.
    set(CURLOPT_ACCEPT_ENCODING, "")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    if let certificates = settings.certificates { set(CURLOPT_CAINFO, certificates) }
    if let proxy = settings.proxy { set(CURLOPT_PROXY, proxy) }
  }

  private func setLimits() {
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(settings.connectTimeout))
    let idle = settings.timeout ?? order.request.timeout
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_LOW_SPEED_TIME, max(1, Self.milliseconds(idle) / 1000))
    set(CURLOPT_TIMEOUT_MS, Self.milliseconds(Self.longest))
    _ = unsafe ferry_curl_set_size(
      handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(settings.longestBody))
    _ = unsafe ferry_curl_set_text(handle, CURLOPT_ERRORBUFFER, words)
  }

  private static func milliseconds(_ time: Duration) -> Int {
    let (seconds, rest) = time.components
    return Int(seconds) * 1000 + Int(rest / 1_000_000_000_000_000)
  }

  private func setRequest() {
    let request = order.request
    for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
      add(header: value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    // A body goes at once; not every server says `100 Continue`.
    add(header: "Expect:")
    if let body = request.body {
      set(CURLOPT_POST, 1)
      _ = unsafe ferry_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
    } else if request.method == "HEAD" {
      set(CURLOPT_NOBODY, 1)
    } else if request.method != "GET" {
      set(CURLOPT_POST, 1)
      set(CURLOPT_POSTFIELDSIZE_LARGE, 0)
      add(header: "Content-Type:")
    }
    if request.body == nil || request.body?.isEmpty == true, !request.isRepeatable {
      set(CURLOPT_FRESH_CONNECT, 1)
    }
    set(CURLOPT_CUSTOMREQUEST, request.method)
    _ = unsafe ferry_curl_set_headers(handle, requestHeaders)
  }

  private func add(header: String) {
    // Nothing that a value holds begins a line of its own.
    let line = String(String.UnicodeScalarView(header.unicodeScalars.filter { $0.value >= 0x20 }))
    unsafe requestHeaders = curl_slist_append(requestHeaders, line)
  }

  // MARK: - What libcurl calls

  private func setTakers() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    for option in [
      CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA, CURLOPT_SEEKDATA, CURLOPT_PRIVATE,
    ] {
      _ = unsafe ferry_curl_set_pointer(handle, option, context)
    }
    _ = unsafe ferry_curl_set_taker(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      unsafe CurlExchange.at(context).take(
        UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    _ = unsafe ferry_curl_set_taker(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
      unsafe CurlExchange.at(context).take(header: String(decoding: line, as: UTF8.self))
      return size * count
    }
    _ = unsafe ferry_curl_set_reader(
      handle,
      { room, size, count, context in
        unsafe CurlExchange.at(context).give(
          UnsafeMutableRawBufferPointer(start: room, count: size * count))
      },
      { context, offset, origin in
        unsafe CurlExchange.at(context).wind(to: Int(offset), from: origin)
      })
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> CurlExchange {
    guard let context = unsafe context else { preconditionFailure("libcurl lost an exchange") }
    return unsafe Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
  }

  /// Takes a piece of the answer; how much of it, which ends the exchange where it is not all.
  private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= settings.longestBody else {
      isTooLong = true
      return 0
    }
    unsafe body.append(contentsOf: bytes)
    return bytes.count
  }

  private func take(header line: String) {
    // A status line begins a new answer: what came before it was `100 Continue`.
    guard !line.hasPrefix("HTTP/") else {
      headers = [:]
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...]
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let name = line[..<colon].lowercased()
    headers[name] = headers[name].map { "\($0), \(value)" } ?? value
  }

  /// Gives a piece of the body.
  private func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
    guard let body = order.request.body else { return 0 }
    let count = min(room.count, body.count - sentCount)
    unsafe body.withUnsafeBytes { bytes in
      let piece = unsafe UnsafeRawBufferPointer(rebasing: bytes[sentCount..<sentCount + count])
      unsafe room.copyMemory(from: piece)
    }
    sentCount += count
    return count
  }

  /// Would wind the body back, so that libcurl could send it again; no body is.
  private func wind(to offset: Int, from origin: Int32) -> Int32 {
    origin == SEEK_SET && offset == sentCount ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
  }

  // MARK: - The end

  func cancelled() {
    order.reply.resume(returning: .failure(HTTPFailure(.cancelled, reason: "cancelled")))
  }

  func finished(_ code: CURLcode) {
    guard code == CURLE_OK else {
      order.reply.resume(returning: .failure(HTTPFailure(kind(of: code), reason: reason(code))))
      return
    }
    var status = 0
    _ = unsafe ferry_curl_get_number(handle, CURLINFO_RESPONSE_CODE, &status)
    order.reply.resume(
      returning: .success(HTTPResponse(status: status, headers: headers, body: body)))
  }

  private func kind(of code: CURLcode) -> HTTPFailure.Kind {
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_INVALIDCERTSTATUS:
      return .untrusted
    default:
      // Where the request itself began to go, counted from the start; zero where it never did.
      var began: curl_off_t = 0
      _ = unsafe ferry_curl_get_size(handle, CURLINFO_PRETRANSFER_TIME_T, &began)
      return began == 0 ? .notSent : .unknown
    }
  }

  private func reason(_ code: CURLcode) -> String {
    if isTooLong || code == CURLE_FILESIZE_EXCEEDED {
      return "the answer is longer than \(settings.longestBody >> 20) MiB"
    }
    if code == CURLE_SEND_FAIL_REWIND { return "the connection ended without an answer" }
    let told = unsafe String(cString: words)
    return told.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : told
  }
}
