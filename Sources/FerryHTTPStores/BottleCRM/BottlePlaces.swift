/// One resource of BottleCRM's API: where it stands, and what its fields are.
struct BottlePlace: Sendable {
  let path: String
  /// Where the records stand in the answer of a list.
  let lists: [String]
  /// What its custom fields are of; `nil` where it has none.
  var target: String?
  /// Where one record stands in its own answer; `nil` where that is the record.
  var detail: String?
  /// Where the new record stands in the answer; `nil` where the answer has its id.
  var made: String?
  /// What of each parent record these are, such as `payments`.
  var inside: String?
  /// Whether a list leaves fields out, so that each record is read for itself.
  var isListShort = false
  /// The field that holds ids where there are no custom fields.
  var idField: String?
  /// How a record is changed; `nil` where it can't be.
  var change: String? = "PATCH"
  /// Whether records are removed.
  var isRemovable = true
  /// Whether a name is a first and a last name here.
  var isPerson = false
  /// The list's own filters for equal values.
  var filters: Set<String> = []
  /// By field: where the answer of a list tells what it takes.
  var choices: [String: String] = [:]
  var required: Set<String> = []
  var filled: Set<String> = []
  var longest: [String: Int] = [:]
  /// What each new record must bring.
  var always: [String: JSON] = [:]
  var fields: [String: RemoteField.Kind] = [:]

  init(_ path: String, lists: [String]) {
    self.path = path
    self.lists = lists
  }

  private static func make(
    _ path: String, _ lists: [String], _ change: (inout BottlePlace) -> Void
  ) -> BottlePlace {
    var place = BottlePlace(path, lists: lists)
    change(&place)
    return place
  }

  /// By the name that tables and profiles give.
  static let all: [String: BottlePlace] = [
    "users": users, "accounts": accounts, "contacts": contacts, "leads": leads,
    "opportunities": opportunities, "products": products, "cases": cases, "invoices": invoices,
    "line-items": lineItems, "payments": payments,
  ]

  private static let users = make("/api/users/", ["active_users/active_users"]) {
    $0.fields = ["user_details/name": .text, "user_details/email": .text]
  }

  private static let accounts = make(
    "/api/accounts/", ["active_accounts/open_accounts", "closed_accounts/close_accounts"]
  ) {
    $0.target = "Account"
    $0.detail = "account_obj"
    $0.filters = ["name"]
    $0.choices = ["country": "countries", "industry": "industries"]
    $0.required = ["name"]
    $0.longest = ["name": 255, "address_line": 255, "city": 255, "state": 255]
    $0.fields = [
      "name": .text, "phone": .text, "email": .text, "website": .text, "industry": .choice,
      "country": .choice, "state": .text, "city": .text, "address_line": .text,
      "description": .text, "assigned_to": .person,
    ]
  }

  private static let contacts = make("/api/contacts/", ["results"]) {
    $0.target = "Contact"
    $0.detail = "contact_obj"
    $0.isPerson = true
    $0.filters = ["email"]
    $0.required = ["name"]
    $0.longest = ["name": 255, "title": 255, "department": 255]
    $0.fields = [
      "name": .text, "title": .text, "department": .text, "phone": .text, "email": .text,
      "account": .reference, "description": .text, "assigned_to": .person,
    ]
  }

  private static let leads = make(
    "/api/leads/", ["open_leads/open_leads", "close_leads/close_leads"]
  ) {
    $0.target = "Lead"
    $0.detail = "lead_obj"
    $0.isPerson = true
    $0.filters = ["email"]
    $0.choices = ["source": "source"]
    $0.required = ["name"]
    $0.longest = ["name": 255, "company_name": 255, "job_title": 255]
    $0.always = ["contacts": [], "teams": [], "status": "assigned"]
    $0.fields = [
      "name": .text, "company_name": .text, "job_title": .text, "phone": .text, "email": .text,
      "source": .choice, "description": .text, "assigned_to": .person,
    ]
  }

  private static let opportunities = make("/api/opportunities/", ["opportunities"]) {
    $0.target = "Opportunity"
    $0.detail = "opportunity_obj"
    $0.filters = ["name"]
    $0.choices = ["stage": "stage", "currency": "currency"]
    $0.required = ["name", "closed_on"]
    $0.filled = ["stage", "probability"]
    $0.longest = ["name": 255]
    $0.always = ["teams": []]
    $0.fields = [
      "name": .text, "account": .reference, "contacts": .person, "amount": .number,
      "currency": .choice, "stage": .choice, "probability": .number, "closed_on": .date,
      "description": .text, "assigned_to": .person,
    ]
  }

  private static let products = make("/api/invoices/products/", ["results"]) {
    $0.made = "product"
    $0.idField = "description"
    $0.change = "PUT"
    $0.required = ["name"]
    $0.filled = ["currency", "price", "is_active"]
    $0.longest = ["name": 255, "sku": 100, "category": 100]
    $0.fields = [
      "name": .text, "sku": .text, "category": .text, "price": .number, "currency": .text,
      "is_active": .boolean,
    ]
  }

  private static let cases = make("/api/cases/", ["cases"]) {
    $0.target = "Case"
    $0.detail = "cases_obj"
    $0.choices = ["status": "status", "priority": "priority"]
    $0.required = ["name", "status", "priority"]
    $0.longest = ["name": 64]
    $0.always = ["contacts": [], "teams": []]
    $0.fields = [
      "name": .text, "status": .choice, "priority": .choice, "account": .reference,
      "contacts": .person, "closed_on": .date, "description": .text, "assigned_to": .person,
    ]
  }

  private static let invoices = make("/api/invoices/", ["results"]) {
    $0.target = "Invoice"
    $0.detail = "invoice"
    $0.made = "invoice"
    $0.isListShort = true
    $0.change = "PUT"
    $0.isRemovable = false
    $0.required = ["invoice_title", "account_id", "contact_id"]
    $0.filled = ["issue_date", "due_date", "currency"]
    $0.longest = ["invoice_title": 100]
    $0.fields = [
      "invoice_title": .text, "account_id": .reference, "contact_id": .reference,
      "opportunity_id": .reference, "currency": .text, "issue_date": .date, "due_date": .date,
      "notes": .text,
    ]
  }

  private static let lineItems = make("/api/invoices/", ["results"]) {
    $0.inside = "line-items"
    $0.made = "line_item"
    $0.idField = "description"
    $0.change = "PUT"
    $0.required = ["invoice", "quantity", "unit_price"]
    $0.fields = [
      "invoice": .reference, "product": .reference, "quantity": .number, "unit_price": .number,
      "order": .number,
    ]
  }

  private static let payments = make("/api/invoices/", ["results"]) {
    $0.inside = "payments"
    $0.made = "payment"
    $0.idField = "notes"
    $0.change = nil
    $0.required = ["invoice", "amount", "payment_date", "payment_method"]
    $0.longest = ["reference_number": 100]
    $0.fields = [
      "invoice": .reference, "amount": .number, "payment_date": .date, "payment_method": .choice,
      "reference_number": .text,
    ]
  }

  /// What a field takes where no answer tells it.
  static let options = [
    "payment_method": [
      "CASH", "CHECK", "CREDIT_CARD", "BANK_TRANSFER", "PAYPAL", "STRIPE", "OTHER",
    ]
  ]
}
