import Foundation

/// Which MariaDB or MySQL database to connect to, and how.
///
/// Read from `mysql://user@host:3306/database?ssl-mode=REQUIRED&ssl-ca=ca.pem&socket=/run/m.sock`.
struct MariaDBAddress {
  /// Words of MySQL's `--ssl-mode`.
  enum Encryption: String {
    case disabled = "DISABLED"
    case required = "REQUIRED"
    case verified = "VERIFY_IDENTITY"
  }

  var host: String?
  var port: UInt32 = 0
  var user: String?
  var password: String?
  var database: String?
  var socket: String?
  /// `nil` leaves it to the option files.
  var encryption: Encryption?
  /// A file with the certificates that are trusted.
  var authority: String?

  /// `nil` where the text is no such URL.
  init?(url: String, password: String?) {
    guard let parts = URLComponents(string: url),
      parts.scheme == "mysql" || parts.scheme == "mariadb"
    else { return nil }
    host = parts.host.flatMap { $0.isEmpty ? nil : $0 }
    port = parts.port.flatMap { UInt32(exactly: $0) } ?? 0
    user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
    self.password = parts.password ?? password
    let path = parts.path.dropFirst()
    database = path.isEmpty ? nil : String(path)
    for item in parts.queryItems ?? [] {
      switch item.name {
      case "socket": socket = item.value
      case "ssl-ca": authority = item.value
      case "ssl-mode":
        guard let word = Encryption(rawValue: (item.value ?? "").uppercased()) else { return nil }
        encryption = word
      default: return nil
      }
    }
  }

  /// The address without its password.
  var displayName: String {
    let user = user.map { "\($0)@" } ?? ""
    let port = port == 0 ? "" : ":\(port)"
    return "mysql://\(user)\(host ?? "")\(port)/\(database ?? "")"
  }
}
