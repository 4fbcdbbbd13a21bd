import FerryCore

extension FieldNormalizer {
  func readPersonName(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  { copy(text, into: &output) }
  func readCompanyName(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  { copy(text, into: &output) }
  func readPhones(_ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  { copy(text, into: &output) }
  func readDivision(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  { copy(text, into: &output) }
}
extension FieldNormalizer {
  func readEmails(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  { copy(text, into: &output) }
  func readURL(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  { copy(text, into: &output) }
}
