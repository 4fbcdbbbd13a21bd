/// A password from the environment; it prints as the name of its variable, never as itself.
public struct SourcePassword: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The environment variable that holds it.
  public let variable: String
  package let text: String

  /// Takes the password out of the environment.
  ///
  /// - Returns: `nil` where the variable is not set, or empty.
  public init?(variable: String, in environment: [String: String]) {
    guard let text = environment[variable], !text.isEmpty else { return nil }
    self.variable = variable
    self.text = text
  }

  /// The variable, as a shell names it.
  public var description: String { "$\(variable)" }
  /// Nothing but the variable, so that no dump shows the password.
  public var customMirror: Mirror { Mirror(self, children: ["variable": variable]) }
}
