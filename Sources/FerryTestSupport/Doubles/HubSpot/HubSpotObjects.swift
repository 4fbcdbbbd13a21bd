/// An object type of HubSpot.
struct HubSpotObject: Hashable, Sendable {
  let name: String
  /// Such as `0-1`.
  let typeID: String
  let properties: [String: HubSpotProperty]

  /// The time of change has another name for contacts.
  var changedName: String { name == "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate" }

  /// Object types by name.
  static let all: [String: HubSpotObject] = {
    var all: [String: HubSpotObject] = [:]
    for block in tables.split(separator: "\n\n") {
      let lines = block.split(separator: "\n")
      guard let head = lines.first?.split(separator: " "), head.count == 3 else { continue }
      let name = String(head[0])
      let changed = name == "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate"
      let common = "\(system)\n\(changed)# datetime Last modified date"
      let properties = (lines.dropFirst() + common.split(separator: "\n")).compactMap {
        HubSpotProperty(line: $0, group: String(head[2]))
      }
      all[name] = HubSpotObject(
        name: name, typeID: String(head[1]),
        properties: Dictionary(properties.map { ($0.name, $0) }) { own, _ in own })
    }
    return all
  }()

  /// By name, or by id.
  static func named(_ name: String) -> HubSpotObject? {
    all[name] ?? all.values.first { $0.typeID == name }
  }

  private static let system = """
    hubspot_owner_id string Owner
    hs_object_id# number Record ID
    createdate# datetime Create date
    """

  private static let tables = """
    contacts 0-1 contactinformation
    email= string Email
    firstname string First name
    lastname string Last name
    phone phone_number Phone
    mobilephone phone_number Mobile phone
    company string Company
    jobtitle string Job title
    address string Street
    city string City
    state string State
    zip string Postal code
    country string Country
    website string Website
    lifecyclestage enumeration:subscriber/Subscriber,lead/Lead,opportunity/Opportunity,customer/Customer Lifecycle stage
    hs_lead_status enumeration:NEW/New,OPEN/Open,IN_PROGRESS/In_progress,CONNECTED/Connected,UNQUALIFIED/Unqualified Lead status

    companies 0-2 companyinformation
    name string Company name
    domain string Domain
    phone phone_number Phone
    address string Street
    city string City
    state string State
    zip string Postal code
    country string Country
    industry enumeration:COMPUTER_SOFTWARE/Software,MACHINERY/Machinery,RETAIL/Retail,BANKING/Banking Industry
    numberofemployees number Employees
    annualrevenue number Annual revenue
    website string Website
    description string Description
    lifecyclestage enumeration:lead/Lead,opportunity/Opportunity,customer/Customer Lifecycle stage

    deals 0-3 dealinformation
    dealname! string Deal name
    pipeline enumeration:default/Sales_Pipeline Pipeline
    dealstage! enumeration:appointmentscheduled/Appointment,qualifiedtobuy/Qualified,presentationscheduled/Presentation,decisionmakerboughtin/Decision_maker,contractsent/Contract_sent,closedwon/Won,closedlost/Lost Deal stage
    amount number Amount
    deal_currency_code enumeration:CNY/Yuan,USD/Dollar,EUR/Euro,HKD/Dollar Currency
    closedate datetime Close date
    dealtype enumeration:newbusiness/New,existingbusiness/Existing Deal type
    description string Description

    tickets 0-5 ticketinformation
    subject! string Name
    content string Description
    hs_pipeline enumeration:0/Support_Pipeline Pipeline
    hs_pipeline_stage! enumeration:1/New,2/Waiting,4/Closed Status
    hs_ticket_priority enumeration:LOW/Low,MEDIUM/Medium,HIGH/High Priority

    products 0-7 productinformation
    name string Name
    description string Description
    price number Unit price
    hs_sku string SKU

    line_items 0-8 lineiteminformation
    name string Name
    quantity number Quantity
    price number Unit price
    amount# number Net price
    hs_product_id number Product
    hs_sku string SKU

    orders 0-123 order_information
    hs_order_name string Name
    hs_external_order_id string External order
    hs_currency_code enumeration:CNY/Yuan,USD/Dollar,EUR/Euro Currency
    hs_total_price number Total price
    hs_pipeline_stage string Stage
    hs_external_created_date datetime Order date

    commerce_payments 0-101 payment_information
    hs_initial_amount number Amount
    hs_currency_code enumeration:CNY/Yuan,USD/Dollar,EUR/Euro Currency
    hs_initiated_date datetime Date
    hs_customer_email string Customer
    hs_latest_status enumeration:processing/Processing,succeeded/Succeeded,refunded/Refunded,failed/Failed Status
    hs_payment_method string Method

    leads 0-136 lead_information
    hs_lead_name! string Lead name
    hs_lead_type enumeration:NEW_BUSINESS/New,RE_ATTEMPTING/Again Lead type
    hs_pipeline string Pipeline
    hs_pipeline_stage string Stage

    notes 0-46 note
    hs_timestamp! datetime Date
    hs_note_body string Body

    calls 0-48 call
    hs_timestamp! datetime Date
    hs_call_body string Notes
    hs_call_title string Title
    hs_call_direction enumeration:INBOUND/Inbound,OUTBOUND/Outbound Direction
    hs_call_duration number Duration
    hs_call_status enumeration:COMPLETED/Completed,NO_ANSWER/No_answer,BUSY/Busy Status

    tasks 0-27 task
    hs_timestamp! datetime Due date
    hs_task_subject string Title
    hs_task_body string Notes
    hs_task_status enumeration:NOT_STARTED/Open,IN_PROGRESS/In_progress,COMPLETED/Completed Status
    hs_task_priority enumeration:LOW/Low,MEDIUM/Medium,HIGH/High Priority
    hs_task_type enumeration:TODO/To_do,CALL/Call,EMAIL/E-mail Type

    meetings 0-47 meeting
    hs_timestamp! datetime Date
    hs_meeting_title string Title
    hs_meeting_body string Notes
    hs_meeting_start_time datetime Start
    hs_meeting_end_time datetime End

    emails 0-49 email
    hs_timestamp! datetime Date
    hs_email_subject string Subject
    hs_email_text string Text
    hs_email_direction enumeration:EMAIL/Outgoing,INCOMING_EMAIL/Incoming Direction
    """
}

