/// The stable id that Ferry gives each record from its key columns.
public enum ExternalID {
  /// Joins a key's parts, each trimmed and NFC already, into an external id.
  ///
  /// Parts are joined with `|`; a `|` or `\` inside a part is escaped with `\`, so that `a|b`
  /// and `a`, `b` never meet. `system` goes before, with a colon.
  public static func joined(_ parts: [String], system: String? = nil) -> String {
    let key = parts.map { part in
      part.replacing("\\", with: "\\\\").replacing("|", with: "\\|")
    }.joined(separator: "|")
    guard let system, !system.isEmpty else { return key }
    return "\(system):\(key)"
  }
}
