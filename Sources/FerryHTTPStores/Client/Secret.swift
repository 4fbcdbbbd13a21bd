/// A text that no message, log or debugger shows.
struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// What people see instead.
  static let shown = "•••"

  /// For the one place that sends it.
  let revealed: String

  init(_ text: String) { revealed = text }

  var description: String { Self.shown }
  var debugDescription: String { Self.shown }
  var customMirror: Mirror { Mirror(self, children: []) }
}

/// Takes secrets out of what a server says before people see it.
struct Redaction: Sendable {
  // Shorter ones would blank out common words; no product has such.
  private static let shortest = 6
  private var secrets: [String] = []

  init(_ secrets: [Secret] = []) { for secret in secrets { add(secret) } }

  /// Remembers one more; the longest goes first, so that no rest of it stays.
  mutating func add(_ secret: Secret) {
    guard secret.revealed.count >= Self.shortest, !secrets.contains(secret.revealed) else { return }
    secrets.append(secret.revealed)
    secrets.sort { ($0.count, $0) > ($1.count, $1) }
  }

  /// The text without them, on one line and not endless.
  func safe(_ text: String) -> String {
    var text = text
    for secret in secrets { text = text.replacing(secret, with: Secret.shown) }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 300 ? String(line.prefix(300)) + "…" : line
  }
}
