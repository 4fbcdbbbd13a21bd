/// A field of an entity of EspoCRM.
struct EspoField: Hashable, Sendable {
  /// The types of metadata, as far as the entities here use them.
  enum Kind: String, Hashable, Sendable {
    case varchar
    case text
    case email
    case phone
    case url
    case `enum`
    case currency
    case int
    case float
    case bool
    case date
    case datetime
    case link
    case linkMultiple
    case linkParent
  }

  let name: String
  let kind: Kind
  let isRequired: Bool
  let isReadOnly: Bool
  var length = 255
  let options: [String]
  let entity: String?

  /// A field from a line such as `account link:Account`; `!` means required, `#` read-only.
  init?(line: Substring) {
    let words = line.split(separator: " ")
    guard words.count == 2 else { return nil }
    let type = words[1].split(separator: ":", maxSplits: 1)
    guard let kind = Kind(rawValue: String(type[0])) else { return nil }
    let values = type.count < 2 ? [] : type[1].split(separator: ",").map(String.init)
    self.init(
      name: String(words[0].filter { $0 != "!" && $0 != "#" }), kind: kind,
      isRequired: words[0].contains("!"), isReadOnly: words[0].contains("#"),
      options: kind == .enum ? values.map { $0.replacing("_", with: " ") } : [],
      entity: kind == .link || kind == .linkMultiple ? values.first : nil)
  }

  init(
    name: String, kind: Kind, isRequired: Bool = false, isReadOnly: Bool = false,
    options: [String] = [], entity: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.isReadOnly = isReadOnly
    self.options = options
    self.entity = entity
  }

  /// What the attributes of the field are called in a record.
  var attributes: [String] {
    switch kind {
    case .link: ["\(name)Id"]
    case .linkMultiple: ["\(name)Ids"]
    case .linkParent: ["\(name)Type", "\(name)Id"]
    case .currency: [name, "\(name)Currency"]
    default: [name]
    }
  }

  /// The field in the words of the metadata.
  var description: WireValue {
    var out: WireValue = [
      "type": .string(kind.rawValue), "required": .bool(isRequired), "readOnly": .bool(isReadOnly),
    ]
    if !options.isEmpty { out["options"] = WireValue(options) }
    if kind == .varchar { out["maxLength"] = WireValue(length) }
    if let entity { out["entity"] = .string(entity) }
    return out
  }

  /// Whether an attribute's value has the shape that the type wants.
  func isValid(_ value: WireValue, currencies: Set<String>, attribute: String) -> Bool {
    if attribute == "\(name)Currency", kind == .currency {
      return value.string.map { currencies.contains($0) } ?? false
    }
    switch kind {
    case .varchar: return value.string.map { $0.count <= length } ?? false
    case .text, .url, .link, .linkParent: return value.string != nil
    case .email: return value.string.map(Self.isEmail) ?? false
    case .phone: return value.string.map(Self.isInternational) ?? false
    case .enum: return value.string.map { options.contains($0) } ?? false
    case .currency, .float:
      guard case .number = value else { return false }
      return true
    case .int: return value.integer != nil
    case .bool: return value.bool != nil
    case .date: return value.string.map(CivilTime.isDate) ?? false
    case .datetime:
      return value.string.map {
        $0.count == 19 && CivilTime.isDate(String($0.prefix(10)))
          && CivilTime.secondsInDay($0.dropFirst(11)) != nil
      } ?? false
    case .linkMultiple: return value.strings != nil
    }
  }

  private static func isEmail(_ text: String) -> Bool {
    let sides = text.split(separator: "@", omittingEmptySubsequences: false)
    return sides.count == 2 && !sides[0].isEmpty && sides[1].contains(".") && !text.contains(" ")
  }

  /// E.164.
  private static func isInternational(_ text: String) -> Bool {
    let digits = text.dropFirst()
    return text.hasPrefix("+") && (7...15).contains(digits.count) && digits.allSatisfy(\.isNumber)
      && digits.first != "0"
  }
}

/// The entities of a fresh EspoCRM.
enum EspoEntities {
  /// Fields by entity and name.
  static let all: [String: [String: EspoField]] = {
    var all: [String: [String: EspoField]] = [:]
    for block in tables.split(separator: "\n\n") {
      let lines = block.split(separator: "\n")
      guard let name = lines.first.map(String.init) else { continue }
      let fields = (lines.dropFirst() + system.split(separator: "\n")).compactMap {
        EspoField(line: $0)
      }
      all[name] = Dictionary(fields.map { ($0.name, $0) }) { own, _ in own }
    }
    return all
  }()

  private static let system = """
    createdAt# datetime
    modifiedAt# datetime
    createdBy# link:User
    assignedUser link:User
    teams linkMultiple:Team
    """

  private static let tables = """
    Account
    name! varchar
    website url
    emailAddress email
    phoneNumber phone
    type enum:Customer,Investor,Partner,Reseller
    industry enum:Agriculture,Banking,Manufacturing,Retail,Software
    billingAddressStreet text
    billingAddressCity varchar
    billingAddressState varchar
    billingAddressCountry varchar
    billingAddressPostalCode varchar
    description text

    Contact
    lastName! varchar
    firstName varchar
    name# varchar
    account link:Account
    title varchar
    emailAddress email
    phoneNumber phone
    addressStreet text
    addressCity varchar
    addressState varchar
    addressCountry varchar
    addressPostalCode varchar
    description text

    Lead
    lastName! varchar
    firstName varchar
    name# varchar
    accountName varchar
    title varchar
    status enum:New,Assigned,In_Process,Converted,Recycled,Dead
    source enum:Call,Email,Existing_Customer,Partner,Web_Site,Campaign,Other
    opportunityAmount currency
    emailAddress email
    phoneNumber phone
    addressStreet text
    addressCity varchar
    description text

    Opportunity
    name! varchar
    account link:Account
    stage enum:Prospecting,Qualification,Proposal,Negotiation,Closed_Won,Closed_Lost
    amount! currency
    probability int
    closeDate! date
    contacts linkMultiple:Contact
    leadSource enum:Call,Email,Existing_Customer,Partner,Web_Site,Campaign,Other
    description text

    Call
    name! varchar
    status enum:Planned,Held,Not_Held
    dateStart! datetime
    dateEnd! datetime
    direction enum:Outbound,Inbound
    parent linkParent
    assignedUser! link:User
    description text

    Meeting
    name! varchar
    status enum:Planned,Held,Not_Held
    dateStart! datetime
    dateEnd! datetime
    parent linkParent
    assignedUser! link:User
    description text

    Task
    name! varchar
    status enum:Not_Started,Started,Completed,Canceled,Deferred
    priority enum:Low,Normal,High,Urgent
    dateStart datetime
    dateEnd datetime
    parent linkParent
    assignedUser! link:User
    description text

    Case
    name! varchar
    status enum:New,Assigned,Pending,Closed,Rejected,Duplicate
    priority enum:Low,Normal,High,Urgent
    account link:Account
    contact link:Contact
    description text

    Campaign
    name! varchar
    status enum:Planning,Active,Inactive,Complete
    type enum:Email,Web,Television,Radio,Newsletter,Mail
    startDate date
    endDate date
    description text

    Team
    name! varchar

    User
    userName! varchar
    name# varchar
    type enum:regular,admin,api
    emailAddress email
    isActive bool
    """
}
