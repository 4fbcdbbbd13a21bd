import Foundation

/// A CSV file in UTF-8 with LF, or in GB18030 with CRLF, as old systems write it.
final class CSVSink: TableSink {
  private static let flushSize = 1 << 20

  private let file: OutputFile
  private let encoder: GB18030Encoder?
  private let lineEnd: String
  private var buffer: [UInt8] = []

  init(path: String, isGB18030: Bool) throws {
    file = try OutputFile(path: path)
    encoder = isGB18030 ? try GB18030Encoder() : nil
    lineEnd = isGB18030 ? "\r\n" : "\n"
  }

  func write(_ row: [BenchCell]) throws {
    for (index, cell) in row.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      append(cell.text)
    }
    buffer.append(contentsOf: lineEnd.utf8)
    if buffer.count >= Self.flushSize { try flush() }
  }

  func close() throws {
    try flush()
    try file.close()
  }

  private func append(_ text: String) {
    let needsQuotes = text.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
    }
    guard needsQuotes else {
      buffer.append(contentsOf: text.utf8)
      return
    }
    buffer.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { buffer.append(byte) }
      buffer.append(byte)
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private func flush() throws {
    try file.write(try encoder?.encode(buffer) ?? buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Turns UTF-8 into GB18030, by the system's iconv.
@safe final class GB18030Encoder {
  private let handle: iconv_t

  init() throws {
    // iconv_open says (iconv_t)-1 where it can't.
    guard let opened = unsafe iconv_open("GB18030", "UTF-8"),
      Int(bitPattern: opened) != -1
    else { throw BenchError("the system's iconv knows no GB18030") }
    unsafe handle = opened
  }

  deinit { _ = unsafe iconv_close(handle) }

  /// Encodes whole characters.
  func encode(_ text: [UInt8]) throws -> [UInt8] {
    var input = text.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: text.count * 4)
    let written = unsafe input.withUnsafeMutableBufferPointer { source -> Int? in
      unsafe output.withUnsafeMutableBufferPointer { target -> Int? in
        var from = source.baseAddress
        var to = target.baseAddress
        var (left, room) = (source.count, target.count)
        let status = unsafe iconv(handle, &from, &left, &to, &room)
        return status == -1 || left > 0 ? nil : target.count - room
      }
    }
    guard let written else { throw BenchError("a character has no code in GB18030") }
    return output.prefix(written).map { UInt8(bitPattern: $0) }
  }
}
