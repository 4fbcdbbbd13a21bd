/// A field of a model of Odoo.
struct OdooField: Hashable, Sendable {
  /// The types of fields that the models here have.
  enum Kind: String, Hashable, Sendable {
    case char
    case text
    case boolean
    case integer
    case float
    case monetary
    case date
    case datetime
    case selection
    case many2one
    case many2many
    case one2many
  }

  let name: String
  let label: String
  let kind: Kind
  let isRequired: Bool
  let isReadOnly: Bool
  /// Values of a selection.
  let options: [String]
  /// The model at the other end; of `one2many` also the field that points back.
  let relation: String?
  let inverse: String?

  /// A field from a line such as `partner_id! many2one:res.partner Customer`.
  init?(line: Substring) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3 else { return nil }
    let type = words[1].split(separator: ":", maxSplits: 1)
    guard let kind = Kind(rawValue: String(type[0])) else { return nil }
    let values = type.count < 2 ? [] : type[1].split(separator: ",").map(String.init)
    name = String(words[0].filter { $0 != "!" && $0 != "#" })
    label = String(words[2])
    self.kind = kind
    isRequired = words[0].contains("!")
    isReadOnly = words[0].contains("#")
    let isLink = [.many2one, .many2many, .one2many].contains(kind)
    options = isLink ? [] : values
    relation = isLink ? values.first : nil
    inverse = kind == .one2many ? values.last : nil
  }

  /// What people see of a selection's value.
  static func label(of option: String) -> String {
    option.prefix(1).uppercased() + option.dropFirst()
  }

  /// The field in the words of `fields_get`.
  var description: WireValue {
    var out: WireValue = [
      "type": .string(kind.rawValue), "string": .string(label), "required": .bool(isRequired),
      "readonly": .bool(isReadOnly), "store": true,
    ]
    if kind == .selection {
      out["selection"] = .list(options.map { [.string($0), .string(Self.label(of: $0))] })
    }
    if let relation { out["relation"] = .string(relation) }
    return out
  }
}

/// A model of Odoo.
struct OdooModel: Hashable, Sendable {
  let name: String
  let fields: [String: OdooField]

  /// Models by name.
  static let all: [String: OdooModel] = {
    var all: [String: OdooModel] = [:]
    for block in tables.split(separator: "\n\n") {
      let lines = block.split(separator: "\n")
      guard let name = lines.first.map(String.init) else { continue }
      let fields = (lines.dropFirst() + system.split(separator: "\n")).compactMap {
        OdooField(line: $0)
      }
      all[name] = OdooModel(
        name: name, fields: Dictionary(fields.map { ($0.name, $0) }) { own, _ in own })
    }
    return all
  }()

  private static let system = """
    id# integer ID
    display_name# char Display Name
    create_date# datetime Created on
    write_date# datetime Last Updated on
    create_uid# many2one:res.users Created by
    """

  private static let tables = """
    res.partner
    name! char Name
    is_company boolean Is a Company
    parent_id many2one:res.partner Related Company
    type selection:contact,invoice,delivery,other Address Type
    email char Email
    phone char Phone
    website char Website
    ref char Reference
    vat char Tax ID
    street char Street
    street2 char Street2
    city char City
    zip char Zip
    state_id many2one:res.country.state State
    country_id many2one:res.country Country
    function char Job Position
    category_id many2many:res.partner.category Tags
    user_id many2one:res.users Salesperson
    lang char Language
    comment text Notes
    company_registry char Company ID
    active boolean Active

    crm.lead
    name! char Opportunity
    type! selection:lead,opportunity Type
    partner_id many2one:res.partner Customer
    partner_name char Company Name
    contact_name char Contact Name
    email_from char Email
    phone char Phone
    expected_revenue monetary Expected Revenue
    probability float Probability
    date_deadline date Expected Closing
    date_closed# datetime Closed Date
    stage_id many2one:crm.stage Stage
    team_id many2one:crm.team Sales Team
    user_id many2one:res.users Salesperson
    source_id many2one:utm.source Source
    tag_ids many2many:crm.tag Tags
    description text Notes
    priority selection:0,1,2,3 Priority
    lost_reason_id many2one:crm.lost.reason Lost Reason
    active boolean Active

    sale.order
    name char Order Reference
    partner_id! many2one:res.partner Customer
    date_order datetime Order Date
    client_order_ref char Customer Reference
    user_id many2one:res.users Salesperson
    order_line one2many:sale.order.line,order_id Order Lines
    opportunity_id many2one:crm.lead Opportunity
    note text Terms
    state# selection:draft,sent,sale,cancel Status
    amount_total# monetary Total

    sale.order.line
    order_id! many2one:sale.order Order
    product_id many2one:product.product Product
    name char Description
    product_uom_qty float Quantity
    price_unit float Unit Price

    product.product
    name! char Name
    default_code char Internal Reference
    list_price float Sales Price
    type selection:consu,service,combo Product Type
    active boolean Active

    account.payment
    payment_type! selection:inbound,outbound Payment Type
    partner_id many2one:res.partner Customer
    amount monetary Amount
    date date Date
    memo char Memo
    journal_id many2one:account.journal Journal
    state# selection:draft,in_process,paid,canceled State

    account.journal
    name! char Journal Name
    type selection:bank,cash,sale Type

    mail.activity
    res_model_id! many2one:ir.model Document Model
    res_id! integer Related Document ID
    activity_type_id many2one:mail.activity.type Activity Type
    summary char Summary
    note text Note
    date_deadline date Due Date
    user_id many2one:res.users Assigned to

    mail.activity.type
    name! char Name

    mail.message
    model char Related Document Model
    res_id integer Related Document ID
    body text Contents
    message_type selection:comment,email,notification Type

    crm.stage
    name! char Stage Name
    sequence integer Sequence
    is_won boolean Is Won Stage

    crm.team
    name! char Sales Team

    crm.tag
    name! char Tag

    crm.lost.reason
    name! char Description

    utm.source
    name! char Source

    res.partner.category
    name! char Name

    res.country
    name! char Country Name
    code char Country Code

    res.country.state
    name! char State Name
    code char State Code
    country_id many2one:res.country Country

    res.users
    name! char Name
    login! char Login
    email char Email
    active boolean Active

    ir.model
    model# char Model
    name# char Model Description

    ir.model.data
    module char Module
    name char External Identifier
    model char Model Name
    res_id integer Record ID
    """
}

/// Odoo says no.
struct OdooFault: Error, Hashable {
  let status: Int
  let name: String
  let message: String

  /// What the user can mend.
  static func user(_ message: String) -> OdooFault {
    OdooFault(status: 422, name: "odoo.exceptions.ValidationError", message: message)
  }

  /// A mistake in the code that calls: also of status 500.
  static func value(_ message: String) -> OdooFault {
    OdooFault(status: 500, name: "builtins.ValueError", message: message)
  }

  /// There is none.
  static func missing(_ message: String) -> OdooFault {
    OdooFault(status: 404, name: "odoo.exceptions.MissingError", message: message)
  }

  /// As JSON-2 tells it.
  var description: WireValue {
    [
      "name": .string(name), "message": .string(message), "arguments": [.string(message)],
      "context": [:], "debug": .string("Traceback (most recent call last):\n\(name): \(message)\n"),
    ]
  }
}
