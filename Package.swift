// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The rooms, lowest first. A room imports only rooms that stand above it here;
// `.ci/check-rooms` holds each file's imports against this list.

/// Whether ISA-L is there, which inflates faster than zlib; `FERRY_INFLATE=zlib` does without it.
let hasISAL =
  Context.environment["FERRY_INFLATE"] != "zlib"
  && ["/usr/include", "/usr/local/include", "/opt/homebrew/include"].contains {
    FileManager.default.fileExists(atPath: "\($0)/isa-l/igzip_lib.h")
  }

let system: [Target] = [
  .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
  .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0"),
  .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),
  .systemLibrary(name: "CLibPQ", pkgConfig: "libpq"),
  .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb"),
  .systemLibrary(name: "CCurl", pkgConfig: "libcurl"),
  .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1"),
  .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter"),
  .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto"),
  .target(
    name: "CPhoneNumber",
    linkerSettings: [.linkedLibrary("phonenumber")]),
]
let optional: [Target] = hasISAL ? [.systemLibrary(name: "CISAL", pkgConfig: "libisal")] : []

func room(_ name: String, _ dependencies: [String]) -> Target {
  .target(name: name, dependencies: dependencies.map { .byName(name: $0) })
}

/// The tests of a room; they may import what the room imports, and `dependencies` besides.
@MainActor func tests(_ name: String, _ dependencies: [String] = [], exclude: [String] = [])
  -> Target
{
  var names = [name, "FerryTestSupport"] + dependencies
  for case .byNameItem(let other, _) in rooms.first(where: { $0.name == name })?.dependencies ?? []
  where !names.contains(other) {
    names.append(other)
  }
  return .testTarget(
    name: "\(name)Tests", dependencies: names.map { .byName(name: $0) }, exclude: exclude)
}

let rooms: [Target] = [
  room("FerryCore", []),
  room("FerryYAML", ["CYAML"]),
  room("FerrySQLite", ["CCrypto", "CSQLite"]),
  room("FerryCSV", ["FerryCore"]),
  room("FerryXLSX", ["CZlib", "CLibXML2", "CCrypto", "FerryCore"] + optional.map(\.name)),
  room("FerryTables", ["FerryCore", "FerryCSV", "FerryXLSX"]),
  room(
    "FerryAnnotations",
    ["CZlib", "CXLSXWriter", "FerryCore", "FerryCSV", "FerryXLSX", "FerryTables"]),
  room("FerryRecords", ["FerryCore"]),
  room("FerryNormalization", ["CPhoneNumber", "FerryCore", "FerryRecords"]),
  room(
    "FerryMapping",
    ["FerryCore", "FerryYAML", "FerryTables", "FerryRecords", "FerryNormalization"]),
  room(
    "FerryDrafting",
    ["FerryCore", "FerryYAML", "FerryTables", "FerryRecords", "FerryNormalization", "FerryMapping"]),
  room("FerryMatching", ["FerryCore", "FerryYAML", "FerryRecords", "FerryNormalization"]),
  room("FerryValidation", ["FerryCore", "FerryRecords"]),
  room("FerryStores", ["FerryCore", "FerryRecords"]),
  room(
    "FerrySQLStores",
    ["CLibPQ", "CMariaDB", "FerryCore", "FerrySQLite", "FerryRecords", "FerryStores"]),
  room("FerryFileStores", ["CXLSXWriter", "FerryCore", "FerryRecords", "FerryStores"]),
  room(
    "FerryHTTPStores",
    ["CCrypto", "CCurl", "CLibXML2", "FerryCore", "FerryYAML", "FerryRecords", "FerryStores"]),
  room(
    "FerryMigration",
    [
      "CCrypto", "FerryCore", "FerrySQLite", "FerryRecords", "FerryNormalization", "FerryMapping",
      "FerryMatching", "FerryValidation", "FerryStores",
    ]),
  room(
    "FerryReports",
    [
      "CXLSXWriter", "FerryCore", "FerrySQLite", "FerryTables", "FerryAnnotations",
      "FerryRecords", "FerryMapping", "FerryDrafting",
      "FerryMatching", "FerryValidation", "FerryMigration",
    ]),
  room(
    "FerryCLI",
    [
      "FerryCore", "FerryYAML", "FerrySQLite", "FerryCSV", "FerryXLSX", "FerryTables",
      "FerryAnnotations", "FerryRecords", "FerryNormalization", "FerryMapping", "FerryDrafting",
      "FerryMatching",
      "FerryValidation", "FerryStores", "FerrySQLStores", "FerryFileStores", "FerryHTTPStores",
      "FerryMigration", "FerryReports",
    ]),
]

