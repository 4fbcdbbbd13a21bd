import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Requests over Foundation's URL loading: connections are kept, certificates checked, proxies taken
/// from the environment (`https_proxy`, `no_proxy`).
///
/// On Linux libcurl sends a request again by itself where a connection that was kept ends without an
/// answer, a POST too. What must go out once gets a connection of its own, which is never sent again.
public struct URLSessionTransport: HTTPTransport {
  /// An answer that is longer is a mistake; a page of a hundred records has about 1 MB.
  private static let longestBody = 64 << 20

  private let session: URLSession

  /// Opens nothing yet.
  ///
  /// - Parameter connections: The most connections to one server.
  public init(connections: Int = 16) {
    session = Self.session(connections: connections)
  }

  private static func session(connections: Int) -> URLSession {
    let settings = URLSessionConfiguration.ephemeral
    settings.httpMaximumConnectionsPerHost = connections
    settings.httpCookieStorage = nil
    settings.urlCache = nil
    return URLSession(configuration: settings, delegate: RedirectRefusal(), delegateQueue: nil)
  }

  /// Sends a request and waits for its answer.
  public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    var outgoing = URLRequest(url: request.url)
    outgoing.httpMethod = request.method
    outgoing.timeoutInterval = TimeInterval(request.timeout.components.seconds)
    outgoing.httpBody = request.body.map { Data($0) }
    for (name, value) in request.headers { outgoing.setValue(value, forHTTPHeaderField: name) }
    let own = request.isRepeatable ? nil : Self.session(connections: 1)
    defer { own?.finishTasksAndInvalidate() }
    do {
      let (data, answer) = try await (own ?? session).data(for: outgoing)
      guard let answer = answer as? HTTPURLResponse, data.count <= Self.longestBody else {
        throw HTTPFailure(.unknown, reason: "the answer is no HTTP or longer than 64 MB")
      }
      var headers: [String: String] = [:]
      for (name, value) in answer.allHeaderFields {
        headers["\(name)".lowercased()] = "\(value)"
      }
      return HTTPResponse(status: answer.statusCode, headers: headers, body: Array(data))
    } catch let failure as HTTPFailure {
      throw failure
    } catch {
      throw Self.failure(error)
    }
  }

  /// Lets go of connections.
  public func close() { session.finishTasksAndInvalidate() }

  private static func failure(_ error: any Error) -> HTTPFailure {
    guard let error = error as? URLError else {
      return HTTPFailure(
        error is CancellationError ? .cancelled : .unknown, reason: error.localizedDescription)
    }
    let reason = error.localizedDescription
    switch error.code {
    case .cancelled: return HTTPFailure(.cancelled, reason: reason)
    case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet:
      return HTTPFailure(.notSent, reason: reason)
    case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
      .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
      return HTTPFailure(.untrusted, reason: reason)
    default:
      // On Linux libcurl's words are all that tells of a certificate.
      let isCertificate = reason.localizedLowercase.contains("certificate")
      return HTTPFailure(isCertificate ? .untrusted : .unknown, reason: reason)
    }
  }
}

/// Follows no redirect: a wrong host answers with one, and a token must not go where it points.
private final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}
