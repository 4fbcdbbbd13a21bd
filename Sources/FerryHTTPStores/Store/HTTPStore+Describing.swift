import FerryCore
public import FerryRecords
public import FerryStores

// What the product has a place for.
extension HTTPStore {
  /// What the product has a place for.
  ///
  /// - Throws: What the profile names and the product has not, and objects without a field for
  ///   external ids.
  public func description(
    of entities: [Entity]
  ) async throws(StoreError) -> StoreDescription {
    var description = StoreDescription()
    description.pace = adapter.pace
    var faults: [Finding] = []
    for entity in entities {
      guard let shape = try await shape(of: entity) else {
        if let remote = adapter.table[entity.name], let place = remote.place {
          faults.append(
            Finding(
              ProfileRules.noObject, at: Provenance(file: place),
              arguments: [adapter.client.name, remote.object]))
        }
        description.entities[entity.name] = EntityDescription(.none, label: entity.name)
        continue
      }
      faults += shape.faults(store: adapter.client.name, externalID: adapter.externalID)
      description.entities[entity.name] = shape.description
      if let owner = shape.codecs["owner"]?.remote, owner.isFilledByStore {
        description.entities[entity.name]?.fields["owner"]?.filledWith =
          try await adapter.ownerOfNewRecords()
      }
    }
    guard faults.isEmpty else {
      throw StoreError(.unsuitable, isTransient: false, findings: faults)
    }
    return description
  }
}

extension RemoteShape {
  /// What the profile names and the product has not.
  func faults(store: String, externalID wanted: String) -> [Finding] {
    var faults: [Finding] = []
    if externalID == nil, !remote.isLookedUpOnly {
      faults.append(
        Finding(
          HTTPStoreRules.noExternalID, arguments: [store, object.name, remote.externalID ?? wanted])
      )
    }
    for (_, name) in remote.fields.sorted(by: { $0.key < $1.key }) {
      guard let place = name.place, object.fields[name.name] == nil else { continue }
      faults.append(
        Finding(
          ProfileRules.noField, at: Provenance(file: place), arguments: [object.name, name.name]))
    }
    for codec in codecs.values.sorted(by: { $0.field.name < $1.field.name }) {
      for word in codec.strangers where codec.name.place != nil {
        faults.append(
          Finding(
            ProfileRules.noOption, at: Provenance(file: codec.name.place ?? ""),
            arguments: [
              "\(object.name).\(codec.remote.name)", word,
              codec.remote.options.map(\.label).joined(separator: ", "),
            ]))
      }
    }
    return faults
  }

  /// How the product holds the entity.
  var description: EntityDescription {
    var found = EntityDescription(
      remote.isLookedUpOnly ? .lookedUp : .loaded, label: "\(object.label) \(object.name)")
    for (name, codec) in codecs where codec.remote.isWritable {
      if codec.remote.isFilledByStore { found.filledByStore.insert(name) }
      var field = FieldDescription(label: "\(codec.remote.label) \(codec.remote.name)")
      field.isRequired = codec.remote.isRequired && remote.constants[codec.remote.name] == nil
      field.options = codec.options
      field.longest = codec.remote.longest
      if codec.name.isUnique { field.uniqueAs = "\(object.name).\(codec.remote.name)" }
      found.fields[name] = field
    }
    let filled = Set(codecs.values.map(\.remote.name)).union(remote.constants.keys)
    found.demands = object.fields.values
      .filter { $0.isRequired && $0.isWritable && !filled.contains($0.name) }
      .map { "\($0.label) \($0.name)" }.sorted()
    return found
  }
}
