import CSQLite

/// One open file of a sealed database, as SQLite keeps it in memory of its own: this, then the file
/// of the system.
///
/// How it works: SQLite reads and writes whole pages of a database, and frames of a write-ahead
/// log: a head of 24 bytes, then a page. Pages are sealed on their way to the disk. Of a frame's
/// head salts and checksums are sealed too, since checksums are those of the plain page. Anything
/// else that SQLite might write is refused, so that nothing plain reaches the disk by oversight.
@safe
struct SealedFile {
  // Extended result codes, which are macros that Swift does not read: SQLITE_IOERR | n << 8.
  static let readFailed = SQLITE_IOERR | 1 << 8
  static let writeFailed = SQLITE_IOERR | 3 << 8
  static let damaged = SQLITE_IOERR | 32 << 8

  var base: sqlite3_file
  var cipher: Unmanaged<PageCipher>
  var isLog: Bool

  static let logHead = 32
  static let frameHead = 24
  private static let frame = frameHead + PageCipher.pageSize
  /// Where salts and checksums stand in the head of a frame: 16 bytes.
  private static let sums = 8

  /// Where the file of the system begins.
  static let innerOffset = (MemoryLayout<SealedFile>.stride + 15) / 16 * 16

  /// The file of the system.
  static func inner(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafeMutablePointer<
    sqlite3_file
  >? {
    unsafe file.map { file in
      unsafe (UnsafeMutableRawPointer(file) + innerOffset).assumingMemoryBound(
        to: sqlite3_file.self)
    }
  }

  private static func own(_ file: UnsafeMutablePointer<sqlite3_file>) -> SealedFile {
    unsafe UnsafeRawPointer(file).load(as: SealedFile.self)
  }

  // MARK: - Reading

  static func read(
    _ file: UnsafeMutablePointer<sqlite3_file>, _ buffer: UnsafeMutableRawPointer, _ count: Int,
    _ offset: Int64
  ) -> Int32 {
    let own = unsafe own(file)
    let cipher = unsafe own.cipher.takeUnretainedValue()
    return unsafe own.isLog
      ? readLog(file, buffer, count, offset, cipher) : readPage(file, buffer, count, offset, cipher)
  }

  private static func raw(
    _ file: UnsafeMutablePointer<sqlite3_file>, _ buffer: UnsafeMutableRawPointer, _ count: Int,
    _ offset: Int64
  ) -> Int32 {
    guard let inner = unsafe inner(file), let read = unsafe inner.pointee.pMethods.pointee.xRead
    else { return readFailed }
    return unsafe read(inner, buffer, Int32(count), offset)
  }

  private static func readPage(
    _ file: UnsafeMutablePointer<sqlite3_file>, _ buffer: UnsafeMutableRawPointer, _ count: Int,
    _ offset: Int64, _ cipher: PageCipher
  ) -> Int32 {
    let size = Int64(PageCipher.pageSize)
    let number = offset / size
    let start = Int(offset - number * size)
    guard start + count <= PageCipher.pageSize else { return readFailed }
    let page = unsafe cipher.scratch
    let code = unsafe raw(file, page, PageCipher.pageSize, number * size)
    guard code == SQLITE_OK else {
      unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0, count: count)
      return code
    }
    // A page that was never written, in a file that was made longer.
    let isHole = unsafe UnsafeRawBufferPointer(start: page, count: PageCipher.pageSize)
      .allSatisfy { $0 == 0 }
    guard unsafe isHole || cipher.open(page, number: number) else { return damaged }
    unsafe buffer.copyMemory(from: page + start, byteCount: count)
    return SQLITE_OK
  }

  private static func readLog(
    _ file: UnsafeMutablePointer<sqlite3_file>, _ buffer: UnsafeMutableRawPointer, _ count: Int,
    _ offset: Int64, _ cipher: PageCipher
  ) -> Int32 {
    let code = unsafe raw(file, buffer, count, offset)
    guard code == SQLITE_OK, offset >= logHead else { return code }
    switch (Int(offset - Int64(logHead)) % frame, count) {
    case (frameHead, PageCipher.pageSize):
      return unsafe cipher.open(buffer, number: -1) ? SQLITE_OK : damaged
    case (0, frame):
      // What is left behind the last whole frame need not be sound: the checksum tells.
      if unsafe !cipher.openBlock(buffer + sums) || !cipher.open(buffer + frameHead, number: -1) {
        unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0, count: count)
      }
      return SQLITE_OK
    case (0, frameHead): return unsafe cipher.openBlock(buffer + sums) ? SQLITE_OK : damaged
    default: return readFailed
    }
  }

  // MARK: - Writing

  static func write(
    _ file: UnsafeMutablePointer<sqlite3_file>, _ buffer: UnsafeRawPointer, _ count: Int,
    _ offset: Int64
  ) -> Int32 {
    let own = unsafe own(file)
    let cipher = unsafe own.cipher.takeUnretainedValue()
    let page = unsafe cipher.scratch
    let size = Int64(PageCipher.pageSize)
    let isSealed: Bool
    if !own.isLog {
      isSealed =
        unsafe count == PageCipher.pageSize && offset % size == 0
        && isFree(buffer) && cipher.seal(buffer, number: offset / size, into: page)
    } else if offset == 0, count == logHead {
      unsafe page.copyMemory(from: buffer, byteCount: count)
      isSealed = true
    } else {
      switch (Int(offset - Int64(logHead)) % frame, count) {
      case (frameHead, PageCipher.pageSize):
        isSealed = unsafe isFree(buffer) && cipher.seal(buffer, number: -1, into: page)
      case (0, frameHead):
        unsafe page.copyMemory(from: buffer, byteCount: count)
        isSealed = unsafe cipher.sealBlock(page + sums)
      default: isSealed = false
      }
    }
    guard isSealed, let inner = unsafe inner(file),
      let write = unsafe inner.pointee.pMethods.pointee.xWrite
    else { return writeFailed }
    return unsafe write(inner, page, Int32(count), offset)
  }

  /// Whether SQLite left the reserved bytes alone, which the checksum of a frame covers.
  private static func isFree(_ page: UnsafeRawPointer) -> Bool {
    let end = unsafe UnsafeRawBufferPointer(
      start: page + (PageCipher.pageSize - PageCipher.reserve), count: PageCipher.reserve)
    return unsafe end.allSatisfy { $0 == 0 }
  }
}
