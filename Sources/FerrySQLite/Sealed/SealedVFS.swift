import CSQLite
import Foundation

/// The file system that SQLite opens sealed databases through; one for each key, kept to the end of
/// the process.
///
/// Source: sqlite.org/vfs.html.
enum SealedVFS {
  /// What a file system knows of itself.
  @safe
  private final class Inside {
    let base: UnsafeMutablePointer<sqlite3_vfs>
    let methods: UnsafePointer<sqlite3_io_methods>
    let key: SealKey

    init(_ base: UnsafeMutablePointer<sqlite3_vfs>, _ key: SealKey) {
      unsafe self.base = base
      unsafe methods = makeMethods()
      self.key = key
    }
  }

  private static let lock = NSLock()

  /// The name of the file system of a key, which is made where it is not there yet.
  static func name(of key: SealKey) -> String? {
    // The name tells nothing of the key: it never leaves the process, and is a digest's hash.
    let name = "ferry-sealed-" + key.check.map { String($0, radix: 16) }.joined(separator: "-")
    lock.lock()
    defer { lock.unlock() }
    if unsafe sqlite3_vfs_find(name) != nil { return name }
    guard let base = unsafe sqlite3_vfs_find(nil), let copy = unsafe strdup(name) else {
      return nil
    }
    let own = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    unsafe own.initialize(to: base.pointee)
    unsafe own.pointee.pNext = nil
    unsafe own.pointee.zName = UnsafePointer(copy)
    unsafe own.pointee.szOsFile = Int32(SealedFile.innerOffset) + base.pointee.szOsFile
    unsafe own.pointee.pAppData = Unmanaged.passRetained(Inside(base, key)).toOpaque()
    unsafe own.pointee.xOpen = { vfs, name, file, flags, given in
      unsafe SealedVFS.open(vfs, name, file, flags, given)
    }
    return unsafe sqlite3_vfs_register(own, 0) == SQLITE_OK ? name : nil
  }

  private static func open(
    _ vfs: UnsafeMutablePointer<sqlite3_vfs>?, _ name: sqlite3_filename?,
    _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ given: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let file = unsafe file, let data = unsafe vfs?.pointee.pAppData else {
      return SQLITE_CANTOPEN
    }
    unsafe file.pointee.pMethods = nil
    let inside = unsafe Unmanaged<Inside>.fromOpaque(data).takeUnretainedValue()
    let isLog = flags & SQLITE_OPEN_WAL != 0
    // A rollback journal or a temporary file would hold what must not be plain: sealed databases
    // keep theirs in memory.
    guard isLog || flags & SQLITE_OPEN_MAIN_DB != 0, let inner = unsafe SealedFile.inner(file),
      let open = unsafe inside.base.pointee.xOpen, let cipher = PageCipher(inside.key)
    else { return SQLITE_CANTOPEN }
    let code = unsafe open(inside.base, name, inner, flags, given)
    guard code == SQLITE_OK, unsafe inner.pointee.pMethods != nil else { return code }
    let own = unsafe SealedFile(
      base: sqlite3_file(pMethods: inside.methods), cipher: .passRetained(cipher), isLog: isLog)
    unsafe UnsafeMutableRawPointer(file).storeBytes(of: own, as: SealedFile.self)
    return code
  }

  // MARK: - Calls on files

  private typealias File = UnsafeMutablePointer<sqlite3_file>

  /// Passes a call on to the file of the system.
  private static func pass(
    _ file: File?, _ call: (File, UnsafePointer<sqlite3_io_methods>) -> Int32?
  ) -> Int32 {
    guard let inner = unsafe SealedFile.inner(file), let methods = unsafe inner.pointee.pMethods
    else { return SQLITE_MISUSE }
    return unsafe call(inner, methods) ?? SQLITE_IOERR
  }

  private static func close(_ file: File?) -> Int32 {
    let code = unsafe pass(file) { unsafe $1.pointee.xClose?($0) }
    if let file = unsafe file {
      let own = unsafe UnsafeRawPointer(file).load(as: SealedFile.self)
      unsafe own.cipher.release()
      unsafe file.pointee.pMethods = nil
    }
    return code
  }

  /// The methods of every sealed file; of version 2, so that SQLite maps none into memory.
  private static func makeMethods() -> UnsafePointer<sqlite3_io_methods> {
    let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    var own = sqlite3_io_methods()
    own.iVersion = 2
    unsafe own.xClose = { unsafe SealedVFS.close($0) }
    unsafe own.xRead = { file, buffer, count, offset in
      guard let file = unsafe file, let buffer = unsafe buffer else { return SQLITE_MISUSE }
      return unsafe SealedFile.read(file, buffer, Int(count), offset)
    }
    unsafe own.xWrite = { file, buffer, count, offset in
      guard let file = unsafe file, let buffer = unsafe buffer else { return SQLITE_MISUSE }
      return unsafe SealedFile.write(file, buffer, Int(count), offset)
    }
    unsafe own.xTruncate = { file, size in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xTruncate?($0, size) }
    }
    unsafe own.xSync = { file, flags in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xSync?($0, flags) }
    }
    unsafe own.xFileSize = { file, size in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xFileSize?($0, size) }
    }
    unsafe own.xLock = { file, level in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xLock?($0, level) }
    }
    unsafe own.xUnlock = { file, level in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xUnlock?($0, level) }
    }
    unsafe own.xCheckReservedLock = { file, result in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xCheckReservedLock?($0, result) }
    }
    unsafe own.xFileControl = { file, operation, argument in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xFileControl?($0, operation, argument) }
    }
    unsafe own.xSectorSize = { unsafe SealedVFS.pass($0) { unsafe $1.pointee.xSectorSize?($0) } }
    unsafe own.xDeviceCharacteristics = {
      unsafe SealedVFS.pass($0) { unsafe $1.pointee.xDeviceCharacteristics?($0) }
    }
    unsafe own.xShmMap = { file, page, size, extends, place in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xShmMap?($0, page, size, extends, place) }
    }
    unsafe own.xShmLock = { file, offset, count, flags in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xShmLock?($0, offset, count, flags) }
    }
    unsafe own.xShmBarrier = { file in
      _ = unsafe SealedVFS.pass(file) {
        unsafe $1.pointee.xShmBarrier?($0)
        return SQLITE_OK
      }
    }
    unsafe own.xShmUnmap = { file, deletes in
      unsafe SealedVFS.pass(file) { unsafe $1.pointee.xShmUnmap?($0, deletes) }
    }
    unsafe table.initialize(to: own)
    return unsafe UnsafePointer(table)
  }
}
