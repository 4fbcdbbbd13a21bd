import FerrySQLite

extension Invocation {
  /// The key that `--key-file`, or else the environment, names; `nil` where neither does.
  func sealKey() throws(UsageError) -> SealKey? {
    guard let path = value("--key-file") ?? environment["FERRY_KEY_FILE"], !path.isEmpty else {
      return nil
    }
    do {
      return try SealKey(path: path)
    } catch {
      throw UsageError(.badKeyFile(path, error))
    }
  }
}
