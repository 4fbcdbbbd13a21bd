import FerryStores

extension TrytonPlace {
  /// Whether a record with that id is of this entity, by what stands before it.
  func holds(_ id: String) -> Bool {
    guard !isMarked else { return id.hasPrefix(prefix) }
    return !TrytonTable.places.values.contains {
      $0.model == model && $0.isMarked && id.hasPrefix($0.prefix)
    }
  }
}

extension RemoteObject {
  init(tryton name: String, _ fields: [String: JSON]) {
    self.init(name: name, label: "Tryton")
    for (field, json) in fields { self.fields[field] = RemoteField(tryton: field, json) }
  }

  /// A field that stands in a list inside the record.
  mutating func add(_ name: String, _ kind: RemoteField.Kind, label: String? = nil) {
    fields[name] = RemoteField(name: name, label: label ?? name, kind: kind)
  }

  /// The fields of a record above or inside.
  mutating func add(_ members: [String: JSON], at head: String) {
    for (name, json) in members {
      let path = "\(head)/\(name)"
      fields[path] = RemoteField(tryton: path, json)
      // A list inside may stay empty.
      if TrytonTable.plainLists[head] != nil { fields[path]?.isRequired = false }
    }
  }
}

extension RemoteField {
  /// A field as `fields_get` tells it.
  init(tryton name: String, _ json: JSON) {
    let type = json["type"]?.text ?? ""
    let options = (json["selection"]?.items ?? []).compactMap { pair -> Option? in
      guard let value = pair.items.first?.text else { return nil }
      return Option(value: value, label: pair.items.last?.text ?? value)
    }
    let kind: Kind =
      switch type {
      case "char", "text": .text
      case "float", "numeric": .number
      case "date": .date
      case "timestamp", "datetime": .instant
      case "boolean": .boolean
      case "selection": .choice
      case "many2one": json["selection"] == nil ? .reference : .choice
      case "reference": .reference
      default: .other(type)
      }
    self.init(name: name, label: json["string"]?.text ?? name, kind: kind)
    self.options = options
    isWritable = json["readonly"] != true
    isFilledByStore = json["default"] ?? .null != .null
    isRequired =
      json["required"] == true && !isFilledByStore && !TrytonTable.filled.contains(name)
    longest = json["size"]?.integer
  }
}
