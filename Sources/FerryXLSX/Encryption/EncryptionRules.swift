import FerryCore

// The words about encrypted workbooks.
extension XLSXRules {
  private static let removePassword = Words(
    en: "Open it in Excel with the password, choose File > Info > Protect Workbook > "
      + "Encrypt with Password, empty the field, and save.",
    zh: "请在 Excel 中用密码打开，依次点“文件 > 信息 > 保护工作簿 > 用密码进行加密”，清空密码后保存。")

  static let passwordProtected = Rule(
    id: "xlsx.password", severity: .error,
    message: Words(
      en: "the workbook is protected with a password, so its content is encrypted",
      zh: "工作簿设有打开密码，内容已加密"),
    suggestion: Words(
      en: "Put the password into an environment variable and name that: --password-env NAME, "
        + "or password_env: NAME in a mapping.",
      zh: "请把密码放入环境变量，并指明变量名：--password-env NAME；映射文件中写 password_env: NAME。"))
  static let wrongPassword = Rule(
    id: "xlsx.wrong-password", severity: .error,
    message: Words(
      en: "the workbook is encrypted, and the password given does not open it",
      zh: "工作簿已加密，所给密码无法打开"),
    suggestion: Words(
      en: "Try the password in Excel; letter case and blanks count. Then correct the environment "
        + "variable that holds it.",
      zh: "请先在 Excel 中试该密码（区分大小写和空格），再更正存放密码的环境变量。"))
  static let withoutPassword = Rule(
    id: "xlsx.rights-management", severity: .error,
    message: Words(
      en: "the workbook is encrypted for a certificate or by rights management; "
        + "no password opens it",
      zh: "工作簿由证书或权限管理（IRM）加密，无法用密码打开"),
    suggestion: Words(
      en: "Ask whoever may open it to save an unrestricted copy as .xlsx.",
      zh: "请有权打开的人另存一份不受限制的 .xlsx。"))
  static let unknownEncryption = Rule(
    id: "xlsx.unknown-encryption", severity: .error,
    message: Words(
      en: "the workbook is encrypted in a way that Ferry does not know: {0}",
      zh: "工作簿的加密方式 Ferry 不支持：{0}"),
    suggestion: removePassword)
  static let tooManyRounds = Rule(
    id: "xlsx.too-many-rounds", severity: .error,
    message: Words(
      en: "the workbook asks for {0} rounds of hashing to try a password; the limit is {1}, and "
        + "Excel uses 100000",
      zh: "该工作簿要求为验证密码进行 {0} 轮哈希，上限为 {1}（Excel 使用 100000）"),
    suggestion: removePassword)
  static let damagedEncryption = Rule(
    id: "xlsx.damaged-encryption", severity: .error,
    message: Words(
      en: "the workbook is encrypted, and its envelope is damaged: {0} can't be read",
      zh: "工作簿已加密，但其外层容器已损坏：{0} 无法读取"),
    suggestion: Words(
      en: "Copy or download the file again; check its size against the original.",
      zh: "请重新复制或下载该文件，并与原文件核对大小。"))
  static let wrongIntegrity = Rule(
    id: "xlsx.wrong-integrity", severity: .error,
    message: Words(
      en: "the workbook was decrypted, but its check value is wrong: it was changed or damaged "
        + "after it was encrypted",
      zh: "工作簿已解密，但完整性校验值不符：加密后内容曾被改动或损坏"),
    suggestion: Words(
      en: "Compare it with the original, or ask for the file again.",
      zh: "请与原件比对，或重新索取该文件。"))
}
