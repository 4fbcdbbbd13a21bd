public import FerryCore

/// One setting of a product's profile.
public struct ProfileKey: Hashable, Sendable {
  /// Its name in the file.
  public let name: String
  /// Whether messages never show it, and the environment may hold it.
  public let isSecret: Bool
  /// What it is and where it comes from.
  public let meaning: Words

  /// Names a setting.
  public init(_ name: String, isSecret: Bool = false, en: String, zh: String) {
    self.name = name
    self.isSecret = isSecret
    meaning = Words(en: en, zh: zh)
  }
}
