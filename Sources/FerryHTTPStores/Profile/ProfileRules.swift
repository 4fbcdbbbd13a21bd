import FerryCore
import FerryYAML

/// The words about profiles.
///
/// No argument is ever a secret: values are not among them.
enum ProfileRules {
  static let missing = Rule(
    id: "profile.missing", severity: .error,
    message: Words(en: "there is no profile {0}: expected {1}", zh: "没有配置 {0}：应为 {1}"),
    suggestion: Words(
      en: "Write it as the README shows; `ferry stores` lists what it holds.",
      zh: "请按 README 编写；`ferry stores` 列出其内容。"))

  static let readableByOthers = Rule(
    id: "profile.readable-by-others", severity: .error,
    message: Words(
      en: "{0} holds secrets and others can read it: its mode is {1}, expected 600",
      zh: "{0} 含有密钥，但其他人可以读取：权限为 {1}，应为 600"),
    suggestion: Words(en: "Run `chmod 600 {0}`.", zh: "请执行 `chmod 600 {0}`。"))

  static let otherProduct = Rule(
    id: "profile.other-product", severity: .error,
    message: Words(
      en: "the profile is for {0}, but the store's URL says {1}", zh: "该配置用于 {0}，但目标库 URL 写的是 {1}"),
    suggestion: Words(en: "Name the profile's own product in --to.", zh: "请在 --to 中写配置所属的产品。"))

  static let expectedMapping = Rule(
    id: "profile.expected-mapping", severity: .error,
    message: Words(en: "expected lines of 'key: value' under '{0}'", zh: "“{0}”下应为“键: 值”"),
    suggestion: Words(en: "Correct the profile.", zh: "请改正配置文件。"))

  static let expectedText = Rule(
    id: "profile.expected-text", severity: .error,
    message: Words(en: "expected a text after '{0}:'", zh: "“{0}:”后应为文本"),
    suggestion: Words(en: "Correct the profile.", zh: "请改正配置文件。"))

  static let unknownNear = Rule(
    id: "profile.unknown-name", severity: .error,
    message: Words(en: "nothing is called '{0}'; did you mean '{1}'?", zh: "没有“{0}”，是否指“{1}”？"),
    suggestion: Words(en: "Correct the name in the profile.", zh: "请在配置文件中改正名称。"))

  static let unknown = Rule(
    id: "profile.unknown-name", severity: .error,
    message: Words(en: "nothing is called '{0}'; there is {1}", zh: "没有“{0}”，可用的有：{1}"),
    suggestion: Words(en: "Correct the name in the profile.", zh: "请在配置文件中改正名称。"))

  static let missingKey = Rule(
    id: "profile.missing-key", severity: .error,
    message: Words(en: "{0} says no '{1}'", zh: "{0} 中没有“{1}”"),
    suggestion: Words(
      en: "Add it, or put it into the environment as {2}.", zh: "请添加，或用环境变量 {2} 提供。"))

  static let badValue = Rule(
    id: "profile.bad-value", severity: .error,
    message: Words(en: "'{0}' is none that fits: expected {1}", zh: "“{0}”的值不合适：应为 {1}"),
    suggestion: Words(en: "Correct the profile.", zh: "请改正配置文件。"))

  static let noField = Rule(
    id: "profile.no-field", severity: .error,
    message: Words(
      en: "the object {0} has no field '{1}'", zh: "对象 {0} 没有字段“{1}”"),
    suggestion: Words(
      en: "Correct the name, say `none`, or ask the CRM's admin to add the field.",
      zh: "请改正名称、写 `none`，或请 CRM 管理员添加该字段。"))

  static let noObject = Rule(
    id: "profile.no-object", severity: .error,
    message: Words(en: "{0} has no object '{1}'", zh: "{0} 没有对象“{1}”"),
    suggestion: Words(
      en: "Correct the name, or ask the CRM's admin to switch the object on.",
      zh: "请改正名称，或请 CRM 管理员启用该对象。"))

  static let noOption = Rule(
    id: "profile.no-option", severity: .error,
    message: Words(
      en: "the field {0} has no option '{1}'; it has {2}", zh: "字段 {0} 没有选项“{1}”，可用的有：{2}"),
    suggestion: Words(en: "Correct the option in the profile.", zh: "请在配置文件中改正选项。"))

  /// What a YAML parser says.
  static func syntax(_ error: YAMLError) -> Rule {
    let plain = { (text: String) in text.replacing("{", with: "(").replacing("}", with: ")") }
    return Rule(
      id: "profile.syntax", severity: .error,
      message: Words(en: plain(error.english), zh: plain(error.chinese)),
      suggestion: Words(en: "Correct the profile.", zh: "请改正配置文件。"))
  }
}
