extension ContiguousArray<UInt8> {
  /// Copies the bytes of `value` onto the end, as one block.
  @inlinable
  public mutating func append(copying value: Span<UInt8>) {
    unsafe value.withUnsafeBufferPointer { source in
      unsafe append(contentsOf: source)
    }
  }
}
