import FerryCore
import FerryRecords
import FerryYAML
import Foundation

// `controls:`, such as `sum deal.amount by stage`, `count contact = 120`, and
// `sum payment.amount by order against order.amount`.
extension MappingFileReader {
  mutating func readControls(_ node: YAMLNode?) {
    guard let node, !node.isEmpty, let items = items(node, "controls") else { return }
    for item in items {
      if let entries = item.entries {
        for entry in entries { readExpected(entry) }
        continue
      }
      guard let text = text(item, "controls") else { continue }
      // What stands behind `=` is the figure that it must come to.
      let parts = text.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard var control = control(parts.first ?? text, in: text, item) else { continue }
      if parts.count > 1 {
        guard control.groupField == nil else {
          faults.add(.mappingControlGroups, at: item.mark, control.text)
          continue
        }
        guard let total = figure(parts[1], at: mark(of: parts[1], in: text, item)) else { continue }
        control.expected = [.init(group: nil, total: total)]
      }
      blocks.controls.append(control)
    }
  }

  /// Reads `sum deal.amount by stage: { won: 1200.00, lost: 0 }`.
  private mutating func readExpected(_ entry: YAMLNode.Entry) {
    let key = YAMLNode(.scalar(entry.key, .plain), mark: entry.keyMark, endMark: entry.keyMark)
    guard var control = control(entry.key, in: entry.key, key),
      let groups = entries(entry.value, entry.key)
    else { return }
    guard control.against == nil else {
      faults.add(.mappingControlForm, at: entry.keyMark, entry.key)
      return
    }
    for group in groups {
      guard let text = text(group.value, group.key),
        let total = figure(text, at: group.value.mark)
      else { continue }
      control.expected.append(.init(group: group.key, total: total))
    }
    blocks.controls.append(control)
  }

  /// A figure as people write it, `1,234,567.80`, as a plain decimal.
  private mutating func figure(_ text: String, at mark: YAMLMark) -> String? {
    let digits = text.replacing(",", with: "").replacing("_", with: "").replacing(" ", with: "")
    let parts = digits.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber =
      (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
    guard isNumber, digits.count(where: { $0 == "-" }) < 2 else {
      faults.add(.mappingExpectedNumber, at: mark, "controls", "1,234,567.80", text)
      return nil
    }
    return digits
  }

  /// Reads what is counted or summed, and by what; `text` is the whole scalar.
  private mutating func control(
    _ spec: String, in text: String, _ node: YAMLNode
  ) -> ControlDefinition? {
    let words = spec.split(separator: " ").map(String.init)
    let isAgainst = words.count == 6 && words[4] == "against"
    let hasForm =
      words.count == 2 || (words.count == 4 && words[2] == "by")
      || (words.count == 6 && words[2] == "by" && (words[4] == "of" || isAgainst))
    let parts = words.count > 1 ? words[1].split(separator: ".").map(String.init) : []
    guard hasForm,
      (words[0] == "count" && parts.count == 1 && !isAgainst)
        || (words[0] == "sum" && parts.count == 2)
    else {
      faults.add(.mappingControlForm, at: node.mark, text)
      return nil
    }
    let isLine = SalesChain.entity(parts[0])?.parent != nil
    let mark = mark(of: words[1], in: text, node)
    guard let entity = isLine ? SalesChain.entity(parts[0]) : entity(parts[0], at: mark) else {
      return nil
    }
    if parts.count == 2, number(parts[1], of: entity, at: mark) == nil { return nil }
    if isAgainst { return against(words, entity, parts[1], text, node) }
    var period: ControlDefinition.Period?
    if words.count == 6 {
      period = ControlDefinition.Period(rawValue: words[3])
      if period == nil {
        faults.addUnknown(.word, words[3], at: node.mark, among: ["month", "year"], "by")
        return nil
      }
    }
    if words.count > 3, let last = words.last {
      guard field(last, of: entity, at: self.mark(of: last, in: text, node)) != nil else {
        return nil
      }
    }
    return ControlDefinition(
      entity: entity.name, sumField: parts.count == 2 ? parts[1] : nil,
      groupField: words.count > 3 ? words.last : nil, period: period, text: spec)
  }

  /// Reads the end of `sum payment.amount by order against order.amount`.
  private mutating func against(
    _ words: [String], _ entity: Entity, _ sumField: String, _ text: String, _ node: YAMLNode
  ) -> ControlDefinition? {
    let mark = mark(of: words[5], in: text, node)
    guard let reference = field(words[3], of: entity, at: self.mark(of: words[3], in: text, node))
    else { return nil }
    let parts = words[5].split(separator: ".").map(String.init)
    guard let name = reference.referenced, parts.count == 2, parts[0] == name,
      let other = SalesChain.entity(name)
    else {
      faults.add(
        .mappingControlAgainst, at: mark, words[5], words[3], reference.referenced ?? "ENTITY")
      return nil
    }
    guard number(parts[1], of: other, at: mark) != nil else { return nil }
    var control = ControlDefinition(
      entity: entity.name, sumField: sumField, groupField: words[3], period: nil, text: text)
    control.against = parts[1]
    return control
  }

  /// A field that can be added up.
  private mutating func number(_ name: String, of entity: Entity, at mark: YAMLMark) -> Field? {
    guard let field = field(name, of: entity, at: mark) else { return nil }
    switch field.type {
    case .amount, .decimal, .integer, .percent: return field
    default:
      faults.add(.mappingControlNumber, at: mark, "\(entity.name).\(name)")
      return nil
    }
  }

  /// Where the last `part` of a scalar's text stands.
  private func mark(of part: String, in text: String, _ node: YAMLNode) -> YAMLMark {
    guard let range = text.range(of: part, options: .backwards) else { return node.mark }
    return node.mark(
      ofCharacter: text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound))
  }
}
