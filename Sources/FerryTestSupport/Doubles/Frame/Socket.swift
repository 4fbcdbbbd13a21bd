import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A connected or a listening socket on 127.0.0.1, as calls on its descriptor.
///
/// Copies name the same descriptor; whoever made it closes it, once.
struct Socket: Hashable, Sendable {
  /// The system refused a call.
  struct Failed: Error {
    let call: String
    let code: Int32
    init(_ call: String) {
      self.call = call
      code = errno
    }
  }

  let descriptor: Int32

  #if canImport(Glibc)
  private static let stream = Int32(SOCK_STREAM.rawValue)
  private static let sendFlags = Int32(MSG_NOSIGNAL)
  #else
  private static let stream = SOCK_STREAM
  private static let sendFlags: Int32 = 0
  #endif

  /// Takes connections on a port; 0 picks a free one.
  static func listening(onPort port: Int) throws -> Socket {
    let made = try Socket()
    made.set(SOL_SOCKET, SO_REUSEADDR)
    guard unsafe made.call(bind, port: port) == 0, listen(made.descriptor, 128) == 0 else {
      let failed = Failed("bind")
      made.close()
      throw failed
    }
    return made
  }

  /// Connects to a port.
  static func connected(toPort port: Int) throws -> Socket {
    let made = try Socket()
    guard unsafe made.call(connect, port: port) == 0 else {
      let failed = Failed("connect")
      made.close()
      throw failed
    }
    made.prepare()
    return made
  }

  private init() throws {
    descriptor = socket(AF_INET, Self.stream, 0)
    guard descriptor >= 0 else { throw Failed("socket") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  /// The port that it is bound to.
  var port: Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe getsockname(descriptor, $0, &length)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// The next connection; `nil` when none can be taken.
  func accepted() -> Socket? {
    while true {
      let taken = accept(descriptor, nil, nil)
      if taken >= 0 {
        let socket = Socket(descriptor: taken)
        _ = fcntl(taken, F_SETFD, FD_CLOEXEC)
        socket.prepare()
        return socket
      }
      guard errno == EINTR || errno == ECONNABORTED else { return nil }
    }
  }

  /// What has come, at most `count` bytes; empty at the end, and when the connection is lost.
  func receive(_ count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var got = -1
      repeat {
        unsafe got = recv(descriptor, buffer.baseAddress, count, 0)
      } while got < 0
        && errno == EINTR
      filled = max(0, got)
    }
  }

  /// Sends all; whether it went.
  func send(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let sent = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        return unsafe Self.sendSome(descriptor, rest.baseAddress, rest.count)
      }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { return false }
      start += sent
    }
    return true
  }

  /// Waits, and ends early when the connection is gone from both sides; whether it still is there.
  func wait(milliseconds: Int) -> Bool {
    guard milliseconds > 0 else { return true }
    var watched = pollfd(fd: descriptor, events: 0, revents: 0)
    return unsafe poll(&watched, 1, Int32(milliseconds)) == 0
  }

  /// Ends both directions, which wakes whoever waits on it.
  func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Ends sending alone.
  func endSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  /// Gives the descriptor back.
  func close() {
    #if canImport(Glibc)
    _ = Glibc.close(descriptor)
    #else
    _ = Darwin.close(descriptor)
    #endif
  }

  /// Small answers leave at once, and a lost peer is no signal.
  private func prepare() {
    set(Int32(IPPROTO_TCP), TCP_NODELAY)
    #if canImport(Darwin)
    set(SOL_SOCKET, SO_NOSIGPIPE)
    #endif
  }

  private func set(_ level: Int32, _ option: Int32) {
    var on: Int32 = 1
    _ = unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  private func call(
    _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, port: Int
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func sendSome(
    _ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
    unsafe Glibc.send(descriptor, start, count, sendFlags)
    #else
    unsafe Darwin.send(descriptor, start, count, sendFlags)
    #endif
  }
}
