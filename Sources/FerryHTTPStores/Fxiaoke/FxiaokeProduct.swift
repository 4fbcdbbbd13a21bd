import FerryCore
import FerryStores
import Foundation

extension HTTPProduct {
  /// 纷享销客.
  static let fxiaoke = HTTPProduct(
    kind: "fxiaoke", title: Words(en: "纷享销客 (ShareCRM)", zh: "纷享销客"),
    ability: Words(
      en:
        "create, update, delete (void, then delete); one record a call, 100 calls in 20 s; created"
        + " time and creator are kept; approval flows and workflows are held back for new records",
      zh: "新建、更新、删除（先作废再删除）；每次调用一条记录，每 20 秒 100 次；保留创建时间与创建人；"
        + "新建时不触发审批流与工作流"),
    proof: .throughFaults(
      en: "untested on a real tenant; proved on a test double written from the vendor's documents",
      zh: "未在真实租户验证；已在按厂商文档编写的模拟服务上验证"),
    asks: [
      Words(
        en: "a 企业自建应用 in development mode: its AppId, AppSecret and permanent code",
        zh: "开启开发模式的企业自建应用：AppId、AppSecret 和永久授权码"),
      Words(
        en: "the address of this machine on the app's IP 白名单", zh: "把本机 IP 加入该应用的 IP 白名单"),
      Words(
        en: "an OpenAPI quota: one call a record and one for each hundred that are read",
        zh: "接口调用额度：每写一条记录一次，每读一百条一次"),
      Words(
        en: "on each object a field \(FxiaokeTable.defaultExternalID): one line of text, unique,"
          + " not required",
        zh: "每个对象新增字段 \(FxiaokeTable.defaultExternalID)：单行文本、值唯一、非必填"),
      Words(
        en: "if nothing is to be left out, a long text field \(FxiaokeTable.defaultCustom) on each"
          + " object",
        zh: "如需保留其余内容，每个对象新增多行文本字段 \(FxiaokeTable.defaultCustom)"),
      Words(
        en: "the right to see employees (人员对象) for the acting user, a CRM admin",
        zh: "操作人须为 CRM 管理员，并有查看人员对象的权限"),
    ],
    keys: FxiaokeTable.keys, keepsHistory: true
  ) { (profile, surroundings, transport) throws(StoreError) in
    try FxiaokeAdapter(profile, surroundings, transport)
  }
}

extension FxiaokeAdapter {
  /// Makes the adapter of a profile; nothing is sent yet.
  init(
    _ profile: StoreProfile, _ surroundings: Surroundings, _ transport: any HTTPTransport
  ) throws(StoreError) {
    let needed = try profile.required(["app_id", "app_secret", "permanent_code", "user"])
    let generation = try profile.choice("sign_in", of: ["new", "old"]) ?? "new"
    let dialect = FxiaokeDialect(
      appID: needed[0], appSecret: needed[1], permanentCode: needed[2], user: needed[3],
      isOld: generation == "old", store: profile.store)
    client = try profile.client(
      FxiaokeTable.keys, default: FxiaokeTable.defaultHost, dialect, surroundings, transport)
    externalID = profile.value("external_id") ?? FxiaokeTable.defaultExternalID
    let custom = profile.value("custom") ?? FxiaokeTable.defaultCustom
    table = profile.laid(over: FxiaokeTable.objects(custom: custom))
    form = ValueForm(
      days: profile.days, times: .milliseconds, hasBareBooleans: true, hasListedPeople: true,
      hasDomesticMobiles: true)
    var pools: [String: (field: String, id: String)] = [:]
    if let id = profile.value("account_pool") { pools["AccountObj"] = ("high_seas_id", id) }
    if let id = profile.value("lead_pool") { pools["LeadsObj"] = ("leads_pool_id", id) }
    self.pools = pools
    limit = FxiaokeTable.pace(
      try profile.count("calls", in: 1...100_000) ?? FxiaokeTable.callsPerWindow)
  }
}
