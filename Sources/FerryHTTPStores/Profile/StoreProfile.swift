import FerryRecords

/// How one CRM of a client is reached, and how its objects and fields are called there.
///
/// A file such as `~/.config/ferry/profiles/crm.yaml`, readable by its owner alone. A secret may stand
/// in the environment instead: `app_secret` of the profile `crm` in `FERRY_CRM_APP_SECRET`.
public struct StoreProfile: Sendable {
  /// The product, such as `fxiaoke`.
  public let product: String
  /// The profile as a store's URL names it.
  public let name: String
  /// The file as messages name it.
  public let path: String
  /// What the file and the environment say, by key.
  var settings: [String: Secret] = [:]
  /// Where a setting stands, such as `crm.yaml:4:1`.
  var places: [String: String] = [:]
  /// The time zone of days, such as `Asia/Shanghai`.
  var timeZone = "Asia/Shanghai"
  /// By entity.
  var entities: [String: EntityProfile] = [:]

  /// A setting's text; `nil` where nothing says it.
  func value(_ key: String) -> String? { settings[key]?.revealed }

  /// The settings that must never be shown.
  func secrets(_ keys: [ProfileKey]) -> [Secret] {
    (keys + ProfileKey.transport).filter(\.isSecret).compactMap { settings[$0.name] }
  }
}

/// What a profile says of one entity.
struct EntityProfile: Hashable, Sendable {
  /// Where it stands.
  var place = ""
  /// The object's name in the product; `nil` for the usual one.
  var object: String?
  /// Field values that each new record gets, such as a record type.
  var constants: [String: String] = [:]
  /// By field.
  var fields: [String: FieldProfile] = [:]
}

/// What a profile says of one field.
struct FieldProfile: Hashable, Sendable {
  /// Where it stands.
  var place = ""
  /// The field's name in the product; `nil` where the field is not to be loaded.
  var remote: String?
  /// What the product writes for a value.
  var values: [String: String] = [:]
}
