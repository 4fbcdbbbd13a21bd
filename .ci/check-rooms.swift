// Holds Package.swift and every `import` against the table of rooms: imports go up only.
//
//     check-rooms package.json
//
// Run by .ci/check-rooms, which makes package.json with `swift package dump-package`.
import Foundation

struct Package: Decodable {
  struct Target: Decodable {
    struct Dependency: Decodable {
      let byName: [String?]?
    }
    let name: String
    let type: String
    let dependencies: [Dependency]
    let settings: [Setting]
  }
  struct Setting: Decodable {
    let kind: [String: Payload]
  }
  /// What a setting carries is not looked at; its name is.
  struct Payload: Decodable {
    let text: String?
    init(from decoder: any Decoder) throws {
      let values = try? decoder.container(keyedBy: Key.self)
      text = try? values?.decode(String.self, forKey: Key(stringValue: "_0"))
    }
  }
  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
  struct Anything: Decodable {}
  let targets: [Target]
  let dependencies: [Anything]
}

/// One row of the table: its number, and the numbers of the rows that it may import.
struct Row {
  let number: Int
  let imports: Set<Int>
}

/// A room that is not here may not exist.
let table: [String: Row] = [
  "CZlib": Row(number: 0, imports: []), "CLibXML2": Row(number: 0, imports: []),
  "CSQLite": Row(number: 0, imports: []), "CLibPQ": Row(number: 0, imports: []),
  "CMariaDB": Row(number: 0, imports: []),
  "CCurl": Row(number: 0, imports: []),
  "CYAML": Row(number: 0, imports: []), "CXLSXWriter": Row(number: 0, imports: []),
  "CPhoneNumber": Row(number: 0, imports: []), "CISAL": Row(number: 0, imports: []),
  "CCrypto": Row(number: 0, imports: []),
  "FerryCore": Row(number: 1, imports: []),
  "FerryYAML": Row(number: 1, imports: [0]),
  "FerrySQLite": Row(number: 1, imports: [0]),
  "FerryCSV": Row(number: 2, imports: [0, 1]),
  "FerryXLSX": Row(number: 2, imports: [0, 1]),
  "FerryTables": Row(number: 3, imports: [1, 2]),
  "FerryAnnotations": Row(number: 18, imports: [0, 1, 2, 3]),
  "FerryRecords": Row(number: 4, imports: [1]),
  "FerryNormalization": Row(number: 5, imports: [0, 1, 4]),
  "FerryMapping": Row(number: 6, imports: [0, 1, 3, 4, 5]),
  "FerryDrafting": Row(number: 17, imports: [1, 3, 4, 5, 6]),
  "FerryMatching": Row(number: 7, imports: [1, 4, 5]),
  "FerryValidation": Row(number: 8, imports: [1, 4]),
  "FerryStores": Row(number: 9, imports: [1, 4]),
  "FerrySQLStores": Row(number: 10, imports: [0, 1, 4, 9]),
  "FerryHTTPStores": Row(number: 10, imports: [0, 1, 4, 9]),
  "FerryFileStores": Row(number: 10, imports: [0, 1, 4, 9]),
  "FerryMigration": Row(number: 11, imports: [0, 1, 4, 5, 6, 7, 8, 9]),
  "FerryReports": Row(number: 12, imports: [0, 1, 3, 4, 6, 7, 8, 11, 17, 18]),
  "FerryCLI": Row(number: 13, imports: Set(0...12).union([17, 18])),
  "ferry": Row(number: 14, imports: [13]),
  "FerryTestSupport": Row(number: 15, imports: Set(0...13)),
  "ferry-bench": Row(number: 16, imports: Set(0...13).union([15])),
]

