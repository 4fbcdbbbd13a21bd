import Foundation

/// Files and folders of a command line as files.
enum SourceFolders {
  /// What a folder's files that may be tables end in.
  private static let extensions: Set<String> = [
    "xlsx", "xlsm", "xltx", "xls", "xlsb", "ods", "fods", "et", "csv", "tsv", "tab", "txt",
  ]

  /// The files, those of a folder by name.
  ///
  /// Hidden files and the locks of open workbooks (`~$…`) are passed over.
  static func files(of paths: [String]) throws(UsageError) -> [String] {
    var files: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        isFolder.boolValue
      else {
        files.append(path)
        continue
      }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      let found = names.sorted().filter { name in
        !name.hasPrefix(".") && !name.hasPrefix("~$")
          && extensions.contains((name as NSString).pathExtension.lowercased())
      }
      if found.isEmpty { throw UsageError(.emptyFolder(path)) }
      let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
      files += found.map { "\(folder)/\($0)" }
    }
    return files
  }
}
