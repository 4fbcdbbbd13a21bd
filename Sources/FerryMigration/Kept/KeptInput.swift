import FerryCore
public import FerryMapping
import FerryRecords
import Foundation

/// What a mapping made of its sources, kept in the workspace for the next run: where program, mapping
/// and every byte of the sources are the same, its records are, too.
///
/// How it works: `kept/input` begins with a digest of all that the records follow from. Then come the
/// accounts of tables and findings as one block of texts, and the columns of the records as they stand
/// in memory. Whatever is not as it should be makes the sources be read, as if nothing were kept.
public struct KeptInput {
  /// Below that, reading the sources takes no time worth a file.
  private static let leastBytes = 4 << 20
  // Plan and journal need the disk more.
  private static let leastShareFree = 4

  private let path: String
  private let key: KeptKey

  /// Looks for what is kept of a mapping; `nil` where nothing is to be kept: the workspace is
  /// sealed, a source is encrypted, or the sources are small.
  public init?(of mapping: Mapping, in workspace: Workspace) {
    self.init(of: mapping, in: workspace, leastBytes: Self.leastBytes)
  }

  init?(of mapping: Mapping, in workspace: Workspace, leastBytes: Int) {
    guard workspace.key == nil, !mapping.hasEncryptedSource,
      let key = KeptKey(mapping, leastBytes: leastBytes)
    else { return nil }
    path = workspace.keptInputPath
    self.key = key
  }

  /// What is kept; `nil` where that is nothing, or of other sources.
  public func read() -> MappedInput? {
    guard var file = BlockFileReader(path: path), file.next(of: UInt8.self) == key.digest,
      let texts = file.next(of: UInt8.self)
    else { return nil }
    var reader = KeptTextsReader(texts)
    var input = MappedInput()
    input.tables = reader.list { $0.tableSummary() }
    input.findings = reader.list { $0.finding() }
    for (rule, count) in reader.list({ ($0.rule(), $0.number()) }) {
      input.unlistedFindings[rule] = count
    }
    input.unmappedValues = reader.list { $0.unmappedValue() }
    for table in reader.list({ KeptTable(from: &$0) }) {
      guard reader.isSound, let records = table.records(from: &file) else { return nil }
      input.records[table.entity] = records
    }
    return reader.isAtEnd ? input : nil
  }

  /// Keeps what was read a moment ago, in the place of what was kept before.
  ///
  /// Where that is not possible, the next run reads the sources again.
  public func keep(_ input: MappedInput) {
    guard key.isCurrent else { return }
    let folder = (path as NSString).deletingLastPathComponent
    let partial = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
    do {
      try Workspace.makePrivateFolder(folder)
      guard hasRoom(for: input, in: folder), write(input, to: partial) else {
        try? FileManager.default.removeItem(atPath: partial)  // it may not be there
        return
      }
      if unsafe rename(partial, path) != 0 { try FileManager.default.removeItem(atPath: partial) }
    } catch {
      // A workspace that can't be written to says so where it matters.
      return
    }
  }

  private func write(_ input: MappedInput, to path: String) -> Bool {
    guard var file = BlockFileWriter(path: path) else { return false }
    var texts = KeptTextsWriter()
    let tables = input.records.values.sorted { $0.entity.name < $1.entity.name }
    texts.add(input.tables) { $1.add($0) }
    texts.add(input.findings) { $1.add($0) }
    texts.add(input.unlistedFindings.sorted { $0.key.id < $1.key.id }) {
      $1.add($0.key)
      $1.add($0.value)
    }
    texts.add(input.unmappedValues) { $1.add($0) }
    texts.add(tables) { KeptTable($0).write(to: &$1) }
    file.add(key.digest)
    file.add(texts.bytes)
    for table in tables { KeptTable.write(table, to: &file) }
    return file.isWhole
  }

  private func hasRoom(for input: MappedInput, in folder: String) -> Bool {
    let wanted = input.records.values.reduce(0) { $0 + KeptTable.byteCount(of: $1) }
    guard let found = try? FileManager.default.attributesOfFileSystem(forPath: folder),
      let free = found[.systemFreeSize] as? NSNumber
    else { return false }
    return free.intValue / Self.leastShareFree > wanted
  }
}

extension Workspace {
  /// Where the records of the input are kept, see ``KeptInput``.
  var keptInputPath: String { (path as NSString).appendingPathComponent("kept/input") }
}
