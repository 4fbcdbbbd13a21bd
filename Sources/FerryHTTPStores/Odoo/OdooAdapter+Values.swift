import Foundation

// Names and values as Odoo writes them.
extension OdooAdapter {
  // MARK: - Names

  /// The model of an object, which is what stands before a slash.
  static func model(_ object: String) -> String { String(object.prefix { $0 != "/" }) }

  /// A reference's field without what `load()` wants after it.
  static func plain(_ field: String) -> String {
    field.hasSuffix(OdooTable.byID) ? String(field.dropLast(OdooTable.byID.count)) : field
  }

  /// The XML id's name: no dot may stand in it, and no comma.
  static func xmlName(_ key: String, _ object: String) -> String {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-_|:")
    return prefix(object) + (key.addingPercentEncoding(withAllowedCharacters: allowed) ?? key)
  }

  /// Ferry's id in an XML id's name; `nil` for one of another entity.
  static func key(_ name: String, _ object: String) -> String? {
    guard name.hasPrefix(prefix(object)) else { return nil }
    return String(name.dropFirst(prefix(object).count)).removingPercentEncoding
  }

  private static func prefix(_ object: String) -> String {
    object.replacing(".", with: "_").replacing("/", with: "_") + "-"
  }

  // MARK: - Values

  /// A value as `load()` takes it.
  static func cell(_ value: JSON?) -> String {
    switch value {
    case .bool(let isTrue): isTrue ? "True" : "False"
    case .some(let value): value.text ?? ""
    case .none: ""
    }
  }

  func encoded(_ text: String, _ codec: FieldCodec) -> JSON? {
    let isHTML = codec.remote.kind == .other("html") && !text.isEmpty
    return isHTML ? .string(text) : form.encoded(text, codec)
  }

  func decoded(_ value: JSON, _ codec: FieldCodec) -> String? {
    // What is empty is `false` here, and a record that is referred to comes with its name.
    guard codec.remote.kind == .boolean || value != false else { return nil }
    if codec.remote.kind == .other("html") {
      return value.text.map { $0.replacing(#/<[^>]*>/#, with: "") }
    }
    return form.decoded(value.items.first ?? value, codec)
  }
}

extension RemoteField {
  /// A field as `fields_get` tells it.
  init(odoo name: String, _ json: JSON) {
    let type = json["type"]?.text ?? ""
    let kind: Kind =
      switch type {
      case "char", "text": .text
      case "integer", "float", "monetary": .number
      case "date": .date
      case "datetime": .instant
      case "boolean": .boolean
      case "selection": .choice
      case "many2one": .reference
      default: .other(type)
      }
    let isLink = kind == .reference
    self.init(
      name: isLink ? name + OdooTable.byID : name, label: json["string"]?.text ?? name,
      kind: kind)
    isWritable = json["readonly"] != true && type != "one2many"
    // An empty number is nought, and some fields Odoo fills in by itself.
    isFilledByStore = kind == .number || OdooTable.filled.contains(name)
    isRequired = json["required"] == true && OdooTable.required.contains(name)
    options = (json["selection"]?.items ?? []).compactMap { pair in
      guard let value = pair.items.first?.text else { return nil }
      return Option(value: value, label: pair.items.last?.text ?? value)
    }
  }
}
