#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A conversion to UTF-8, or from it, by the system's iconv.
@safe
final class Iconv {
  enum Stop {
    /// All bytes are converted.
    case end
    /// The bytes end inside a character.
    case incomplete
    /// The byte at the offset reached begins no character.
    case undecodable
  }

  private let handle: iconv_t

  /// Opens the conversion; gives nothing where iconv does not know the encoding.
  init?(from encoding: String) {
    // Failure is (iconv_t)-1 by POSIX; the pointer is compared, never followed.
    guard let handle = unsafe iconv_open("UTF-8", encoding), Int(bitPattern: handle) != -1
    else { return nil }
    unsafe self.handle = handle
  }

  /// Opens the conversion from UTF-8; gives nothing where iconv does not know the encoding.
  init?(to encoding: String) {
    guard let handle = unsafe iconv_open(encoding, "UTF-8"), Int(bitPattern: handle) != -1
    else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe _ = iconv_close(handle) }

  /// Forgets a half-read character.
  func reset() { unsafe _ = iconv(handle, nil, nil, nil, nil) }

  /// Converts from `offset` on, and moves it past what was converted.
  func convert(
    _ input: Span<UInt8>, from offset: inout Int, into output: inout ContiguousArray<UInt8>
  ) -> Stop {
    while true {
      let before = offset
      let (result, number) = step(input, from: &offset, into: &output)
      if result != -1 { return .end }
      switch number {
      case E2BIG where offset > before: continue
      case E2BIG, EINVAL: return .incomplete
      default: return .undecodable
      }
    }
  }

  private func step(
    _ input: Span<UInt8>, from offset: inout Int, into output: inout ContiguousArray<UInt8>
  ) -> (result: Int, errno: Int32) {
    let start = output.count
    let room = (input.count - offset) * 2 + 16
    output.append(contentsOf: repeatElement(0, count: room))
    var (inputLeft, outputLeft, result, number) = (input.count - offset, room, 0, Int32(0))
    let consumed = offset
    unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        var from = unsafe source.baseAddress.map {
          unsafe UnsafeMutableRawPointer(mutating: $0 + consumed)
            .assumingMemoryBound(to: CChar.self)
        }
        var to = unsafe target.baseAddress.map {
          unsafe UnsafeMutableRawPointer($0 + start).assumingMemoryBound(to: CChar.self)
        }
        unsafe result = iconv(handle, &from, &inputLeft, &to, &outputLeft)
        number = errno
      }
    }
    offset = input.count - inputLeft
    output.removeLast(outputLeft)
    return (result, number)
  }
}
