public import FerryCore
public import FerryRecords

/// Brings the values of one column into the canonical text of a field.
///
/// A value type with its own scratch memory: one for each column and task. A plain value costs no
/// allocation.
///
///     var phones = FieldNormalizer(type: .phone, options: NormalizationOptions())
///     let result = phones.normalize(cell, kind: .text, into: &output)
public struct FieldNormalizer: Sendable {
  /// What the field holds.
  public let type: FieldType
  /// What decides a reading beside the value.
  public let options: NormalizationOptions
  /// The further values of the last cell, canonical: several phones or e-mails in one cell.
  public internal(set) var extras: [String] = []
  /// The ISO 4217 code that the last amount's cell named; `nil` where it named none.
  public internal(set) var foundCurrency: String?
  /// What all dates so far tell about the column's order of day and month.
  public package(set) var dateColumn: DateColumn

  let level: FoldingLevel
  var choices: ChoiceTable?
  var zone: CivilZone?
  var tokens = ContiguousArray<DateToken>()
  private var folded = ContiguousArray<UInt8>()

  /// Prepares for values of `type`.
  public init(type: FieldType, options: NormalizationOptions = NormalizationOptions()) {
    self.type = type
    self.options = options
    dateColumn = DateColumn(region: options.region, order: options.dateOrder)
    level = FoldingLevel(for: type)
    if case .choice(let set) = type { choices = ChoiceTable(set) }
    if type == .instant || type == .date { zone = CivilZone(name: options.timeZone) }
  }

  /// Writes the canonical text of one cell into `output`, whatever it held.
  ///
  /// - Parameters:
  ///   - value: The cell's text as a reader gives it.
  ///   - kind: What the cell held.
  ///   - output: Replaced; empty where the result is blank or invalid.
  /// - Returns: What became of the value.
  public mutating func normalize(
    _ value: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    output.removeAll(keepingCapacity: true)
    if !extras.isEmpty { extras.removeAll() }
    foundCurrency = nil
    guard kind != .error else { return .invalid(NormalizationIssue(.formulaError, value.string)) }
    let result: NormalizationResult
    if TextFolding.isClean(value, level: level) {
      let range = value.trimmedRange
      result = read(value.extracting(range), kind: kind, into: &output)
    } else {
      var text = ContiguousArray<UInt8>()
      swap(&text, &folded)
      TextFolding.fold(value, level: level, into: &text)
      result = read(text.span, kind: kind, into: &output)
      swap(&text, &folded)
    }
    switch result {
    case .blank, .invalid: output.removeAll(keepingCapacity: true)
    case .value, .valueWithIssue, .pending: break
    }
    return result
  }

  /// The canonical text of one cell as a string; for tests and rare paths.
  public mutating func normalize(_ value: String, kind: CellKind = .text) -> (
    text: String, result: NormalizationResult
  ) {
    var output = ContiguousArray<UInt8>()
    let bytes = ContiguousArray(value.utf8)
    let result = normalize(bytes.span, kind: kind, into: &output)
    return (String(decoding: output, as: UTF8.self), result)
  }
}

// MARK: - One function for each type

extension FieldNormalizer {
  private mutating func read(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    guard !text.isEmpty, !Placeholders.contains(text, type: type) else { return .blank }
    switch type {
    case .text, .longText, .reference: return readText(text, kind: kind, into: &output)
    case .json: return copy(text, into: &output)
    case .personName: return readPersonName(text, into: &output)
    case .companyName: return readCompanyName(text, into: &output)
    case .phone: return readPhones(text, kind: kind, into: &output)
    case .email: return readEmails(text, into: &output)
    case .url: return readURL(text, into: &output)
    case .creditCode: return readCreditCode(text, kind: kind, into: &output)
    case .province, .city, .district: return readDivision(text, into: &output)
    case .amount: return readAmount(text, kind: kind, into: &output)
    case .decimal: return readDecimal(text, kind: kind, into: &output)
    case .integer: return readInteger(text, kind: kind, into: &output)
    case .percent: return readPercent(text, kind: kind, into: &output)
    case .boolean: return readBoolean(text, into: &output)
    case .date: return readDate(text, kind: kind, into: &output)
    case .instant: return readInstant(text, kind: kind, into: &output)
    case .currency: return readCurrency(text, into: &output)
    case .choice: return readChoice(text, into: &output)
    }
  }

  func copy(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    output.append(text)
    return .value
  }

  private func readText(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    output.append(text)
    guard kind == .number, NumberDamage.hasLostDigits(text) else { return .value }
    return .valueWithIssue(NormalizationIssue(.digitsLost, text.string))
  }
}

extension FoldingLevel {
  init(for type: FieldType) {
    switch type {
    case .text, .reference, .personName, .companyName, .choice, .province, .city, .district:
      self = .line
    case .longText, .json: self = .lines
    case .phone, .email, .url, .creditCode, .amount, .decimal, .integer, .percent, .boolean,
      .date, .instant, .currency:
      self = .ascii
    }
  }
}
