public import FerryCore
import FerryRecords

extension MappingDraft {
  /// The mapping file, with a comment for each guess.
  ///
  /// - Parameters:
  ///   - language: The language of comments; that of the headers where it is `nil`.
  ///   - path: The mapping's path, for the example in its head.
  /// - Returns: YAML; the same draft gives the same bytes.
  public func yaml(language: Language? = nil, path: String = "mapping.yaml") -> String {
    MappingWriter(draft: self, language: language ?? self.language, path: path).text
  }
}

/// Writes a draft as YAML, grouped and aligned.
struct MappingWriter {
  let draft: MappingDraft
  let language: Language
  let path: String

  var text: String {
    var lines = MappingLines()
    writeHead(into: &lines)
    let found = draft.tables.filter { $0.entity != nil }
    lines.add(0, found.isEmpty ? "sources: []" : "sources:")
    for table in found {
      write(table, into: &lines)
      lines.add(0, "")
    }
    writeUnknown(draft.tables.filter { $0.entity == nil }, into: &lines)
    return lines.text
  }

  private func words(_ words: Words, _ arguments: String...) -> String {
    words.filled(with: arguments, in: language)
  }

  private func writeHead(into lines: inout MappingLines) {
    let tables = draft.tables.count { $0.entity != nil }
    lines.add(0, "# " + words(DraftWords.drafted, String(tables), String(draft.files.count)))
    for line in DraftWords.legend { lines.add(0, "# " + line[language]) }
    lines.add(0, "# " + words(DraftWords.tryIt, path))
    lines.add(0, "ferry: 1")
    lines.add(0, "timezone: Asia/Shanghai", comment: DraftWords.zone[language])
    lines.add(0, "region: CN", comment: DraftWords.region[language])
    lines.add(0, "currency: CNY", comment: DraftWords.currency[language])
    lines.add(0, "")
  }

  private func write(_ table: DraftedTable, into lines: inout MappingLines) {
    lines.add(
      1,
      "# ── "
        + [table.title, words(DraftWords.rows, String(table.rowCount))].joined(separator: " · "))
    lines.add(1, "- file: " + YAMLScalar.block(table.file))
    if let sheet = table.sheet { lines.add(2, "sheet: " + YAMLScalar.block(sheet)) }
    if let number = table.number { lines.add(2, "table: \(number)") }
    lines.add(2, "records:")
    for (index, block) in table.blocks.enumerated() {
      lines.add(
        3, block.entity + ":", comment: index == 0 ? comment(table.guess) : "")
      write(block, at: 4, into: &lines)
    }
    writeLeft(table.left, into: &lines)
  }

  private func write(_ block: DraftedBlock, at depth: Int, into lines: inout MappingLines) {
    if let when = block.when {
      let name = YAMLScalar.name(when)
      let condition = "\(name) is present"
      lines.add(
        depth,
        "when: " + (name.hasPrefix("\"") ? "'\(condition.replacing("'", with: "''"))'" : condition))
    }
    if !block.key.isEmpty {
      lines.add(
        depth, "key: " + columns(block.key, inFlow: false), comment: comment(block.keyGuess))
    }
    for field in block.fields { write(field, at: depth, into: &lines) }
    if !block.custom.isEmpty {
      lines.add(depth, "custom:")
      for field in block.custom { write(field, at: depth + 1, into: &lines) }
    }
    for line in block.lines {
      lines.add(depth, "lines:")
      write(line, at: depth + 1, into: &lines)
    }
  }

  private func write(_ field: DraftedField, at depth: Int, into lines: inout MappingLines) {
    let name = YAMLScalar.block(field.name)
    let guess = comment(field.guess)
    if !field.values.isEmpty {
      lines.add(depth, "\(name):", comment: guess)
      lines.add(depth + 1, "from: " + columns(field.columns, inFlow: false))
      for option in field.options { lines.add(depth + 1, "\(option.key): \(option.value)") }
      write(field.values, of: field.name, at: depth + 1, into: &lines)
      return
    }
    guard !field.options.isEmpty else {
      return lines.add(
        depth, "\(name): " + columns(field.columns, inFlow: false), comment: guess)
    }
    var parts = field.columns.isEmpty ? [] : ["from: " + columns(field.columns, inFlow: true)]
    parts += field.options.map { "\($0.key): \($0.value)" }
    lines.add(depth, "\(name): { " + parts.joined(separator: ", ") + " }", comment: guess)
  }

  private func write(
    _ values: [DraftedField.Value], of field: String, at depth: Int, into lines: inout MappingLines
  ) {
    let known = values.filter { $0.meaning != nil }
    if !known.isEmpty { lines.add(depth, "map:") }
    for value in known {
      let count = words(
        value.isGuess ? DraftWords.guessedValue : DraftWords.times, String(value.count))
      lines.add(
        depth + 1, "\(YAMLScalar.block(value.text)): \(value.meaning ?? "")",
        comment: value.isGuess ? "? " + count : count)
    }
    if field == "kind", known.count < values.count { lines.add(depth, "otherwise: note") }
    for value in values where value.meaning == nil {
      lines.add(
        depth + 1, "# \(YAMLScalar.block(value.text)):",
        comment: "? " + words(DraftWords.unknownValue, String(value.count)))
    }
  }

  private func columns(_ names: [String], inFlow: Bool) -> String {
    if names.count == 1 { return inFlow ? YAMLScalar.flow(names[0]) : YAMLScalar.block(names[0]) }
    return "[" + names.map(YAMLScalar.flow).joined(separator: ", ") + "]"
  }

  /// `98 %: header; cells …`, or `? 55 %: …`.
  private func comment(_ guess: Guess) -> String {
    let reasons = guess.evidence.map { $0.text(in: language) }
      .joined(separator: language == .chinese ? "；" : "; ")
    let colon = language == .chinese ? "：" : ": "
    let tail = reasons.isEmpty ? "" : colon + oneLine(reasons)
    return "\(guess.isSure ? "" : "? ")\(guess.confidence) %\(tail)"
  }

  private func writeLeft(_ left: [LeftColumn], into lines: inout MappingLines) {
    guard !left.isEmpty else { return }
    lines.add(3, "# " + DraftWords.notMapped[language])
    let width = left.map { MappingLines.width($0.name) }.filter { $0 < 40 }.max() ?? 0
    for column in left {
      let gap = String(repeating: " ", count: max(2, width + 2 - MappingLines.width(column.name)))
      lines.add(
        3, "#   " + oneLine(column.name) + gap + oneLine(column.reason.text(in: language)))
    }
  }

  private func writeUnknown(_ tables: [DraftedTable], into lines: inout MappingLines) {
    guard !tables.isEmpty else { return }
    lines.add(0, "# " + DraftWords.notDrafted[language])
    for table in tables {
      let name = table.sheet.map { "\(table.file) '\($0)'" } ?? table.file
      lines.add(0, "#   \(oneLine(name)) · " + words(DraftWords.rows, String(table.rowCount)))
    }
  }

  /// A header or a file's name can't end a comment early.
  private func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar < " " || (0x7F..<0xA0).contains(scalar.value) || scalar == "\u{2028}"
            || scalar == "\u{2029}" ? " " : scalar
        }))
  }
}
