/// A condition over named values: `when:` of a mapping speaks of columns, `rules:` of fields.
///
/// `NAME is present|absent`, `= != < <= > >=`, `in (…)`, `and or not`, parentheses; a name that
/// is no plain word stands in double quotes.
public indirect enum Condition: Hashable, Sendable {
  /// How two values compare.
  public enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  case isPresent(String)
  case isAbsent(String)
  case compare(String, Comparison, String)
  case isOneOf(String, [String])
  case not(Condition)
  case and([Condition])
  case or([Condition])
}
