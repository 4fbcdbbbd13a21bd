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
  private var letters = TextPool()
  private var domains = TextPool()
  private var handleOf: ContiguousArray<UInt32> = [0]
  private var lettersOf: ContiguousArray<UInt32> = [0]
  private var domainOf: ContiguousArray<UInt32> = [0]
  private var domainCounts: ContiguousArray<UInt32> = [0]
  private var scratch = ContiguousArray<UInt8>()

  var count: Int { pool.count }

  /// Frees what only adding needs.
  mutating func finish() {
    pool.finish()
    handles.finish()
    letters = TextPool()
    domains = TextPool()
  }

  mutating func add(_ text: FieldText) -> UInt32 {
    var values = ContiguousArray<UInt32>()
    for index in 0..<text.count {
      addEach(of: text.bytes.span.extracting(text.range(index)), to: &values)
    }
    return values.first ?? 0
  }

  mutating func addEach(of cell: Span<UInt8>, to values: inout ContiguousArray<UInt32>) {
    var parts = CellParts(cell)
    while let part = parts.next(in: cell, isGap: { Self.gaps.contains($0) }) {
      let number = addAddress(cell.extracting(part))
      if number > 0, !values.contains(number) { values.append(number) }
    }
  }

  private static let gaps: [UInt8] = [0x20, 0x0A, 0x0D, 0x09] + Array(";,|<>".utf8)

  /// The number of an address; 0 where there is no @ with something on both sides.
  private mutating func addAddress(_ text: Span<UInt8>) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    HalfWidth.append(text, to: &scratch)
    guard let at = scratch.lastIndex(of: UInt8(ascii: "@")), at > 0, at + 1 < scratch.count
    else { return 0 }
    let (number, isNew) = pool.add(scratch)
    guard isNew else { return number }
    handleOf.append(handles.add(scratch, 0..<at).number)
    let domain = domains.add(scratch, at + 1..<scratch.count).number
    domainOf.append(domain)
    if domain == domainCounts.count { domainCounts.append(0) }
    domainCounts[Int(domain)] += 1
    var end = at
    while end > 0, scratch[end - 1] &- UInt8(ascii: "0") < 10 { end -= 1 }
    lettersOf.append(end > 0 ? letters.add(scratch, 0..<end).number : 0)
    return number
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
