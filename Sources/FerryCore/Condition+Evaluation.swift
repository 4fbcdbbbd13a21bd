extension Condition {
  /// Whether the condition holds for the values that `value` gives by name; `nil` is absent.
  ///
  /// An absent value equals nothing. For many rows bind the condition once: ``BoundCondition``.
  public func holds(_ value: (String) -> String?) -> Bool {
    let names = names
    let bound = BoundCondition(self) { names.firstIndex(of: $0) ?? 0 }
    return bound.holds { slot, body in
      let bytes = ContiguousArray((value(names[slot]) ?? "").utf8)
      return body(bytes.span)
    }
  }
}
