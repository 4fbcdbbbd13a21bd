import FerryRecords
public import FerryStores
public import Foundation

extension SalesFigures {
  /// Reads the figures out of a store, page by page; nothing is written.
  ///
  /// Records without a field that a formula needs simply do not count in it. A store without
  /// leads, deals or payments gives figures that are empty there.
  public static func reading(
    _ store: any CRMStore, timeZone: TimeZone
  ) async throws(StoreError) -> SalesFigures {
    var builder = SalesFiguresBuilder(timeZone: timeZone)
    let owners = try await ownerNames(in: store)
    try await forEachRecord(of: SalesChain.lead, FigureFields.lead, in: store) { value in
      builder.add(LeadRow(owners: owners, value))
    }
    try await forEachRecord(of: SalesChain.deal, FigureFields.deal, in: store) { value in
      builder.add(DealRow(owners: owners, value))
    }
    try await forEachRecord(of: SalesChain.payment, FigureFields.payment, in: store) { value in
      builder.add(PaymentRow(owners: owners, value))
    }
    return builder.figures
  }

  private static func ownerNames(in store: any CRMStore) async throws(StoreError) -> [String:
    String]
  {
    var names: [String: String] = [:]
    let shape = EntityFields(SalesChain.user, FigureFields.user.fields(of: SalesChain.user))
    try await forEachPage(of: shape, in: store) { page in
      for record in 0..<page.count {
        guard let id = page.storeID(of: record) else { continue }
        names[id] = page.string(field: 0, of: record) ?? id
      }
    }
    return names
  }

  private static func forEachRecord(
    of entity: Entity, _ names: FigureFields, in store: any CRMStore,
    _ body: ((String) -> String?) -> Void
  ) async throws(StoreError) {
    let shape = EntityFields(entity, names.fields(of: entity))
    try await forEachPage(of: shape, in: store) { page in
      for record in 0..<page.count {
        body { name in
          names.names.firstIndex(of: name).flatMap { page.string(field: $0, of: record) }
        }
      }
    }
  }

  private static func forEachPage(
    of shape: EntityFields, in store: any CRMStore, _ body: (RecordPage) -> Void
  ) async throws(StoreError) {
    var cursor: String?
    repeat {
      let page = try await store.page(of: shape, after: cursor)
      body(page.records)
      cursor = page.next
    } while cursor != nil
  }
}

/// The fields that the figures of one entity need.
struct FigureFields {
  let names: [String]

  func fields(of entity: Entity) -> [Field] { names.compactMap { entity.field($0) } }

  static let user = FigureFields(names: ["name"])
  static let lead = FigureFields(names: [
    "owner", "source", "status", "converted_account", "converted_contact", "converted_deal",
    "created_at",
  ])
  static let deal = FigureFields(names: [
    "owner", "source", "currency", "amount", "stage", "probability", "close_date", "closed_at",
    "created_at",
  ])
  static let payment = FigureFields(names: ["owner", "currency", "amount", "status", "date"])

  /// What figures are counted over.
  static let counted = [
    (SalesChain.lead, lead), (SalesChain.deal, deal), (SalesChain.payment, payment),
  ]
}

// MARK: - Rows from values by field name

extension LeadRow {
  /// Reads a lead; `owners` gives the owner's name by what the field holds.
  init(owners: [String: String], _ value: (String) -> String?) {
    self.init()
    owner = value("owner").map { owners[$0] ?? $0 }
    source = value("source")
    status = value("status")
    namesConversion = ["converted_account", "converted_contact", "converted_deal"]
      .contains { value($0) != nil }
    createdAt = value("created_at")
  }
}

extension DealRow {
  /// Reads a deal; `owners` gives the owner's name by what the field holds.
  init(owners: [String: String], _ value: (String) -> String?) {
    self.init()
    owner = value("owner").map { owners[$0] ?? $0 }
    source = value("source")
    currency = value("currency")
    if let text = value("amount") { setAmount(text, decimal: figureDecimal) }
    stage = value("stage")
    probability = value("probability").flatMap(figureDecimal)
    closeDate = value("close_date")
    closedAt = value("closed_at")
    createdAt = value("created_at")
  }
}

extension PaymentRow {
  /// Reads a payment; `owners` gives the owner's name by what the field holds.
  init(owners: [String: String], _ value: (String) -> String?) {
    self.init()
    owner = value("owner").map { owners[$0] ?? $0 }
    currency = value("currency")
    amount = value("amount").flatMap(figureDecimal)
    status = value("status")
    date = value("date")
  }
}

/// A plain decimal, whatever the machine's locale.
private func figureDecimal(_ text: String) -> Decimal? {
  Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
}
