import FerryCore
import FerryStores

/// The words of the stores behind an HTTP API.
///
/// Argument `{0}` is the store as people may see it, `{1}` what it says itself, without secrets.
enum HTTPStoreRules {
  static let busy = Rule(
    id: "store.not-answering", severity: .error,
    message: Words(
      en: "{0} was asked several times and did not answer: {1}", zh: "多次请求 {0} 均未成功：{1}"),
    suggestion: Words(
      en: "Check the network, then go on with `ferry resume`.",
      zh: "请检查网络，然后用 `ferry resume` 继续。"))

  static let stopped = Rule(
    id: "store.stopped", severity: .error,
    message: Words(en: "the call to {0} was stopped", zh: "对 {0} 的请求已被停止"),
    suggestion: Words(en: "Go on with `ferry resume`.", zh: "请用 `ferry resume` 继续。"))

  static let untrusted = Rule(
    id: "store.untrusted", severity: .error,
    message: Words(
      en: "the certificate of {0} can't be trusted, so nothing was sent: {1}",
      zh: "{0} 的证书不可信，未发送任何内容：{1}"),
    suggestion: Words(
      en: "Check the address in the profile and this machine's date and certificates; a proxy that"
        + " opens TLS needs its own certificate installed here.",
      zh: "请检查配置中的地址、本机日期和根证书；如有解密 TLS 的代理，请在本机安装其证书。"))

  static let signInRefused = Rule(
    id: "store.sign-in-refused", severity: .error,
    message: Words(en: "{0} refused the sign-in: {1}", zh: "{0} 拒绝登录：{1}"),
    suggestion: Words(
      en:
        "Check the secrets in the profile or the environment; `ferry stores` tells where they come"
        + " from.",
      zh: "请检查配置文件或环境变量中的密钥；`ferry stores` 说明其来源。"))

  static let noRight = Rule(
    id: "store.no-right", severity: .error,
    message: Words(en: "{0} lets this user or app not do that: {1}", zh: "{0} 不允许该用户或应用执行此操作：{1}"),
    suggestion: Words(
      en: "Ask the CRM's admin for the right; `ferry stores check PROFILE` lists what is missing.",
      zh: "请向 CRM 管理员申请权限；`ferry stores check 配置` 会列出所缺权限。"))

  static let noQuota = Rule(
    id: "store.no-quota", severity: .error,
    message: Words(en: "{0} has no API quota: {1}", zh: "{0} 没有接口调用额度：{1}"),
    suggestion: Words(
      en: "Ask the CRM's admin to buy or assign API calls.", zh: "请让 CRM 管理员购买或分配接口调用量。"))

  static let quotaUsed = Rule(
    id: "store.quota-used", severity: .error,
    message: Words(
      en: "today's API quota of {0} is used up: {1}", zh: "{0} 今日的接口调用额度已用完：{1}"),
    suggestion: Words(
      en: "Go on with `ferry resume` tomorrow; nothing is lost and nothing is sent twice.",
      zh: "请明天用 `ferry resume` 继续；数据不会丢失，也不会重复写入。"))

  /// `{2}` is when it begins anew.
  static let quotaUsedUntil = Rule(
    id: "store.quota-used", severity: .error,
    message: quotaUsed.message,
    suggestion: Words(
      en: "Go on with `ferry resume` after {2}; nothing is lost and nothing is sent twice.",
      zh: "请在 {2} 之后用 `ferry resume` 继续；数据不会丢失，也不会重复写入。"))

  /// `{1}` is the file, `{2}` why.
  static let callsNotCounted = Rule(
    id: "store.calls-not-counted", severity: .error,
    message: Words(
      en: "the day's calls of {0} can't be counted in {1}: {2}", zh: "无法在 {1} 中记录 {0} 当日的调用次数：{2}"),
    suggestion: Words(
      en: "Let Ferry write beside the profile, or take 'daily_calls' out of it.",
      zh: "请允许 Ferry 在配置文件旁写入，或从配置中去掉 daily_calls。"))

  static let wrongHost = Rule(
    id: "store.wrong-host", severity: .error,
    message: Words(
      en: "{0}: what answers at {1} is no API of this product", zh: "{0}：{1} 返回的不是该产品的接口数据"),
    suggestion: Words(
      en: "Correct 'cloud' or 'url' in the profile.", zh: "请改正配置中的 cloud 或 url。"))

  static let recordRefused = Rule(
    id: "store.record-refused", severity: .error,
    message: Words(
      en: "{0} refused a record of {1}: {2}", zh: "{0} 拒绝了 {1} 的一条记录：{2}"),
    suggestion: Words(
      en: "Correct the record in the source or the field in the CRM, then plan again; the vendor's"
        + " support finds the call by {3}.",
      zh: "请修正来源记录或 CRM 中的字段，然后重新执行 plan；厂商支持可按 {3} 查到该次调用。"))

  static let outcomeUnknown = Rule(
    id: "store.outcome-unknown", severity: .error,
    message: Words(
      en: "{0} did not say whether it wrote some records: {1}", zh: "{0} 未确认部分记录是否已写入：{1}"),
    suggestion: Words(
      en: "Go on with `ferry resume`: it looks each record up before it sends it again.",
      zh: "请用 `ferry resume` 继续：重新发送前会先逐条查询。"))

  static let writtenOnceOnly = Rule(
    id: "store.field-written-once", severity: .error,
    message: Words(
      en: "{0} takes {2} of a record of {1} only when it is made", zh: "{0} 只在新建时接受 {1} 的 {2}"),
    suggestion: Words(
      en: "Say `on_conflict: store` for that field in the mapping.",
      zh: "请在映射中为该字段写 `on_conflict: store`。"))

  static let openedForReading = Rule(
    id: "store.opened-for-reading", severity: .error,
    message: Words(
      en: "{0} was opened for reading only, and a write was tried", zh: "{0} 以只读方式打开，却收到写入请求"),
    suggestion: Words(
      en: "Open the store for writing; plan and verify never write.",
      zh: "请以可写方式打开目标库；plan 和 verify 从不写入。"))

  static let refused = Rule(
    id: "store.call-refused", severity: .error,
    message: Words(en: "{0} refused a call: {1}", zh: "{0} 拒绝了一次请求：{1}"),
    suggestion: Words(
      en: "See what it says; `ferry stores check PROFILE` looks for missing rights.",
      zh: "请根据其说明处理；`ferry stores check 配置` 可检查缺少的权限。"))

  static let noExternalID = Rule(
    id: "store.no-external-id", severity: .error,
    message: Words(
      en: "{0}: the object {1} has no field {2}, which is to hold Ferry's ids",
      zh: "{0}：对象 {1} 没有用于保存 Ferry 编号的字段 {2}"),
    suggestion: Words(
      en: "Ask the CRM's admin to add it: one line of text, unique, not required.",
      zh: "请 CRM 管理员添加该字段：单行文本、值唯一、非必填。"))

  /// A store that did not let the profile in.
  static func refusedSignIn(to store: String, _ words: String) -> StoreError {
    error(.signInRefused, isTransient: false, signInRefused, store, words)
  }

  /// A store error of one finding.
  static func error(
    _ kind: StoreError.Kind, isTransient: Bool, _ rule: Rule, _ arguments: String...
  ) -> StoreError {
    StoreError(kind, isTransient: isTransient, finding: Finding(rule, arguments: arguments))
  }
}
