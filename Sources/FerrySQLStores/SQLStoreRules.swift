import FerryCore
import FerryStores

/// The words of the SQL stores.
///
/// Arguments: `{0}` is the store as people may see it, `{1}` the table, the folder or the
/// database's own message.
enum SQLStoreRules {
  static let missingFolder = Rule(
    id: "store.missing-folder", severity: .error,
    message: Words(
      en: "{0}: the folder {1} is not there, so the database can't be made in it",
      zh: "{0}：文件夹 {1} 不存在，无法在其中建立数据库"),
    suggestion: Words(
      en: "Make the folder, or correct the path in --to.", zh: "请先建立该文件夹，或改正 --to 中的路径。"))

  static let notADatabase = Rule(
    id: "store.not-a-database", severity: .error,
    message: Words(
      en: "{0}: expected an SQLite database, found a file of another kind",
      zh: "{0}：应为 SQLite 数据库，实际是其他类型的文件"),
    suggestion: Words(
      en: "Name another file in --to; Ferry left this one as it is.",
      zh: "请在 --to 中换一个文件；Ferry 没有改动此文件。"))

  static let damaged = Rule(
    id: "store.damaged", severity: .error,
    message: Words(
      en: "{0}: the database is damaged: {1}", zh: "{0}：数据库已损坏：{1}"),
    suggestion: Words(
      en: "Restore it from a backup, or rescue it with the sqlite3 command .recover.",
      zh: "请从备份恢复，或用 sqlite3 的 .recover 命令抢救。"))

  static let cannotOpen = Rule(
    id: "store.cannot-open", severity: .error,
    message: Words(en: "{0} can't be opened or read: {1}", zh: "无法打开或读取 {0}：{1}"),
    suggestion: Words(
      en: "Check that the path is right and that you may read and write the file and its folder.",
      zh: "请检查路径是否正确，以及对该文件和所在文件夹是否有读写权限。"))

  static let notWritable = Rule(
    id: "store.not-writable", severity: .error,
    message: Words(
      en: "{0} can be read but not written: {1}", zh: "{0} 只能读取，不能写入：{1}"),
    suggestion: Words(
      en: "Give yourself the right to write it, or name another store in --to.",
      zh: "请取得写入权限，或在 --to 中换一个目标库。"))

  static let openedForReading = Rule(
    id: "store.opened-for-reading", severity: .error,
    message: Words(
      en: "{0} was opened for reading only, and a write was tried",
      zh: "{0} 以只读方式打开，却收到写入请求"),
    suggestion: Words(
      en: "Open the store for writing; plan and verify never write.",
      zh: "请以可写方式打开目标库；plan 和 verify 从不写入。"))

  static let busy = Rule(
    id: "store.busy", severity: .error,
    message: Words(
      en: "{0} is locked by another program: {1}", zh: "{0} 被其他程序锁定：{1}"),
    suggestion: Words(
      en: "Close the other program or wait for it, then run: ferry resume.",
      zh: "请关闭或等待其他程序，然后执行 ferry resume。"))

  static let full = Rule(
    id: "store.full", severity: .error,
    message: Words(en: "{0}: no room is left on its disk", zh: "{0}：磁盘空间已满"),
    suggestion: Words(
      en: "Make room on the disk, then run: ferry resume.", zh: "请清理磁盘，然后执行 ferry resume。"))

  static let unsuitableTable = Rule(
    id: "store.unsuitable-table", severity: .error,
    message: Words(
      en: "{0}: the table {1} has no column id that numbers its rows by itself",
      zh: "{0}：表 {1} 没有自动编号的 id 列"),
    suggestion: Words(
      en:
        "Rename that table, or give it a whole-number primary key named id that counts by itself.",
      zh: "请将该表改名，或为其建立名为 id 的自增整数主键。"))

  static let refused = Rule(
    id: "store.refused", severity: .error,
    message: Words(en: "{0} refused: {1}", zh: "{0} 拒绝了操作：{1}"),
    suggestion: Words(
      en: "Mend what the message names, then run: ferry resume.",
      zh: "请按提示处理，然后执行 ferry resume。"))

  static let recordRefused = Rule(
    id: "store.record-refused", severity: .error,
    message: Words(
      en: "{0} refused the record in {1}: {2}", zh: "{0} 拒绝了 {1} 中的记录：{2}"),
    suggestion: Words(
      en: "Correct the value in the source, or loosen the constraint in the database.",
      zh: "请更正来源中的值，或放宽数据库中的约束。"))

  static let recordGone = Rule(
    id: "store.record-gone", severity: .error,
    message: Words(
      en: "{0}: the record {2} in {1} is no longer there",
      zh: "{0}：{1} 中的记录 {2} 已不存在"),
    suggestion: Words(
      en: "Plan again: the record was deleted since.", zh: "请重新执行 plan：该记录在此期间被删除。"))

  static let unreachable = Rule(
    id: "store.unreachable", severity: .error,
    message: Words(en: "{0} can't be reached: {1}", zh: "无法连接 {0}：{1}"),
    suggestion: Words(
      en: "Check that the server runs and that host, port and database are right.",
      zh: "请检查服务器是否运行，以及主机、端口和数据库名是否正确。"))

