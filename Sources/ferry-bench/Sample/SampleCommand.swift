import Foundation

/// `ferry-bench sample DIR [--seed N]`: makes the files of `SampleData`.
enum SampleCommand {
  static let defaultSeed: UInt64 = 20_240_630

  struct WrongUsage: Error, CustomStringConvertible {
    let description = "usage: ferry-bench sample DIR [--seed N]"
  }

  /// Reads the words after `sample`.
  static func run(_ words: [String]) throws {
    var seed = defaultSeed
    var words = words
    if let option = words.firstIndex(of: "--seed") {
      guard option + 1 < words.count, let number = UInt64(words[option + 1]) else {
        throw WrongUsage()
      }
      seed = number
      words.removeSubrange(option...option + 1)
    }
    guard words.count == 1 else { throw WrongUsage() }
    try write(to: words[0], seed: seed)
  }

  /// Makes all files in `folder`, which is made where it is not there.
  static func write(to folder: String, seed: UInt64 = defaultSeed) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, sheets) in workbooks(seed: seed) {
      let workbook = try SampleWorkbook(path: "\(folder)/\(name)")
      for sheet in sheets { workbook.add(sheet) }
      try workbook.close()
    }
    for (name, data) in try texts(seed: seed) {
      try data.write(to: URL(filePath: "\(folder)/\(name)"))
    }
  }

  /// The workbooks by file name; each draws from dice of its own, so that one can change alone.
  static func workbooks(seed: UInt64) -> [(name: String, sheets: [SampleSheet])] {
    var dice = Dice(seed: seed)
    let world = SampleWorld(&dice)
    let (ledger, sales) = (LedgerSheets(world: world), SalesSheets(world: world))
    var (first, second) = (Dice(seed: seed &+ 1), Dice(seed: seed &+ 2))
    return [
      (
        "legacy-customers.xlsx",
        [
          ledger.customers(&first), ledger.activities(&first), ledger.deals(&first),
          ledger.formerCustomers(&first),
        ]
      ),
      (
        "sales.xlsx",
        [
          sales.campaigns(), sales.leads(&second), sales.quotes(), sales.contracts(),
          sales.orders(),
        ]
      ),
      ("service.xlsx", [sales.cases()]),
      ("master-data.xlsx", [sales.staff(), sales.products()]),
    ]
  }

  /// The text files by name.
  static func texts(seed: UInt64) throws -> [(name: String, data: Data)] {
    var dice = Dice(seed: seed)
    let world = SampleWorld(&dice)
    var (third, fourth) = (Dice(seed: seed &+ 3), Dice(seed: seed &+ 4))
    let payments = DelimitedText(records: PaymentText(world: world).records(&third)).text
    let crm = OtherCRM(world, &fourth)
    // The other CRM exports UTF-8 with a byte order mark.
    func export(_ records: [[String]]) -> Data {
      Data("\u{FEFF}\(DelimitedText(records: records, lineEnd: "\n").text)".utf8)
    }
    return [
      ("payments-gbk.csv", try Recoded.bytes(of: payments, in: "GB18030")),
      ("crm-export-accounts.csv", export(crm.accounts)),
      ("crm-export-contacts.csv", export(crm.contacts)),
      ("crm-export-deals.csv", export(crm.deals)),
    ]
  }
}
