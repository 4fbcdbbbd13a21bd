import FerryCore

// Numbers that are no money: quantities, counts, percentages. A canonical decimal has no zeros
// behind the last digit that counts.

extension FieldNormalizer {
  mutating func readDecimal(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    guard let number = number(text, kind: kind) else {
      return .invalid(NormalizationIssue(.unreadableNumber, text.string))
    }
    number.value.reduced.append(to: &output)
    return .value(remark(on: number, text: text))
  }

  mutating func readInteger(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    guard let number = number(text, kind: kind) else {
      return .invalid(NormalizationIssue(.unreadableNumber, text.string))
    }
    let value = number.value.reduced
    guard value.scale == 0 else { return .invalid(NormalizationIssue(.notWhole, text.string)) }
    value.append(to: &output)
    return .value(remark(on: number, text: text))
  }

  private func number(_ text: Span<UInt8>, kind: CellKind) -> WrittenAmount? {
    var reader = AmountReader(
      numbers: NumberReader(region: kind == .number ? "" : options.region), currency: "")
    reader.allowsTrailingWord = true
    do throws(AmountFault) {
      let number = try reader.read(text)
      guard number.currency == nil else { return nil }
      guard kind == .number else { return number }
      var quiet = number
      quiet.value = number.value.withoutNoise(places: 10)
      return quiet
    } catch {
      // Every fault of a plain number is one finding.
      return nil
    }
  }

  private func remark(on number: WrittenAmount, text: Span<UInt8>) -> NormalizationIssue? {
    if number.isScientific { return NormalizationIssue(.scientificNumber, text.string) }
    guard let trailing = number.trailing else { return nil }
    return NormalizationIssue(.measureWord, text.string, text.extracting(trailing).string)
  }
}

// MARK: - Percentages

extension FieldNormalizer {
  /// Reads `30%`, `30`, `0.3`, `5‰` and 百分之三十 to 0 … 100.
  ///
  /// Without a sign a value from 0 to 1 is a fraction, as spreadsheets and some CRMs store it;
  /// that is said, unless ``NormalizationOptions/percentScale`` settles it.
  mutating func readPercent(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    let written = percentParts(text)
    guard var value = number(text.extracting(written.digits), kind: kind)?.value.reduced else {
      return .invalid(NormalizationIssue(.unreadablePercent, text.string))
    }
    var issue: NormalizationIssue?
    var exponent = written.exponent
    let one = ExactDecimal(mantissa: 1, scale: 0)
    if !written.hasSign, options.percentScale != .points {
      let isFraction = value.mantissa > 0 && (value.scale > 0 ? value.isBelowOne : value == one)
      if options.percentScale == .fraction || isFraction {
        exponent = 2
        if options.percentScale == nil {
          issue = NormalizationIssue(.readAsFraction, text.string)
        }
      }
    }
    guard value.multiply(byPowerOfTen: exponent), value.mantissa >= 0,
      value.mantissa <= 100 * ExactDecimal.power(min(value.scale, 30))
    else { return .invalid(NormalizationIssue(.percentOutOfRange, text.string)) }
    value.reduced.append(to: &output)
    return .value(issue)
  }

  private func percentParts(_ text: Span<UInt8>) -> (
    digits: Range<Int>, hasSign: Bool, exponent: Int
  ) {
    if text.has("百分之", at: 0) { return (9..<text.count, true, 0) }
    if text.has("%", at: text.count - 1) { return (0..<text.count - 1, true, 0) }
    if text.has("‰", at: text.count - 3) { return (0..<text.count - 3, true, -1) }
    return (0..<text.count, false, 0)
  }
}

extension ExactDecimal {
  fileprivate var isBelowOne: Bool { mantissa < Self.power(min(scale, 36)) }
}