/// A type of association in one direction.
struct HubSpotLink: Hashable, Sendable {
  let from: String
  let to: String
  let typeID: Int
  /// The type that the other record sees.
  let inverse: Int
  let label: String?

  /// HubSpot's own types; those of leads, orders and payments are read by labels.
  static let all: [HubSpotLink] = {
    var all: [HubSpotLink] = []
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 4, let typeID = Int(words[2]), let inverse = Int(words[3]) else {
        continue
      }
      let labels = words.count == 5 ? words[4].split(separator: "/").map(String.init) : []
      all.append(
        HubSpotLink(
          from: words[0], to: words[1], typeID: typeID, inverse: inverse, label: labels.first))
      guard typeID != inverse else { continue }
      all.append(
        HubSpotLink(
          from: words[1], to: words[0], typeID: inverse, inverse: typeID, label: labels.last))
    }
    return all
  }()

  private static let table = """
    contacts companies 279 280
    contacts companies 1 2 Primary
    deals contacts 3 4
    deals companies 341 342
    deals companies 5 6 Primary
    companies companies 13 14 Child/Parent
    companies companies 450 450
    deals line_items 19 20
    notes contacts 202 201
    notes companies 190 189
    notes deals 214 213
    tasks contacts 204 203
    tasks companies 192 191
    tasks deals 216 215
    calls contacts 194 193
    calls companies 182 181
    calls deals 206 205
    meetings contacts 200 199
    meetings companies 188 187
    meetings deals 212 211
    emails contacts 198 197
    emails companies 186 185
    emails deals 210 209
    leads contacts 578 579 Primary
    leads companies 610 611
    orders contacts 507 508
    orders companies 509 510
    orders deals 512 511
    orders line_items 513 514
    commerce_payments contacts 387 388
    commerce_payments companies 389 390
    commerce_payments deals 391 392
    commerce_payments orders 523 524
    tickets contacts 16 15
    tickets companies 339 340
    """
}
