import Foundation

// How it works: a date begins a note where it stands at the beginning of the cell, on a new line, or
// behind the end of a sentence; a date in the middle of one is only spoken of. What stands between
// two such dates is a note. A year that is not written is that of the note before, or the one that
// the mapping names.

/// One note of a free-form cell such as `3/5 电话沟通，要报价；3/9 已报价，等回复`.
package struct DatedNote: Hashable, Sendable {
  /// Why a person should look at a note.
  package enum Doubt: String, Hashable, Sendable {
    /// No date stands before it.
    case noDate = "no-date"
    /// Its date has no year, and nothing tells which.
    case noYear = "no-year"
    /// Its date stands behind a comma, so it may be one that the note speaks of.
    case afterComma = "after-comma"
    /// Its year was inferred where December was followed by January.
    case newYear = "new-year"
  }

  /// `2024-03-05`, or `2024-03-05 14:30`; empty where there is none.
  package var time: String
  /// The kind of touch, a word of `activity.kind`.
  package let kind: String
  /// What was noted, without its date.
  package let text: String
  /// Why it is doubtful; `nil` where it is not.
  package var doubt: Doubt?
}

/// Takes a cell of notes apart.
package enum DatedNotes {
  /// Takes a cell apart.
  ///
  /// - Parameters:
  ///   - cell: The cell's text.
  ///   - year: The year of dates that name none; `nil` where nobody knows.
  /// - Returns: The notes in their order; one without a date where no date begins a note.
  package static func notes(in cell: String, year: Int?) -> [DatedNote] {
    let text = Array(cell)
    var scanner = NoteScanner(text)
    var starts: [NoteScanner.Start] = []
    while let start = scanner.next() { starts.append(start) }
    guard let first = starts.first else {
      let note = trimmed(text[...])
      return note.isEmpty
        ? [] : [DatedNote(time: "", kind: kind(of: note), text: note, doubt: .noDate)]
    }
    var notes: [DatedNote] = []
    let lead = trimmed(text[..<first.begin])
    if !lead.isEmpty {
      notes.append(DatedNote(time: "", kind: kind(of: lead), text: lead, doubt: .noDate))
    }
    let years = NoteYears(starts.map(\.date), given: year)
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1].begin : text.count
      let body = trimmed(text[start.end..<end])
      var note = DatedNote(time: "", kind: kind(of: body), text: body, doubt: nil)
      let dated = years.year(of: index)
      if let year = dated.year {
        note.time = start.date.text(year: year)
        note.doubt = dated.isInferred ? .newYear : start.isAfterComma ? .afterComma : nil
      } else {
        note.doubt = .noYear
      }
      // The date is all there is of a note whose year nobody knows.
      if dated.year == nil { note = note.withText(trimmed(text[start.begin..<end])) }
      notes.append(note)
    }
    return notes.filter { !$0.text.isEmpty || !$0.time.isEmpty }
  }

  private static func trimmed(_ part: ArraySlice<Character>) -> String {
    String(part).trimmingCharacters(in: edges)
  }

  private static let edges = CharacterSet.whitespacesAndNewlines
    .union(CharacterSet(charactersIn: "；;，,。：:、|｜-—·•*"))

  /// The kind whose word comes first; a note where there is none.
  static func kind(of text: String) -> String {
    let lower = text.lowercased()
    var best: (place: String.Index, kind: String)?
    for (kind, words) in kinds {
      for word in words {
        guard let place = lower.range(of: word)?.lowerBound else { continue }
        if place < (best?.place ?? lower.endIndex) { best = (place, kind) }
      }
    }
    return best?.kind ?? "note"
  }

  private static let kinds: [(String, [String])] = [
    ("visit", ["拜访", "上门", "面谈", "走访", "到访", "实地", "现场", "登门", "visit", "on site", "onsite"]),
    ("meeting", ["会议", "开会", "例会", "视频会", "腾讯会议", "meeting", "demo", "演示"]),
    ("email", ["邮件", "发邮", "email", "e-mail", "mailed", "mail "]),
    ("message", ["微信", "短信", "企微", "钉钉", "qq", "wechat", "whatsapp", "sms", "message"]),
    ("call", ["电话", "致电", "去电", "来电", "电联", "call", "phone", "rang"]),
    ("task", ["待办", "todo", "to do"]),
  ]
}

extension DatedNote {
  fileprivate func withText(_ text: String) -> DatedNote {
    DatedNote(time: time, kind: kind, text: text, doubt: doubt)
  }
}
