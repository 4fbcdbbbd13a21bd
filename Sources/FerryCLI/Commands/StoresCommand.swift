import FerryCore
import FerryHTTPStores
import FerryReports

/// `ferry stores`: the stores there are, what each can do, and how to sign in.
enum StoresCommand {
  static let spec = CommandSpec(
    "stores",
    summary: Words(
      en: "list the stores, what each can do, and how to sign in",
      zh: "列出可用的目标库、各自的能力与登录方式"),
    positionals: [
      PositionalSpec("check", optional: true), PositionalSpec("STORE", optional: true),
    ],
    examples: ["ferry stores", "ferry stores --json", "ferry stores check fxiaoke:crm"]
  ) { invocation in
    guard let word = invocation.positional(0) else { return list(invocation) }
    guard word == "check" else { throw UsageError(.extraArgument(word), "stores") }
    return try await StoreCheckCommand.run(invocation)
  }

  /// One kind of store, as people and scripts see it.
  struct Kind: Sendable {
    let name: String
    let url: String
    let proof: Words
    let ability: Words
    let signIn: Words
    /// What to ask the CRM's admin for.
    var asks: [Words] = []
    /// What a profile holds.
    var keys: [ProfileKey] = []

    init(
      name: String, url: String, proof: Words, ability: Words, signIn: Words
    ) {
      self.name = name
      self.url = url
      self.proof = proof
      self.ability = ability
      self.signIn = signIn
    }

    init(_ product: HTTPProduct) {
      name = product.kind
      url = "\(product.kind):PROFILE"
      proof = product.proof
      ability = product.ability
      asks = product.asks
      self.keys = product.keys
      let keys = product.keys.filter { $0.isSecret }.map(\.name).joined(separator: ", ")
      signIn = Words(
        en:
          "~/.config/ferry/profiles/PROFILE.yaml, mode 600; \(keys) may stand in the environment"
          + " instead, as FERRY_PROFILE_ and the name in capitals",
        zh: "~/.config/ferry/profiles/PROFILE.yaml，权限 600；\(keys) 也可用环境变量 FERRY_PROFILE_ 加大写名称提供")
    }
  }

  static let kinds = databases + [files] + HTTPProduct.all.map { Kind($0) }

  private static let files = Kind(
    name: "files", url: "files:DIR?for=generic|fxiaoke|hubspot|salesforce",
    proof: Words(
      en: "files are proved by reading them back; no product's import screen has taken them yet",
      zh: "已通过回读验证文件；尚未在产品的导入页面上实测"),
    ability: Words(
      en: "import files in load order with a how-to page, in DIR/import; also &format=csv|xlsx,"
        + " &rows=N a file, &lang=en|zh; the records stand in DIR/ferry.db, so verify and undo go",
      zh: "在 DIR/import 中按导入顺序生成导入文件和说明页；可加 &format=csv|xlsx、&rows=每个文件的行数、"
        + "&lang=en|zh；记录保存在 DIR/ferry.db，可核对和撤销"),
    signIn: Words(en: "none: the folder's own rights", zh: "无需登录：以文件夹权限为准"))

  private static let databases = [
    Kind(
      name: "sqlite", url: "sqlite:crm.db",
      proof: Words(en: "tested on the real thing", zh: "已在真实环境验证"),
      ability: Words(
        en:
          "create, update, delete; a batch is one transaction; history is kept; made where absent",
        zh: "新建、更新、删除；每批一个事务；保留历史；文件不存在时自动创建"),
      signIn: Words(en: "none: the file's own rights", zh: "无需登录：以文件权限为准")),
    Kind(
      name: "postgres", url: "postgres://user@host:5432/database",
      proof: Words(en: "tested on a real server", zh: "已在真实服务器验证"),
      ability: Words(
        en: "create, update, delete; COPY and one transaction a batch; history is kept",
        zh: "新建、更新、删除；COPY 写入，每批一个事务；保留历史"),
      signIn: Words(
        en: "PGPASSWORD, ~/.pgpass or a service file; never a password in the URL",
        zh: "用 PGPASSWORD、~/.pgpass 或服务文件；密码不要写进 URL")),
    Kind(
      name: "mysql", url: "mysql://user@host:3306/database",
      proof: Words(en: "tested on a real MariaDB server", zh: "已在真实 MariaDB 服务器验证"),
      ability: Words(
        en:
          "create, update, delete; many records a statement, one transaction a batch; history is kept",
        zh: "新建、更新、删除；多条记录合并写入，每批一个事务；保留历史"),
      signIn: Words(
        en: "MYSQL_PWD or ~/.my.cnf; TLS by ?ssl-mode=VERIFY_IDENTITY&ssl-ca=FILE; ?socket=PATH",
        zh: "用 MYSQL_PWD 或 ~/.my.cnf；TLS 用 ?ssl-mode=VERIFY_IDENTITY&ssl-ca=文件；?socket=路径")),
  ]

  private static func list(_ invocation: Invocation) -> ExitStatus {
    let language = invocation.console.language
    if invocation.console.isJSON {
      let list = kinds.map { kind in
        JSONValue.object([
          .init("kind", .string(kind.name)), .init("url", .string(kind.url)),
          .init("proof", .string(kind.proof[language])),
          .init("can", .string(kind.ability[language])),
          .init("signIn", .string(kind.signIn[language])),
          .init(
            "profile",
            .object(
              kind.keys.map { JSONValue.Member($0.name, .string($0.meaning[language])) })),
          .init("ask", .array(kind.asks.map { .string($0[language]) })),
        ])
      }
      invocation.console.print(JSONValue.object([.init("stores", .array(list))]).text() + "\n")
      return .done
    }
    let signIn = Words(en: "sign-in", zh: "登录")[language]
    let profile = Words(en: "profile", zh: "配置")[language]
    let ask = Words(en: "ask the admin for", zh: "请管理员提供")[language]
    for kind in kinds {
      invocation.console.print(
        """
        \(kind.url)  [\(kind.proof[language])]
          \(kind.ability[language])
          \(signIn): \(kind.signIn[language])
        \(kind.keys.map { "  \(profile): \($0.name): \($0.meaning[language])\n" }.joined())\
        \(kind.asks.map { "  \(ask): \($0[language])\n" }.joined())
        """)
    }
    return .done
  }
}
