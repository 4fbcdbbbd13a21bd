import FerryCore

// How an amount becomes canonical:
//   1. read exactly (`AmountReader`), times the unit in the cell or else the column's;
//   2. a number cell with more than 15 significant digits carries the noise of a binary fraction
//      (0.30000000000000004): where its first 15 digits need no more places than the currency
//      has, they are the value, and nothing is said; 37.499999999999 has 14 and is taken at its
//      word;
//   3. more places than the currency has: rounded once, halves away from zero, with a finding.

extension FieldNormalizer {
  mutating func readAmount(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    let digits = minorDigits
    if options.unit == nil, appendPlain(text, minorDigits: digits, to: &output) { return .value }
    let reader = AmountReader(
      numbers: NumberReader(region: kind == .number ? "" : options.region),
      currency: options.currency)
    do throws(AmountFault) {
      return finish(try reader.read(text), text: text, kind: kind, into: &output)
    } catch {
      let rule: Rule = error == .range ? .amountRange : .unreadableAmount
      return .invalid(NormalizationIssue(rule, text.string))
    }
  }

  private var minorDigits: Int {
    options.currency == "CNY" ? 2 : Currency.minorDigits(of: options.currency)
  }

  private mutating func finish(
    _ written: WrittenAmount, text: Span<UInt8>, kind: CellKind,
    into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    var written = written
    var issue = remark(on: written, text: text)
    if !written.hasUnit, let unit = options.unit {
      guard written.value.multiply(byPowerOfTen: unit.exponent) else {
        return .invalid(NormalizationIssue(.unreadableAmount, text.string))
      }
    } else if let unit = options.unit {
      issue = .worse(issue, NormalizationIssue(.unitInCell, text.string, unit.name))
    }
    foundCurrency = written.currency
    let currency = written.currency ?? options.currency
    if currency != options.currency {
      issue = .worse(NormalizationIssue(.otherCurrency, currency, options.currency), issue)
    }
    let places = Currency.minorDigits(of: currency)
    let value = written.value.reduced
    let kept = kind == .number ? value.withoutNoise(places: places) : value
    let rounded = kept.rounded(to: places)
    rounded.append(to: &output, minorDigits: places)
    if kept.scale > places {
      let result = output.span.string
      issue = .worse(
        NormalizationIssue(.amountRounded, text.string, result, currency, String(places)), issue)
    }
    return .value(issue)
  }

  private func remark(on written: WrittenAmount, text: Span<UInt8>) -> NormalizationIssue? {
    if written.isScientific { return NormalizationIssue(.scientificNumber, text.string) }
    return written.isAbout ? NormalizationIssue(.aboutAmount, text.string) : nil
  }
}

extension ExactDecimal {
  /// The value less the noise of a binary fraction, where there is such noise.
  func withoutNoise(places: Int) -> ExactDecimal {
    guard scale > places, significantDigits > NumberDamage.keptDigits else { return self }
    let kept = rounded(to: max(scale - (significantDigits - NumberDamage.keptDigits), 0)).reduced
    return kept.scale <= places ? kept : self
  }
}

/// Writes a number of digits and at most one point, of up to 15 digits, with `minorDigits` behind
/// the point; false, with nothing written, where `text` is anything else or would be rounded.
func appendPlain(
  _ text: Span<UInt8>, minorDigits: Int, to output: inout ContiguousArray<UInt8>
) -> Bool {
  guard text.count <= 16, !text.isEmpty, text[0].isDigit else { return false }
  var point = text.count
  for index in text.indices where !text[index].isDigit {
    guard text[index] == UInt8(ascii: "."), point == text.count else { return false }
    point = index
  }
  guard text[0] != 0x30 || point == 1 else { return false }
  let places = max(text.count - point - 1, 0)
  guard places <= minorDigits, point < text.count - 1 || point == text.count else { return false }
  output.append(text)
  guard minorDigits > places else { return true }
  if places == 0 { output.append(UInt8(ascii: ".")) }
  for _ in places..<minorDigits { output.append(0x30) }
  return true
}
