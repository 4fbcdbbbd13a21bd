/// The mapping of a ledger: each row makes an account, a contact and a deal.
enum LedgerMapping {
  static func text(file: String, isChinese: Bool) -> String {
    text(
      file: file, names: isChinese ? LedgerGenerator.chineseHeader : LedgerGenerator.englishHeader)
  }

  /// - Parameters:
  ///   - file: The ledger's path, relative to the mapping.
  ///   - names: Its column names, in the order of the generator's.
  /// - Returns: The mapping's text.
  static func text(file: String, names: [String]) -> String {
    """
    ferry: 1
    sources:
      - file: \(file)
        records:
          account:
            key: \(names[2])
            name: \(names[2])
            phone: \(names[4])
          contact:
            key: \(names[0])
            name: \(names[1])
            mobile: \(names[3])
            email: \(names[5])
            account: { link: account }
          deal:
            key: \(names[0])
            name: \(names[2])
            amount: { from: \(names[9]), invalid: blank }
            stage:
              from: \(names[10])
              map: { 线索转入: lead_in, 初步接洽: qualification, 需求分析: needs_analysis,
                方案报价: proposal, 谈判审核: negotiation, 赢单: won, 输单: lost, Proposal: proposal,
                Negotiation: negotiation, Won: won, Lost: lost, WON: won, 需求确认: needs_analysis,
                商务谈判: negotiation, 赢 单: won }
            account: { link: account }
            contact: { link: contact }
            created_at: \(names[8])
            description: \(names[11])
    """ + "\n"
  }
}
