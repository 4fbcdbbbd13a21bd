// How it works: one thread of the transport's own drives all transfers through one libcurl multi handle;
// callers put orders into an inbox and ring a pipe, which libcurl's poll watches. Connections are kept
// between calls, and libcurl never sends by itself what must go out once: see CurlExchange.swift.

/// Requests over libcurl: connections are kept, certificates checked, redirects not followed, proxies
/// taken from the environment (`https_proxy`, `no_proxy`) unless a profile names one.
public final class CurlTransport: HTTPTransport {
  /// How servers are reached.
  public struct Settings: Hashable, Sendable {
    /// The most connections to one server.
    public var connections = 32
    /// How long to wait for a connection.
    public var connectTimeout = Duration.seconds(15)
    /// How long to wait while nothing comes or goes; `nil` for each request's own.
    public var timeout: Duration?
    /// The longest answer in bytes, unpacked; a page of a hundred records has about 1 MB.
    public var longestBody = 64 << 20
    /// A file of certificates in PEM that are trusted besides none other; `nil` for the machine's own.
    public var certificates: String?
    /// Such as `http://user:secret@proxy:3128`; empty for none at all, `nil` for the environment's.
    public var proxy: String?

    /// The machine's own.
    public init() {}
  }

  private let desk: CurlDesk

  /// Opens nothing yet.
  public init(_ settings: Settings = Settings()) { desk = CurlDesk(settings) }

  deinit { desk.close() }

  /// Sends a request and waits for its answer.
  public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    let (desk, number) = (desk, desk.nextNumber())
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { reply in
        desk.hand(in: CurlDesk.Order(number: number, request: request, reply: reply))
        // A task that was cancelled before has told of it too early.
        if Task.isCancelled { desk.cancel(number) }
      }
    } onCancel: {
      desk.cancel(number)
    }
    return try result.get()
  }

  /// Lets go of connections; what is under way ends as cancelled.
  public func close() { desk.close() }
}
