/// An object of Salesforce.
struct SalesforceObject: Hashable, Sendable {
  let name: String
  /// The first three characters of its records' ids.
  let prefix: String
  let fields: [String: SalesforceField]

  /// A field by its name in any case.
  func field(_ name: String) -> SalesforceField? {
    fields[name] ?? fields.values.first { $0.name.lowercased() == name.lowercased() }
  }

  /// The reference whose parent goes by that name.
  func reference(_ relationship: String) -> SalesforceField? {
    fields.values.first { $0.relationship?.lowercased() == relationship.lowercased() }
  }

  /// Objects by name.
  static let all: [String: SalesforceObject] = {
    var all: [String: SalesforceObject] = [:]
    for block in tables.split(separator: "\n\n") {
      let lines = block.split(separator: "\n")
      guard let head = lines.first?.split(separator: " "), head.count == 2 else { continue }
      let fields = (lines.dropFirst() + system.split(separator: "\n")).compactMap {
        SalesforceField(line: $0)
      }
      all[String(head[0])] = SalesforceObject(
        name: String(head[0]), prefix: String(head[1]),
        fields: Dictionary(fields.map { ($0.name, $0) }) { own, _ in own })
    }
    return all
  }()

  private static let system = """
    Id# id
    OwnerId reference:User
    CreatedDate# datetime
    CreatedById# reference:User
    LastModifiedDate# datetime
    IsDeleted# boolean
    Ext_Id__c= string
    """

  private static let address = """
    Street textarea:255
    City string:40
    State string:80
    PostalCode string:20
    Country string:80
    """

  private static func address(_ prefix: String) -> String {
    address.split(separator: "\n").map { prefix + $0 }.joined(separator: "\n")
  }

  private static let currencies = "picklist:CNY,USD,EUR,HKD"

  private static let tables = """
    Account 001
    Name! string:255
    AccountNumber string:40
    Phone phone:40
    Fax phone:40
    Website url:255
    Industry picklist:Technology,Manufacturing,Retail,Banking,Other
    Type picklist:Prospect,Customer,Partner,Other
    AnnualRevenue currency
    NumberOfEmployees int
    \(address("Billing"))
    Description textarea
    ParentId reference:Account

    Contact 003
    LastName! string:80
    FirstName string:40
    AccountId reference:Account
    Email email:80
    Phone phone:40
    MobilePhone phone:40
    Title string:128
    Department string:80
    \(address("Mailing"))
    LeadSource picklist:Web,Phone_Inquiry,Partner_Referral,Other
    Birthdate date
    Description textarea
    Name# string

    Lead 00Q
    LastName! string:80
    Company! string:255
    Status! picklist:Open_-_Not_Contacted,Working_-_Contacted,Closed_-_Converted,Closed_-_Not_Converted
    FirstName string:40
    Email email:80
    Phone phone:40
    MobilePhone phone:40
    Title string:128
    LeadSource picklist:Web,Phone_Inquiry,Partner_Referral,Other
    Industry picklist:Technology,Manufacturing,Retail,Banking,Other
    Rating picklist:Hot,Warm,Cold
    \(address(""))
    Description textarea
    IsConverted# boolean
    Name# string

    Opportunity 006
    Name! string:120
    StageName! picklist:Prospecting,Qualification,Needs_Analysis,Proposal/Price_Quote,Negotiation/Review,Closed_Won,Closed_Lost
    CloseDate! date
    AccountId reference:Account
    Amount currency
    Probability percent
    Type picklist:New_Business,Existing_Business
    LeadSource picklist:Web,Phone_Inquiry,Partner_Referral,Other
    Pricebook2Id reference:Pricebook2
    CurrencyIsoCode \(currencies)
    Description textarea

    OpportunityContactRole 00K
    OpportunityId! reference:Opportunity
    ContactId! reference:Contact
    Role picklist:Decision_Maker,Influencer,Other
    IsPrimary boolean

    OpportunityLineItem 00k
    OpportunityId! reference:Opportunity
    PricebookEntryId! reference:PricebookEntry
    Quantity! double
    UnitPrice currency
    Description string:255

    Task 00T
    Subject string:255
    Status! picklist:Not_Started,In_Progress,Completed
    Priority! picklist:High,Normal,Low
    ActivityDate date
    WhoId reference:Contact,Lead
    WhatId reference:Account,Opportunity,Order,Case
    CallDurationInSeconds int
    TaskSubtype picklist:Task,Call,Email
    Description textarea

    Event 00U
    Subject string:255
    StartDateTime! datetime
    EndDateTime datetime
    DurationInMinutes int
    WhoId reference:Contact,Lead
    WhatId reference:Account,Opportunity,Order,Case
    Description textarea

    Product2 01t
    Name! string:255
    ProductCode string:255
    Description textarea:4000
    IsActive boolean

    Pricebook2 01s
    Name! string:255
    IsActive boolean
    IsStandard# boolean

    PricebookEntry 01u
    Pricebook2Id! reference:Pricebook2
    Product2Id! reference:Product2
    UnitPrice! currency
    IsActive boolean
    CurrencyIsoCode \(currencies)

    Order 801
    AccountId! reference:Account
    EffectiveDate! date
    Status! picklist:Draft,Activated
    Pricebook2Id reference:Pricebook2
    OrderNumber# string
    Description textarea
    CurrencyIsoCode \(currencies)

    OrderItem 802
    OrderId! reference:Order
    PricebookEntryId! reference:PricebookEntry
    Quantity! double
    UnitPrice! currency
    Description string:255

    Campaign 701
    Name! string:80
    Status picklist:Planned,In_Progress,Completed,Aborted
    Type picklist:Conference,Webinar,Email,Other
    StartDate date
    EndDate date
    Description textarea

    Case 500
    AccountId reference:Account
    ContactId reference:Contact
    Subject string:255
    Status picklist:New,Working,Closed
    Priority picklist:High,Medium,Low
    Description textarea

    Payment__c a00
    Name string:80
    Account__c reference:Account
    Order__c reference:Order
    Amount__c currency
    Paid_On__c date
    Status__c picklist:planned,received,refunded
    Method__c string:80
    CurrencyIsoCode \(currencies)

    User 005
    Name# string
    Username# string
    Email# email
    IsActive# boolean
    """
}
