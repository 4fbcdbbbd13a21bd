import FerryCore
import FerryRecords
import FerryStores
import FerryYAML
import Foundation

extension StoreProfile {
  /// Reads the profile that a store's URL names.
  ///
  /// - Parameters:
  ///   - name: A name, looked up in `FERRY_PROFILES` or `~/.config/ferry/profiles`; or a file's path,
  ///     which holds a `/`.
  ///   - product: The product that the URL names.
  ///   - keys: The settings that the product knows.
  ///   - environment: The process's environment.
  /// - Returns: The profile, with what the environment says laid over the file.
  /// - Throws: All that is wrong with the file, each with its line and column.
  static func read(
    _ name: String, of product: String, keys: [ProfileKey], environment: [String: String]
  ) throws(StoreError) -> StoreProfile {
    let path = try path(of: name, environment)
    try checkRights(path)
    var reader = ProfileReader(path: path, product: product, keys: keys)
    let node: YAMLNode
    do throws(YAMLError) {
      node = try YAMLNode.parse(try bytes(of: path))
    } catch {
      let place = Provenance(file: "\(path):\(error.mark)")
      let finding = Finding(
        ProfileRules.syntax(error), at: place)
      throw StoreError(.wrongUsage, isTransient: false, finding: finding)
    }
    var profile = reader.profile(node, named: name)
    for key in keys {
      let variable = variable(key.name, of: name)
      if let value = environment[variable], !value.isEmpty {
        profile.settings[key.name] = Secret(value)
        profile.places[key.name] = variable
      }
    }
    guard reader.findings.isEmpty else {
      throw StoreError(.wrongUsage, isTransient: false, findings: reader.findings)
    }
    return profile
  }

  /// The environment's name of a setting, such as `FERRY_CRM_APP_SECRET`.
  static func variable(_ key: String, of name: String) -> String {
    let file = URL(filePath: name).deletingPathExtension().lastPathComponent
    let letters = "\(file)_\(key)".uppercased().map {
      $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_"
    }
    return "FERRY_" + String(letters)
  }

  /// The file that a name stands for.
  static func path(
    of name: String, _ environment: [String: String]
  ) throws(StoreError) -> String {
    let candidates: [String]
    if name.contains("/") {
      candidates = [name]
    } else {
      let home = environment["HOME"] ?? ""
      let config = environment["XDG_CONFIG_HOME"] ?? "\(home)/.config"
      let folder = environment["FERRY_PROFILES"] ?? "\(config)/ferry/profiles"
      candidates = ["\(folder)/\(name).yaml", "\(folder)/\(name).yml", "\(folder)/\(name)"]
    }
    var isFolder: ObjCBool = false
    for path in candidates
    where unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
    {
      return path
    }
    throw HTTPStoreRules.error(
      .wrongUsage, isTransient: false, ProfileRules.missing, name, candidates.first ?? name)
  }

  /// Secrets that others can read are none.
  static func checkRights(_ path: String) throws(StoreError) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
    guard mode & 0o077 != 0 else { return }
    throw HTTPStoreRules.error(
      .wrongUsage, isTransient: false, ProfileRules.readableByOthers, path,
      String(mode & 0o777, radix: 8))
  }

  /// What a setting that may be a file's name holds: PEM in place, or in a file of the owner's alone.
  func content(_ key: String) throws(StoreError) -> String {
    let text = value(key) ?? ""
    guard !text.contains("-----BEGIN") else { return text }
    let folder = URL(filePath: path).deletingLastPathComponent()
    let file = URL(filePath: text, relativeTo: folder).path
    guard let data = FileManager.default.contents(atPath: file) else {
      throw bad(key, "server.key")
    }
    try Self.checkRights(file)
    return String(decoding: data, as: UTF8.self)
  }

  private static func bytes(of path: String) throws(YAMLError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw YAMLError(.notText, at: YAMLMark(line: 1, column: 1))
    }
    return Array(data)
  }
}
