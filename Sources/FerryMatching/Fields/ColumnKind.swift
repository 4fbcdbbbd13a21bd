/// What a column of a table holds, as far as comparing it is concerned.
public enum ColumnKind: String, Hashable, Sendable, CaseIterable {
  case personName = "person_name"
  case companyName = "company_name"
  case phone
  case email
  case address
  case date
  /// Anything that should belong to one entity alone; the kind of document is unknown.
  case id
  /// Free text or a category.
  case text
  case number

  /// Whether all columns of the kind are read together, as one field.
  var isReadTogether: Bool {
    switch self {
    case .personName, .address, .phone, .email: true
    default: false
    }
  }
}
