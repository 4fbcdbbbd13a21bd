import FerryCore

/// Addresses, whole or in parts, Chinese or Western, each taken apart into road, number, room and
/// places.
///
/// How it works: names are kept once in a pool and numbers are hashes, so that most of a comparison
/// is one of numbers; a name is looked at letter by letter only where two differ and might be near.
struct Addresses: ValueStore {
  // m and u are for pairs of rows that both have an address, from the ledgers of ferry-bench and
  // the Febrl sets, rounded; they decide where a table is too small to teach better ones.
  static let levels: [AgreementLevel] = [
    AgreementLevel(id: "same", words: Words(en: "same address", zh: "地址相同"), m: 0.52, u: 0.00001),
    AgreementLevel(
      id: "same-known", words: Words(en: "same as far as both say", zh: "双方写出的部分相同"), m: 0.2,
      u: 0.00001),
    AgreementLevel(
      id: "near", words: Words(en: "same but for slips", zh: "仅有笔误之差"), m: 0.1, u: 0.00001),
    AgreementLevel(
      id: "no-unit", words: Words(en: "same house, one without the room", zh: "同门牌，一方缺室号"), m: 0.04,
      u: 0.00003),
    AgreementLevel(
      id: "most", words: Words(en: "most parts agree", zh: "大部分相同"), m: 0.05, u: 0.00004),
    AgreementLevel(
      id: "other-unit", words: Words(en: "same house, other room", zh: "同门牌，室号不同"), m: 0.015,
      u: 0.0002),
    AgreementLevel(
      id: "other-number",
      words: Words(en: "same road or number, not both", zh: "同路或同号，不全同"), m: 0.025, u: 0.004),
    AgreementLevel(
      id: "same-area", words: Words(en: "same area", zh: "地区相同"), m: 0.02, u: 0.0357),
    AgreementLevel(id: "differs", words: Words(en: "other address", zh: "地址不同"), m: 0.03, u: 0.96),
  ]

  /// The parts of one distinct address: numbers of names in the pool, hashes of numbers; 0 for none.
  struct Record: Hashable, Sendable {
    var road: UInt32 = 0
    var place: UInt32 = 0
    var district: UInt32 = 0
    var city: UInt32 = 0
    var state: UInt32 = 0
    var house: UInt32 = 0
    var building: UInt32 = 0
    var room: UInt32 = 0
    var postcode: UInt32 = 0
  }

  private let columns: [AddressPart]
  private(set) var names = CodePointPool()
  private(set) var records: ContiguousArray<Record> = [Record()]
  private var numbers = NumberTable()
  /// What the rows of a batch say, and its hashes.
  private var read = ContiguousArray<Record>()
  private var hashes = ContiguousArray<UInt64>()
  private var reader = AddressReader()

  /// - Parameter parts: What each column of the field holds, in the columns' order.
  init(parts: [AddressPart]) { columns = parts }

  var count: Int { records.count - 1 }

  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>) {
    read.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    for row in 0..<rows.count {
      let record = record(rows, row)
      read.append(record)
      hashes.append(record.hash)
    }
    numbers.touch(hashes)
    for index in read.indices {
      if read[index] == Record() {
        values.append(0)
        continue
      }
      let (number, isNew) = numbers.add(hashes[index])
      values.append(number)
      if isNew { records.append(read[index]) }
    }
  }

  /// Takes an address apart.
  private mutating func record(_ rows: TextRows, _ row: Int) -> Record {
    reader.parts.removeAll()
    for column in 0..<rows.columnCount {
      let part = column < columns.count ? columns[column] : .full
      reader.read(rows.bytes.span.extracting(rows.range(row, column: column)), as: part)
    }
    reader.parts.finish()
    var record = Record()
    record.road = names.add(reader.parts.road)
    record.place = names.add(reader.parts.place)
    record.district = names.add(reader.parts.district)
    record.city = names.add(reader.parts.city)
    record.state = names.add(reader.parts.state)
    record.house = reader.parts.house
    record.building = reader.parts.building
    record.room = reader.parts.room
    record.postcode = reader.parts.postcode
    return record
  }

  func touch(_ values: ContiguousArray<UInt32>) -> UInt64 {
    var sum: UInt64 = 0
    for value in values { sum += UInt64(records[Int(value)].road) }
    return sum
  }

  /// Frees what only adding needs.
  mutating func finish() {
    numbers = NumberTable()
    read = []
    hashes = []
    reader = AddressReader()
  }

  static var partSlots: [UInt8] { [2, 4, 5] }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    let record = records[Int(value)]
    func append(_ slot: UInt8, _ numbers: UInt32...) {
      var hash: UInt64 = UInt64(slot)
      for number in numbers where hash != 0 {
        hash = number == 0 ? 0 : ByteHash.join(hash, UInt64(number))
      }
      if hash != 0 { keys.append(BlockingKey(slot: slot, hash: hash)) }
    }
    keys.append(BlockingKey(slot: 0, hash: UInt64(value)))
    append(1, record.road, record.house, record.room)
    append(2, record.road, record.house)
    append(3, record.postcode, record.house)
    append(4, record.place == 0 ? record.road : record.place)
    append(5, record.district, record.road)
  }
}

extension Addresses.Record {
  /// 64 bits that stand for the record.
  fileprivate var hash: UInt64 {
    var hash = ByteHash.join(
      UInt64(road) << 32 | UInt64(place), UInt64(district) << 32 | UInt64(city))
    hash = ByteHash.join(hash, UInt64(state) << 32 | UInt64(house))
    return ByteHash.join(
      hash, ByteHash.join(UInt64(building) << 32 | UInt64(room), UInt64(postcode)))
  }
}
