import FerryTables

/// The options of commands that open a file themselves, and what they mean for its reader.
enum SourceArguments {
  static let encoding = OptionSpec(
    "--encoding", "NAME", en: "the encoding of a CSV file, found otherwise",
    zh: "CSV 文件的编码，默认自动识别")
  static let password = OptionSpec(
    "--password-env", "NAME",
    en: "the environment variable that holds the password of an encrypted workbook",
    zh: "存放加密工作簿密码的环境变量名")

  /// What the command line says about the file.
  static func options(_ invocation: Invocation) throws(UsageError) -> SourceOptions {
    var options = SourceOptions(
      encoding: invocation.value("--encoding"),
      office: OfficeConverter(environment: invocation.environment))
    guard let variable = invocation.value("--password-env") else { return options }
    options.password = SourcePassword(variable: variable, in: invocation.environment)
    guard options.password != nil else { throw UsageError(.noPassword(variable: variable)) }
    return options
  }
}