  static let signInRefused = Rule(
    id: "store.sign-in-refused", severity: .error,
    message: Words(en: "{0} refused the sign-in: {1}", zh: "{0} 拒绝登录：{1}"),
    suggestion: Words(
      en: "Check the user, and give the password in PGPASSWORD or in ~/.pgpass.",
      zh: "请检查用户名，并通过 PGPASSWORD 或 ~/.pgpass 提供密码。"))

  static let mariaDBSignInRefused = Rule(
    id: "store.sign-in-refused", severity: .error,
    message: signInRefused.message,
    suggestion: Words(
      en: "Check the user, and give the password in MYSQL_PWD or in ~/.my.cnf.",
      zh: "请检查用户名，并通过 MYSQL_PWD 或 ~/.my.cnf 提供密码。"))

  static let tlsRefused = Rule(
    id: "store.tls-refused", severity: .error,
    message: Words(
      en: "{0}: no safe connection could be made: {1}", zh: "{0}：无法建立安全连接：{1}"),
    suggestion: Words(
      en: "Connect by a name that stands in the server's certificate, and give the file of the "
        + "authority that signed it: ?sslmode=verify-full&sslrootcert=FILE.",
      zh: "请使用服务器证书中的主机名，并给出签发机构的证书文件：?sslmode=verify-full&sslrootcert=FILE。"))

  static let serviceMissing = Rule(
    id: "store.no-service", severity: .error,
    message: Words(en: "{0} can't be reached: {1}", zh: "无法连接 {0}：{1}"),
    suggestion: Words(
      en: "Let PGSERVICEFILE name the file that defines the service, or put it into "
        + "~/.pg_service.conf.",
      zh: "请用 PGSERVICEFILE 指定定义该服务的文件（默认为 ~/.pg_service.conf）。"))

  static let mariaDBTLSRefused = Rule(
    id: "store.tls-refused", severity: .error,
    message: tlsRefused.message,
    suggestion: Words(
      en: "Connect by a name that stands in the server's certificate, and give the file of the "
        + "authority that signed it: ?ssl-mode=VERIFY_IDENTITY&ssl-ca=FILE.",
      zh: "请使用服务器证书中的主机名，并给出签发机构的证书文件：?ssl-mode=VERIFY_IDENTITY&ssl-ca=FILE。"))

  static let copyProgramMissing = Rule(
    id: "store.copy-program-missing", severity: .error,
    message: Words(
      en: "{0}: to copy it the program {1} is needed, which is not installed",
      zh: "{0}：复制需要程序 {1}，但尚未安装"),
    suggestion: Words(
      en: "Install the client programs of the database, or go on without --backup.",
      zh: "请安装该数据库的客户端程序，或去掉 --backup 继续。"))

  static let copyFailed = Rule(
    id: "store.copy-failed", severity: .error,
    message: Words(en: "{0} could not be copied: {1}", zh: "无法复制 {0}：{1}"),
    suggestion: Words(
      en: "Mend what the message names, or go on without --backup; nothing was written.",
      zh: "请按提示处理，或去掉 --backup 继续；尚未写入任何内容。"))

  static let noRightToRehearse = Rule(
    id: "store.no-right-to-rehearse", severity: .error,
    message: Words(
      en: "{0}: this user may not make a throw-away database beside it: {1}",
      zh: "{0}：该用户无权在服务器上建立一次性数据库：{1}"),
    suggestion: Words(
      en: "Let an administrator run `{2}`, or rehearse into a SQLite copy; nothing was written.",
      zh: "请管理员执行 `{2}`，或改用 SQLite 副本演练；尚未写入任何内容。"))

  static let mariaDBAddress = Rule(
    id: "store.bad-address", severity: .error,
    message: Words(
      en: "{0}: expected mysql://USER@HOST:PORT/DATABASE, maybe with ssl-mode, ssl-ca or socket",
      zh: "{0}：应为 mysql://用户@主机:端口/数据库，可加 ssl-mode、ssl-ca 或 socket"),
    suggestion: Words(en: "Correct the URL in --to.", zh: "请改正 --to 中的 URL。"))

  static let keyNotWhole = Rule(
    id: "store.key-not-whole", severity: .error,
    message: Words(
      en: "{0}: the external id {3} has no place in {1}.{2}, which holds whole numbers",
      zh: "{0}：{1}.{2} 只能存放整数，无法存放外部标识 {3}"),
    suggestion: Words(
      en: "Correct the key in the source (no letters, no leading zeros), or name a text column by "
        + "'key'.",
      zh: "请更正来源中的关键列（不含字母和前导零），或用“key”指定文本列。"))

  static let decimalTooFine = Rule(
    id: "store.decimal-too-fine", severity: .error,
    message: Words(
      en: "{0} would round {1} in {2}: its column keeps {3} {3:digit|digits} after the point",
      zh: "{0} 会对 {2} 的 {1} 四舍五入：该列只保留小数点后 {3} 位"),
    suggestion: Words(
      en: "Round the value in the source, or widen the column.",
      zh: "请在来源中取整，或加宽该列。"))
}

extension SQLStoreRules {
  /// A store's error of `kind` in the words of `rule`.
  static func error(
    _ kind: StoreError.Kind, _ rule: Rule, _ arguments: String..., isTransient: Bool = false
  ) -> StoreError {
    StoreError(kind, isTransient: isTransient, finding: Finding(rule, arguments: arguments))
  }
}
