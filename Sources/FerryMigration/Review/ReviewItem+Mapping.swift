extension ReviewItem {
  /// The same with other texts in the place of what the two records hold.
  ///
  /// Its digests go, too, so that no decision on it can be read back.
  public func mapping(_ text: (String) -> String) -> ReviewItem {
    ReviewItem(
      entity: entity, group: group, state: state, probability: probability, startBits: startBits,
      left: left.mapping(text), right: right.mapping(text),
      fields: fields.map {
        FieldPair(field: $0.field, left: $0.left.map(text), right: $0.right.map(text))
      },
      evidence: evidence, message: message.map(text), picks: nil)
  }
}

extension ReviewItem.Side {
  fileprivate func mapping(_ text: (String) -> String) -> ReviewItem.Side {
    // A digest of few fields can be guessed at.
    ReviewItem.Side(externalID: text(externalID), place: place, digest: "", name: text(name))
  }
}
