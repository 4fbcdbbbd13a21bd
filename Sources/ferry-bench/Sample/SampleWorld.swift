/// Everything that really is in the made-up company 启明自动化, before people typed it into sheets.
///
/// Money is in 分, the hundredth of a yuan.
struct SampleWorld {
  struct Person {
    let name: String
    let title: String
    let mobile: String
    let email: String
  }

  struct Staff {
    let id: String
    let name: String
    let email: String
    let mobile: String
    let department: String
    let isActive: Bool
  }

  struct Account {
    let id: String
    let name: String
    let creditCode: String
    let level: String
    let industry: String
    let address: String
    let phone: String
    let owner: String
    let since: SampleDate
    let yearlyYuan: Int
    let contacts: [Person]
    var place: SampleWords.Place
  }

  struct Line {
    let productIndex: Int
    let quantity: Int
    var priceYuan: Int { SampleWords.products[productIndex].yuan }
    var amountYuan: Int { priceYuan * quantity }
  }

  struct Deal {
    let id: String
    let accountIndex: Int
    let name: String
    let lines: [Line]
    let stage: Stage
    let owner: String
    let source: String
    let created: SampleDate
    let close: SampleDate
    var amountYuan: Int { lines.reduce(0) { $0 + $1.amountYuan } }
  }

  enum Stage: Int, CaseIterable {
    case qualification
    case needsAnalysis
    case proposal
    case negotiation
    case won
    case lost

    /// As the ledger's users write it.
    var chinese: String { ["初步接洽", "需求分析", "方案报价", "商务谈判", "赢单", "输单"][rawValue] }
    /// As the other CRM exports it.
    var english: String {
      [
        "Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review",
        "Closed Won", "Closed Lost",
      ][rawValue]
    }
    var probability: Int { [20, 40, 60, 80, 100, 0][rawValue] }
  }

  struct Lead {
    let id: String
    let person: Person
    let company: String
    let source: String
    let campaign: String
    let status: String
    let owner: String
    let created: SampleDate
    /// The account that it became.
    let accountIndex: Int?
  }

  struct Document {
    let number: String
    let accountIndex: Int
    let dealID: String
    let lines: [Line]
    let date: SampleDate
    let status: String
    let owner: String
    var amountYuan: Int { lines.reduce(0) { $0 + $1.amountYuan } }
  }

  struct Payment {
    let number: String
    let accountIndex: Int
    let order: String
    let contract: String
    let fen: Int
    let date: SampleDate
    let method: String
    let status: String
    let owner: String
  }

  struct Activity {
    let at: SampleDate
    let accountIndex: Int
    let contact: String
    let dealID: String
    let kind: String
    let body: String
    let owner: String
  }

  struct Case {
    let number: String
    let accountIndex: Int
    let contact: String
    let subject: String
    let opened: SampleDate
    let closed: SampleDate?
    let status: String
    let priority: String
    let owner: String
  }

  var staff: [Staff] = []
  var accounts: [Account] = []
  var deals: [Deal] = []
  var leads: [Lead] = []
  var quotes: [Document] = []
  var contracts: [Document] = []
  var orders: [Document] = []
  var payments: [Payment] = []
  var activities: [Activity] = []
  var cases: [Case] = []

  /// The day on which the client sent its files.
  static let today = SampleDate(2024, 6, 30)

  /// A number with leading zeros.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
