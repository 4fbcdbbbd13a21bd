import FerryCore
import FerryNormalization

/// Some values of a column, and what they look like.
///
/// What they look like is found out when it is first asked for: the names of most columns say enough.
struct ColumnSample {
  /// Longer values are looked at no further than this.
  private static let mostBytes = 400
  /// So many values are all looked at, of those that follow one in ``stride``.
  private static let firstCount = 300
  private static let stride = 16

  /// Rows that were looked at.
  private(set) var rowCount = 0
  /// Rows that hold something.
  private(set) var filledCount = 0
  private(set) var distinct: Set<UInt64> = []
  /// Those values that are looked at closely.
  private var texts: [String] = []
  private lazy var shapes = ShapeCounts(texts)
  private lazy var names = NameCounts(texts)

  /// Takes a row's value, blanks around it taken off; an empty one counts as a row alone.
  mutating func add(_ value: Span<UInt8>) {
    rowCount += 1
    guard !value.isEmpty else { return }
    filledCount += 1
    distinct.insert(ByteHash.hash(value))
    guard filledCount <= Self.firstCount || filledCount.isMultiple(of: Self.stride) else { return }
    texts.append(value.extracting(first: min(value.count, Self.mostBytes)).text)
  }

  var isEmpty: Bool { filledCount == 0 }
  /// Whether all of several rows say the same.
  var isConstant: Bool { distinct.count == 1 && filledCount == rowCount && rowCount > 9 }
  /// Whether each row says something, and each something else.
  var isUnique: Bool { filledCount == rowCount && distinct.count == rowCount && rowCount > 9 }

  private func share(_ count: Int) -> Double { Double(count) / Double(max(1, texts.count)) }

  var emailShare: Double { mutating get { share(shapes.emails) } }
  var phoneShare: Double { mutating get { share(shapes.phones) } }
  var dateShare: Double { mutating get { share(shapes.dates) } }
  var numberShare: Double { mutating get { share(shapes.numbers) } }
  var codeShare: Double { mutating get { share(shapes.codes) } }
  var personShare: Double { mutating get { share(shapes.people) } }
  var addressShare: Double { mutating get { share(shapes.addresses) } }
  var linkShare: Double { mutating get { share(shapes.links) } }
  var meanWordCount: Double { mutating get { share(shapes.wordCount) } }
  var companyShare: Double { mutating get { share(names.companies) } }
  /// Values with a word for what companies do or are.
  var tradeShare: Double { mutating get { share(names.trades) } }
  /// Values with a given name or a family name that many bear.
  var knownPersonShare: Double { mutating get { share(names.knownPeople) } }
  /// Values of a Chinese name's length that begin with no common family name.
  var strangerShare: Double { mutating get { share(names.strangers) } }
}

/// How many values look like what.
private struct ShapeCounts {
  private(set) var emails = 0
  private(set) var phones = 0
  private(set) var dates = 0
  private(set) var numbers = 0
  private(set) var codes = 0
  private(set) var people = 0
  private(set) var addresses = 0
  private(set) var links = 0
  private(set) var wordCount = 0

  init(_ texts: [String]) {
    for text in texts {
      let shape = ValueLook(text)
      wordCount += shape.words.count
      if shape.isEmail { emails += 1 }
      if shape.isPhone { phones += 1 }
      if shape.isDate { dates += 1 }
      if shape.isNumber { numbers += 1 }
      if shape.isCode { codes += 1 }
      if shape.isLink { links += 1 }
      if shape.isAddress { addresses += 1 }
      if shape.isPerson { people += 1 }
    }
  }
}

/// How many values are whose name.
private struct NameCounts {
  private(set) var companies = 0
  private(set) var trades = 0
  private(set) var knownPeople = 0
  private(set) var strangers = 0

  init(_ texts: [String]) {
    for text in texts {
      let shape = ValueLook(text)
      guard shape.isPerson || shape.mayBeCompany else { continue }
      let look = NameLook(text)
      if shape.isPerson {
        if look.isKnownPerson { knownPeople += 1 } else if look.isHan { strangers += 1 }
      }
      guard shape.mayBeCompany else { continue }
      if look.saysTrade { trades += 1 }
      if CompanyName.parse(text).legalForm != nil { companies += 1 }
    }
  }
}