let support: [Target] = [
  room(
    "FerryTestSupport",
    [
      "CZlib", "CCrypto", "FerryCore", "FerrySQLite", "FerryRecords", "FerryStores",
      "FerryHTTPStores",
    ]),
  .executableTarget(name: "ferry", dependencies: ["FerryCLI"]),
  .executableTarget(
    name: "ferry-bench",
    dependencies: [
      "CXLSXWriter", "CZlib", "FerryCore", "FerryCSV", "FerryXLSX", "FerryTables", "FerryRecords",
      "FerryMapping", "FerryMatching", "FerryStores", "FerrySQLStores", "FerryHTTPStores",
      "FerryMigration", "FerryTestSupport",
    ]),
]

/// Fuzzing needs the compiler's `-sanitize=fuzzer`, which brings `main`: see `make fuzz`.
let fuzzers: [Target] =
  Context.environment["FERRY_FUZZ"] == nil
  ? []
  : [
    .systemLibrary(name: "CFuzzer"),
    .executableTarget(
      name: "ferry-fuzz",
      dependencies: ["CFuzzer", "FerryCore", "FerryCSV", "FerryXLSX", "FerryTestSupport"],
      // Gold stops at libFuzzer's debug information.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ]

let checks: [Target] = [
  tests("FerryCore"),
  tests("FerryYAML"),
  tests("FerrySQLite"),
  tests("FerryCSV"),
  tests("FerryXLSX", ["CLibXML2"]),
  tests("FerryTables"),
  tests("FerryAnnotations"),
  tests("FerryRecords"),
  tests("FerryNormalization", ["CPhoneNumber"]),
  tests("FerryMapping"),
  tests("FerryDrafting", exclude: ["Expected"]),
  tests("FerryMatching"),
  tests("FerryValidation"),
  tests("FerryStores"),
  tests("FerrySQLStores", ["FerryCore", "FerrySQLite", "FerryRecords", "FerryStores"]),
  tests("FerryFileStores"),
  tests("FerryHTTPStores"),
  tests("FerryMigration", ["FerrySQLStores", "FerryHTTPStores", "FerryMapping", "FerrySQLite"]),
  tests("FerryReports", exclude: ["Golden"]),
  .testTarget(
    name: "FerryTestSupportTests", dependencies: ["FerryTestSupport"]),
  tests("ferry-bench", ["FerryCore", "FerryMapping", "FerryRecords", "FerryTables"]),
  tests("FerryCLI", ["FerrySQLite", "ferry"], exclude: ["Cases", "Corpus"]),
  .testTarget(
    name: "FerryExampleTests",
    dependencies: [
      "FerryMapping", "FerryMatching", "FerryStores", "FerrySQLStores", "FerryMigration",
    ]),
]

/// All targets, or, with `FERRY_ROOMS=FerryCSV,FerryTables`, only these rooms, what they import and
/// their tests: a short cut for work on one room.
func chosen(of all: [Target]) -> [Target] {
  guard let names = Context.environment["FERRY_ROOMS"]?.split(separator: ",") else { return all }
  var wanted = Set(names.map(String.init) + ["FerryTestSupport"])
  wanted.formUnion(
    all.map(\.name).filter { $0.hasSuffix("Tests") && wanted.contains(String($0.dropLast(5))) })
  for target in all.reversed() where wanted.contains(target.name) {
    for case .byNameItem(let name, _) in target.dependencies { wanted.insert(name) }
  }
  return all.filter { wanted.contains($0.name) }
}

/// For other packages: `.product(name: "Ferry", package: "ferry")` brings all rooms but the command.
let products: [Product] =
  Context.environment["FERRY_ROOMS"] == nil
  ? [
    .executable(name: "ferry", targets: ["ferry"]),
    .library(name: "Ferry", targets: rooms.map(\.name).filter { $0 != "FerryCLI" }),
  ] : []

let package = Package(
  name: "Ferry",
  platforms: [.macOS(.v15)],
  products: products,
  targets: chosen(of: system + optional + rooms + support + fuzzers + checks),
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

for target in package.targets where target.type != .system {
  guard target.name != "CPhoneNumber" else { continue }
  target.swiftSettings =
    [
      "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
      "NonisolatedNonsendingByDefault",
    ].map { .enableUpcomingFeature($0) }
    + [.strictMemorySafety(), .treatAllWarnings(as: .error)]
    + (hasISAL ? [.define("FERRY_ISAL")] : [])
}
