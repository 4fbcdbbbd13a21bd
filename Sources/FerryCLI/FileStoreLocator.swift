import FerryCore
import FerryFileStores
import FerrySQLStores
import FerryStores
import Foundation

/// Opens a folder of import files: `files:DIR?for=PRODUCT&format=csv&rows=N&lang=en`.
enum FileStoreLocator {
  /// Opens it; for reading, a folder that is not there is an empty store and stays not there.
  ///
  /// - Throws: `UsageError` for options that are none.
  static func open(_ url: String, for access: StoreAccess) throws -> any CRMStore {
    let (folder, template) = try parts(of: url)
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    guard !isThere || isFolder.boolValue, !folder.isEmpty else {
      throw UsageError(.badStore(displayed(url)))
    }
    var records = "\(folder)/ferry.db"
    if !isThere, access == .readWrite {
      // Its parent must be there, as with a file.
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } else if !isThere {
      let whole = URL(filePath: folder).standardizedFileURL
      records =
        whole.deletingLastPathComponent()
        .appending(path: ".\(whole.lastPathComponent).not-there.db").path
    }
    let base = try SQLiteStore.open(path: records, access: access)
    return FileStore(base, folder: folder, template: template, access: access)
  }

  /// The URL as plans and reports keep it, with the whole path.
  static func displayed(_ url: String) -> String {
    let rest = url.dropFirst("files:".count)
    let path = rest.prefix { $0 != "?" }
    return
      "files:\(URL(filePath: String(path)).standardizedFileURL.path)\(rest.dropFirst(path.count))"
  }

  private static func parts(of url: String) throws -> (String, ImportTemplate) {
    let rest = url.dropFirst("files:".count)
    let path = String(rest.prefix { $0 != "?" })
    guard var template = ImportTemplate.named("generic") else {
      throw UsageError(.badStore(displayed(url)))
    }
    let options = rest.dropFirst(path.count + 1).split(separator: "&").map {
      $0.split(separator: "=", maxSplits: 1).map(String.init)
    }
    // The product first: it sets what the others change.
    for option in options.sorted(by: { ($0.first == "for" ? 0 : 1) < ($1.first == "for" ? 0 : 1) })
    {
      guard option.count == 2, set(option[0], option[1], &template) else {
        throw UsageError(.badStore(displayed(url)))
      }
    }
    return (path, template)
  }

  private static func set(_ name: String, _ value: String, _ template: inout ImportTemplate) -> Bool
  {
    switch name {
    case "for":
      guard let found = ImportTemplate.named(value) else { return false }
      template = found
    case "format":
      guard let format = ImportTemplate.Format(rawValue: value) else { return false }
      template.format = format
    case "rows":
      guard let rows = Int(value), rows > 0 else { return false }
      template.rowsPerFile = rows
    case "lang":
      guard ["en", "zh"].contains(value) else { return false }
      template.language = value == "en" ? .english : .chinese
    default: return false
    }
    return true
  }
}
