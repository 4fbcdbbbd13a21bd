import FerryCore

/// E-mail addresses, letters small: a handle, an @ and a domain.
struct Emails: ValueSetStore {
  static let levels: [AgreementLevel] = [
    AgreementLevel(id: "same", words: Words(en: "same e-mail", zh: "邮箱相同"), m: 0.72, u: 0.00001),
    AgreementLevel(
      id: "same-handle", words: Words(en: "same handle, other domain", zh: "用户名相同，域名不同"), m: 0.08,
      u: 0.00002),
    AgreementLevel(
      id: "one-edit", words: Words(en: "one letter off", zh: "差一个字符"), m: 0.07, u: 0.00001),
    AgreementLevel(
      id: "same-letters", words: Words(en: "same handle but for its digits", zh: "用户名字母相同，数字不同"),
      m: 0.02, u: 0.0005),
    AgreementLevel(
      id: "same-domain", words: Words(en: "same domain of their own", zh: "企业域名相同"), m: 0.04,
      u: 0.001),
    AgreementLevel(
      id: "differs", words: Words(en: "other e-mail", zh: "邮箱不同"), m: 0.07, u: 0.99846),
  ]
  /// A domain that this many addresses share, or this share of all, belongs to a mail service.
  private static let publicDomainCount = 200

  private var pool = TextPool()
  private var handles = TextPool()
  private var letters = NumberTable()
  private var domains = NumberTable()
  private var handleOf: ContiguousArray<UInt32> = [0]
  private var lettersOf: ContiguousArray<UInt32> = [0]
  private var domainOf: ContiguousArray<UInt32> = [0]
  private var domainCounts: ContiguousArray<UInt32> = [0]
  private var scratch = ContiguousArray<UInt8>()
  /// The parts of the addresses that are new, or their hashes.
  private var handleTexts = TextRows()
  private var letterHashes = ContiguousArray<UInt64>()
  private var domainHashes = ContiguousArray<UInt64>()

  var count: Int { pool.count }

  /// Frees what only adding needs.
  mutating func finish() {
    pool.finish()
    handles.finish()
    letters = NumberTable()
    domains = NumberTable()
    (handleTexts, letterHashes, domainHashes) = (TextRows(), [], [])
  }

  mutating func appendTexts(of cell: Span<UInt8>, to texts: inout TextRows) {
    var parts = CellParts(cell)
    while let part = parts.next(in: cell, isGap: Self.isGap) {
      scratch.removeAll(keepingCapacity: true)
      HalfWidth.append(cell.extracting(part), to: &scratch)
      if Self.handleEnd(scratch.span) != nil { texts.append(scratch.span) }
    }
  }

  private static func isGap(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|"),
      UInt8(ascii: "<"), UInt8(ascii: ">"):
      true
    default: false
    }
  }

  /// Where the @ of an address is; `nil` where there is none with something on both sides.
  private static func handleEnd(_ text: Span<UInt8>) -> Int? {
    var at = text.count - 1
    while at > 0, text[at] != UInt8(ascii: "@") { at -= 1 }
    return at > 0 && at + 1 < text.count ? at : nil
  }

  mutating func add(_ texts: TextRows, to values: inout ContiguousArray<UInt32>) {
    let first = values.count
    var known = UInt32(count)
    pool.add(texts, to: &values)
    handleTexts.removeAll()
    letterHashes.removeAll(keepingCapacity: true)
    domainHashes.removeAll(keepingCapacity: true)
    for index in 0..<texts.count where values[first + index] > known {
      known += 1
      takeApart(texts.bytes.span.extracting(texts.range(index)))
    }
    handles.add(handleTexts, to: &handleOf)
    letters.add(letterHashes, to: &lettersOf)
    domains.add(domainHashes, to: &domainOf)
    for domain in domainOf.suffix(domainHashes.count) {
      if domain == domainCounts.count { domainCounts.append(0) }
      domainCounts[Int(domain)] += 1
    }
  }

  /// Notes the parts of a new address.
  private mutating func takeApart(_ text: Span<UInt8>) {
    guard let at = Self.handleEnd(text) else { return }
    var end = at
    while end > 0, text[end - 1] &- UInt8(ascii: "0") < 10 { end -= 1 }
    handleTexts.append(text.extracting(first: at))
    letterHashes.append(end == 0 ? 0 : max(1, ByteHash.hash(text.extracting(first: end))))
    domainHashes.append(max(1, ByteHash.hash(text.extracting(droppingFirst: at + 1))))
  }

  func touch(_ values: ContiguousArray<UInt32>) -> UInt64 {
    var sum: UInt64 = 0
    for value in values {
      sum += UInt64(lettersOf[Int(value)]) + UInt64(domainOf[Int(value)])
      sum += UInt64(handles.bytes[handles.range(handleOf[Int(value)]).lowerBound])
    }
    return sum
  }

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let (one, other) = (Int(left), Int(right))
    if handleOf[one] == handleOf[other] { return 1 }
    let sameDomain = domainOf[one] == domainOf[other]
    if sameDomain || lettersOf[one] == lettersOf[other] {
      if OneEdit.holds(
        handles.bytes.span.extracting(handles.range(handleOf[one])),
        handles.bytes.span.extracting(handles.range(handleOf[other])))
      {
        return sameDomain ? 2 : 3
      }
    } else if OneEdit.holds(
      pool.bytes.span.extracting(pool.range(left)), pool.bytes.span.extracting(pool.range(right)))
    {
      return 2
    }
    if lettersOf[one] == lettersOf[other], lettersOf[one] > 0 { return 3 }
    let isOwn = sameDomain && domainCounts[Int(domainOf[one])] < Self.publicDomainCount
    return isOwn ? 4 : 5
  }

  static var partSlots: [UInt8] { [2, 3, 4, 5] }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    let handle = UInt64(handleOf[Int(value)])
    keys.append(BlockingKey(slot: 0, hash: UInt64(value)))
    keys.append(BlockingKey(slot: 1, hash: handle))
    keys.append(BlockingKey(slot: 2, hash: UInt64(lettersOf[Int(value)])))
    let text = handles.bytes.span.extracting(handles.range(UInt32(handle)))
    if text.count >= 6 {
      let half = (text.count + 1) / 2
      keys.append(BlockingKey(slot: 3, hash: ByteHash.hash(text.extracting(first: half))))
      keys.append(
        BlockingKey(slot: 4, hash: ByteHash.hash(text.extracting(last: text.count - half))))
    }
    let domain = domainOf[Int(value)]
    if domainCounts[Int(domain)] < Self.publicDomainCount {
      keys.append(BlockingKey(slot: 5, hash: UInt64(domain)))
    }
  }
}
