/// What a path of 纷享销客 stands for.
enum FxiaokeAction: Hashable, Sendable {
  case token
  case oldToken
  case employee
  case employees
  case listObjects
  case describe
  case lock(Bool)
  /// A call about the records of preset or of custom objects.
  case records(Verb, isCustom: Bool)

  /// The last part of a path about records.
  enum Verb: String, Hashable, Sendable {
    case create
    case get
    case query
    case findSimple
    case update
    case invalid
    case invalidMany
    case delete
    case recover
    case changeOwner
    case choose
    case allocate
    case back = "return"
  }

  private static let fixed: [String: FxiaokeAction] = [
    "/oauth2.0/token": .token,
    "/cgi/corpAccessToken/get/V2": .oldToken,
    "/cgi/user/getByMobile": .employee,
    "/cgi/user/list": .employees,
    "/cgi/crm/v2/object/list": .listObjects,
    "/cgi/crm/object/list": .listObjects,
    "/cgi/crm/v2/object/describe": .describe,
    "/cgi/crm/object/describe": .describe,
    "/cgi/crm/v2/object/lock": .lock(true),
    "/cgi/crm/v2/object/unlock": .lock(false),
    // Without v2, and for several records at once.
    "/cgi/crm/custom/data/invalid": .records(.invalidMany, isCustom: true),
  ]

  init?(path: String) {
    if let action = Self.fixed[path] {
      self = action
      return
    }
    for (prefix, isCustom) in [("/cgi/crm/v2/data/", false), ("/cgi/crm/custom/v2/data/", true)]
    where path.hasPrefix(prefix) {
      guard let verb = Verb(rawValue: String(path.dropFirst(prefix.count))),
        verb != .invalidMany, verb != .findSimple || isCustom
      else { return nil }
      self = .records(verb, isCustom: isCustom)
      return
    }
    return nil
  }
}
