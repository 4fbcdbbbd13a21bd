import FerryCore

// Numbers (LEB128), texts (length, UTF-8) and findings one after the other; a rule stands in full where
// it comes first, and is a number from then on.

/// Writes them.
struct KeptTextsWriter {
  private(set) var bytes = Bytes()
  private var numbers: [KeptRule: Int] = [:]

  /// Adds a number, at least 0.
  mutating func add(_ number: Int) { bytes.append(leb128: number) }

  /// Adds a number, at least 0, or that there is none.
  mutating func add(_ number: Int?) { bytes.append(leb128: number.map { $0 + 1 } ?? 0) }

  /// Adds a text.
  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 {
      bytes.append(leb128: $0.count)
      unsafe bytes.append(contentsOf: $0)
    }
  }

  /// Adds a text, or that there is none.
  mutating func add(_ text: String?) {
    bytes.append(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  /// Adds a list.
  mutating func add<Element>(
    _ list: some Collection<Element>, _ write: (Element, inout Self) -> Void
  ) {
    add(list.count)
    for element in list { write(element, &self) }
  }

  /// Adds a rule.
  mutating func add(_ rule: Rule) {
    let key = KeptRule(rule)
    if let number = numbers[key] { return add(number) }
    add(numbers.count)
    numbers[key] = numbers.count
    for text in [rule.id, rule.severity.rawValue] + key.words { add(text) }
  }

  /// Adds a place.
  mutating func add(_ place: Provenance) {
    add(place.file)
    add(place.sheet)
    add(place.rowNumber)
    add(place.columnIndex)
  }

  /// Adds a finding.
  mutating func add(_ finding: Finding) {
    add(finding.rule)
    add(finding.severity.rawValue)
    add(finding.provenance == nil ? 0 : 1)
    if let place = finding.provenance { add(place) }
    add(finding.value)
    add(finding.arguments) { $1.add($0) }
  }
}

/// Reads them; once something is not as it was written, nothing is read any more.
struct KeptTextsReader {
  private let bytes: Bytes
  private var offset = 0
  private var rules: [Rule] = []
  private(set) var isSound = true

  init(_ bytes: Bytes) { self.bytes = bytes }

  /// Whether all was read, and as it was written.
  var isAtEnd: Bool { isSound && offset == bytes.count }

  /// The next number; 0 where there is none.
  mutating func number() -> Int {
    var end = offset
    guard isSound, let number = bytes.span.leb128(at: &end), number >= 0 else {
      isSound = false
      return 0
    }
    offset = end
    return number
  }

  /// The next number, where one was written.
  mutating func numberIfAny() -> Int? {
    let number = number()
    return number == 0 ? nil : number - 1
  }

  /// The next text; empty where there is none.
  mutating func text() -> String {
    let count = number()
    guard isSound, count <= bytes.count - offset else {
      isSound = false
      return ""
    }
    defer { offset += count }
    return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
  }

  /// The next text, where one was written.
  mutating func textIfAny() -> String? { number() == 0 ? nil : text() }

  /// The next list.
  mutating func list<Element>(_ read: (inout Self) -> Element) -> [Element] {
    let count = number()
    // Each element has a byte at least.
    guard isSound, count <= bytes.count - offset else {
      isSound = false
      return []
    }
    var found: [Element] = []
    found.reserveCapacity(count)
    for _ in 0..<count where isSound { found.append(read(&self)) }
    return found
  }

  /// The next rule.
  mutating func rule() -> Rule {
    let number = number()
    if number < rules.count { return rules[number] }
    if number > rules.count { isSound = false }
    let (id, severity) = (text(), severity())
    let words = (0..<4).map { _ in text() }
    let rule = Rule(
      id: id, severity: severity, message: Words(en: words[0], zh: words[1]),
      suggestion: Words(en: words[2], zh: words[3]))
    rules.append(rule)
    return rule
  }

  private mutating func severity() -> Severity {
    guard let severity = Severity(rawValue: text()) else {
      isSound = false
      return .error
    }
    return severity
  }

  /// The next place.
  mutating func place() -> Provenance {
    Provenance(
      file: text(), sheet: textIfAny(), rowNumber: numberIfAny(), columnIndex: numberIfAny())
  }

  /// The next finding.
  mutating func finding() -> Finding {
    let (rule, severity) = (rule(), severity())
    let place = number() == 0 ? nil : place()
    let value = textIfAny()
    return Finding(
      rule, at: place, value: value, arguments: list { $0.text() }, severity: severity)
  }
}

/// A rule with its words: findings of one id may have words of their own.
private struct KeptRule: Hashable {
  let id: String
  let severity: Severity
  let words: [String]

  init(_ rule: Rule) {
    id = rule.id
    severity = rule.severity
    words = [
      rule.message.english, rule.message.chinese, rule.suggestion.english, rule.suggestion.chinese,
    ]
  }
}
