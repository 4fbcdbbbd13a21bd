import FerryCore
import Foundation
import Synchronization

/// One line on a terminal that says how far the work is: count, rate, time left.
///
/// Nothing is drawn where standard error is no terminal, or with `--quiet`.
final class ProgressLine: Sendable {
  private struct State {
    var phase = ""
    var phaseStart = ContinuousClock.now
    var lastDrawn = ContinuousClock.now
    var isDrawn = false
  }

  private let isShown: Bool
  private let language: Language
  private let state = Mutex(State())

  init(_ console: Console) {
    isShown = console.isTerminal && !console.isQuiet
    language = console.language
  }

  /// Draws `done` of `total`, ten times a second at most.
  func show(_ phase: Words, _ done: Int, of total: Int?) {
    guard isShown else { return }
    let name = phase[language]
    let line = state.withLock { state -> String? in
      let now = ContinuousClock.now
      if state.phase != name {
        state.phase = name
        state.phaseStart = now
      } else if now - state.lastDrawn < .milliseconds(100) {
        return nil
      }
      state.lastDrawn = now
      state.isDrawn = true
      return text(name, done, total, after: now - state.phaseStart)
    }
    if let line { write("\r\(line)\u{1B}[K") }
  }

  /// Wipes the line, before other text comes.
  func end() {
    guard isShown else { return }
    let wasDrawn = state.withLock { state in
      defer { state.isDrawn = false }
      return state.isDrawn
    }
    if wasDrawn { write("\r\u{1B}[K") }
  }

  private func text(_ name: String, _ done: Int, _ total: Int?, after time: Duration) -> String {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    return Self.line(name, done, of: total, after: seconds, in: language)
  }

  /// The line: how many of how many, the share, the rate, and the time that is left.
  static func line(
    _ name: String, _ done: Int, of total: Int?, after seconds: Double, in language: Language
  ) -> String {
    let rate = seconds > 0.2 ? Double(done) / seconds : 0
    var line = "\(name) \(grouped(done))"
    if let total, total > 0 {
      line += " / \(grouped(total))  \(min(100, done * 100 / total))%"
    }
    if rate >= 1 { line += "  \(grouped(Int(rate)))/s" }
    if let total, rate > 0, total > done {
      let left = time(Int(Double(total - done) / rate) + 1)
      line += Words(en: "  \(left) left", zh: "  剩余 \(left)")[language]
    }
    return line
  }

  private static func time(_ seconds: Int) -> String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    let tail = "\(padded(seconds % 60))"
    return hours > 0 ? "\(hours):\(padded(minutes)):\(tail)" : "\(minutes):\(tail)"
  }

  private static func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
