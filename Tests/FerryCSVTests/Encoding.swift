#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A text in another encoding; gives nothing where iconv does not know it.
func bytes(_ text: String, in name: String) -> ContiguousArray<UInt8>? {
  guard let handle = unsafe iconv_open(name, "UTF-8"), Int(bitPattern: handle) != -1 else {
    return nil
  }
  defer { unsafe _ = iconv_close(handle) }
  var input = ContiguousArray(text.utf8).map { CChar(bitPattern: $0) }
  var output = [CChar](repeating: 0, count: input.count * 4 + 16)
  let room = output.count
  var (inputLeft, outputLeft) = (input.count, room)
  let failed = unsafe input.withUnsafeMutableBufferPointer { source in
    unsafe output.withUnsafeMutableBufferPointer { target in
      var from = source.baseAddress
      var to = target.baseAddress
      return unsafe iconv(handle, &from, &inputLeft, &to, &outputLeft) == -1
    }
  }
  return failed
    ? nil : ContiguousArray(output.prefix(room - outputLeft).map { UInt8(bitPattern: $0) })
}