/// The only room that may import each of these.
let soleUsers = ["CYAML": "FerryYAML", "CSQLite": "FerrySQLite", "CLibPQ": "FerrySQLStores", "CMariaDB": "FerrySQLStores", "CCurl": "FerryHTTPStores"]
let toolchain: Set = [
  "Foundation", "FoundationNetworking", "FoundationEssentials", "Dispatch", "Glibc", "Darwin",
  "Synchronization", "Testing", "iconv",
]
/// Imported behind `#if` alone, and declared only where the library is there.
let optionalModules: Set = ["CISAL"]
let features: Set = [
  "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
  "NonisolatedNonsendingByDefault",
]

func imports(in file: URL) throws -> [(line: Int, module: String)] {
  let words: Set<Substring> = [
    "public", "internal", "package", "@testable", "@preconcurrency", "private",
  ]
  return try String(contentsOf: file, encoding: .utf8).split(
    separator: "\n", omittingEmptySubsequences: false
  ).enumerated().compactMap { index, line in
    let parts = line.split(separator: " ").drop { words.contains($0) }
    guard parts.first == "import", let module = parts.dropFirst().last else { return nil }
    return (index + 1, String(module.prefix { $0 != "." }))
  }
}

func sourceFiles(under folder: String) -> [URL] {
  let all = FileManager.default.enumerator(
    at: URL(filePath: folder), includingPropertiesForKeys: nil)
  return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    .sorted { $0.path < $1.path }
}

func tableFaults(_ target: Package.Target, declared: [String]) -> [String] {
  guard let row = table[target.name] else {
    return ["Package.swift: '\(target.name)' is no room of the table"]
  }
  var faults: [String] = []
  for name in declared {
    guard let other = table[name] else {
      faults.append("Package.swift: \(target.name) depends on '\(name)', which is no room")
      continue
    }
    if !row.imports.contains(other.number) || (other.number == row.number && row.number < 15) {
      faults.append(
        "Package.swift: \(target.name) (row \(row.number)) may not depend on \(name) (row \(other.number))"
      )
    }
    if let user = soleUsers[name], user != target.name, row.number < 13 {
      faults.append("Package.swift: \(name) belongs to \(user) alone, not to \(target.name)")
    }
  }
  return faults
}

func settingFaults(_ target: Package.Target) -> [String] {
  var faults: [String] = []
  let kinds = target.settings.flatMap { $0.kind }
  let missing = features.subtracting(
    kinds.compactMap { $0.key == "enableUpcomingFeature" ? $0.value.text : nil })
  if !missing.isEmpty { faults.append("Package.swift: \(target.name) lacks \(missing.sorted())") }
  for setting in ["strictMemorySafety", "treatAllWarnings"]
  where !kinds.contains(where: { $0.key == setting }) {
    faults.append("Package.swift: \(target.name) lacks \(setting)")
  }
  return faults
}

var faults: [String] = []
let data = try Data(contentsOf: URL(filePath: CommandLine.arguments[1]))
let package = try JSONDecoder().decode(Package.self, from: data)
if !package.dependencies.isEmpty {
  faults.append("Package.swift: there are Swift packages; Ferry has none")
}

for target in package.targets where target.type != "system" && target.name != "CPhoneNumber" {
  // A module's name has no hyphen, as in ferry-bench.
  let declared = target.dependencies.compactMap { $0.byName?.first ?? nil }
    .map { $0.replacingOccurrences(of: "-", with: "_") }
  if target.type != "test" { faults += tableFaults(target, declared: declared) }
  faults += settingFaults(target)
  let folder = (target.type == "test" ? "Tests/" : "Sources/") + target.name
  for file in sourceFiles(under: folder) {
    for (line, module) in try imports(in: file) {
      guard module != target.name, !toolchain.contains(module), !declared.contains(module),
        !optionalModules.contains(module)
      else {
        continue
      }
      let place =
        file.path.components(separatedBy: "/\(folder)/").last.map { "\(folder)/\($0)" } ?? file.path
      faults.append("\(place):\(line): imports \(module), which \(target.name) does not declare")
    }
  }
}

for fault in faults { print("error: \(fault)") }
print("rooms: \(package.targets.count) targets checked, \(faults.count) faults")
exit(faults.isEmpty ? 0 : 1)
