import FerryCore
import FerryStores
import Foundation

extension HTTPProduct {
  /// HubSpot.
  static let hubSpot = HTTPProduct(
    kind: "hubspot", title: Words(en: "HubSpot", zh: "HubSpot"),
    ability: Words(
      en:
        "upsert by a unique property and update in batches of 100, archive; references become"
        + " associations; leads are contacts; created times are kept in properties of their own;"
        + " workflows can't be held back",
      zh: "按唯一属性批量写入（每批 100 条）、更新、归档；引用写为关联；线索写为联系人；创建时间写入自定义属性；"
        + "无法阻止工作流触发"),
    proof: .throughFaults(
      en: "untested on a real account; proved on a test double that is held to the vendor's OpenAPI"
        + " files",
      zh: "未在真实账号验证；已在按厂商 OpenAPI 文件校验的模拟服务上验证"),
    asks: [
      Words(
        en: "a private app and its access token, with the scopes crm.objects.contacts, companies,"
          + " deals, line_items, orders, commercepayments .read and .write, tickets,"
          + " crm.objects.owners.read, crm.schemas.*.read",
        zh: "一个私有应用及其访问令牌，权限范围：crm.objects.contacts、companies、deals、line_items、orders、"
          + "commercepayments 的 .read 和 .write，tickets，crm.objects.owners.read，crm.schemas.*.read"),
      Words(
        en: "on each object a property \(HubSpotTable.defaultExternalID): single-line text, with"
          + " unique values required; for leads one more on contacts, \(HubSpotTable.leadID)",
        zh: "每个对象新增属性 \(HubSpotTable.defaultExternalID)：单行文本、值唯一；线索需在联系人上再加"
          + " \(HubSpotTable.leadID)"),
      Words(
        en: "for activities as calls, emails, meetings and tasks, not all as notes: on these and on"
          + " notes a property \(HubSpotTable.kind), single-line text",
        zh: "如需将活动写为通话、邮件、会议、任务而非全部写为备注：在这些对象及备注上新增单行文本属性 \(HubSpotTable.kind)"),
      Words(
        en: "for each field that a plan says has no place a property ferry_FIELD, such as"
          + " ferry_created_at (date and time) or ferry_custom (multi-line text)",
        zh: "计划中提示没有位置的字段，可新增属性 ferry_字段名，如 ferry_created_at（日期时间）、ferry_custom（多行文本）"),
      Words(
        en: "workflows, and the automatic creation of companies from e-mail domains, switched off"
          + " while a load runs",
        zh: "导入期间请关闭工作流以及“按邮箱域名自动创建公司”"),
    ],
    keys: HubSpotTable.keys
  ) { (profile, surroundings, transport) throws(StoreError) in
    try HubSpotAdapter(profile, surroundings, transport)
  }
}

extension HubSpotAdapter {
  /// Makes the adapter of a profile; nothing is sent yet.
  init(
    _ profile: StoreProfile, _ surroundings: Surroundings, _ transport: any HTTPTransport
  ) throws(StoreError) {
    let token = try profile.required(["token"])[0]
    client = try profile.client(
      HubSpotTable.keys, default: HubSpotTable.defaultHost, HubSpotDialect(token: Secret(token)),
      surroundings, transport)
    externalID = profile.value("external_id") ?? HubSpotTable.defaultExternalID
    pipeline = profile.value("pipeline") ?? "default"
    version = profile.value("version") ?? "v3"
    let calls = try profile.number("calls") ?? HubSpotTable.defaultCalls
    // A twentieth stays for searches and for the way there.
    limit = RateLimit(burst: 2, interval: .milliseconds(10_500) / max(1, calls))
    table = profile.laid(over: HubSpotTable.objects(pipeline: pipeline))
    form = ValueForm(days: profile.days, null: "")
  }
}
