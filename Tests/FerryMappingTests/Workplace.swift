import FerryCore
import FerryMapping
import FerryRecords
import Foundation

/// A folder with sources and a mapping, gone with the test.
struct Workplace: ~Copyable {
  let folder: String

  init(_ files: [String: String] = [:]) throws {
    folder = NSTemporaryDirectory() + "ferry-mapping-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files { try write(Data(text.utf8), to: name) }
  }

  deinit {
    // A folder that stays behind in the temporary folder hurts nobody.
    try? FileManager.default.removeItem(atPath: folder)
  }

  func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  /// Loads the mapping `text` from `mapping.yaml`.
  func load(_ text: String) throws -> Mapping {
    try write(Data(text.utf8), to: "mapping.yaml")
    return try Mapping.load(path: "\(folder)/mapping.yaml")
  }

  /// Reads everything.
  func read(_ text: String) throws -> MappedInput { try load(text).read() }

  /// The complaints about the mapping `text`, without the folder; empty where there are none.
  func complaints(_ text: String, in language: Language = .english) throws -> [String] {
    do {
      _ = try load(text)
      return []
    } catch let error as MappingError {
      return error.lines(in: language).map { $0.replacing("\(folder)/", with: "") }
    }
  }
}

extension RecordTable {
  /// The fields of a record that are present, by name; `id` is the external id.
  func fields(of index: Int) -> [String: String] {
    var values = ["id": externalID(of: index)]
    for (slot, field) in fields.enumerated() {
      if let value = string(field: slot, of: index) { values[field.name] = value }
    }
    return values
  }

  /// All records in order.
  var all: [[String: String]] { (0..<count).map { fields(of: $0) } }

  /// What a field of a record refers to.
  func target(_ name: String, of index: Int) -> ReferenceTarget? {
    fieldIndex(name).flatMap { targets[Int(links[$0][index])] }
  }
}

extension MappedInput {
  /// The ids of the rules of all findings, with the cell.
  var complaints: [String] {
    findings.map { "\($0.severity.rawValue) \($0.rule.id) \($0.provenance.map { "\($0)" } ?? "")" }
  }

  func records(_ entity: String) -> [[String: String]] { records[entity]?.all ?? [] }
}
