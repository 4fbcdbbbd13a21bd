import FerryStores
import Foundation
import Synchronization

// How it works: a file beside the profile holds the day and how many calls of it are taken. Calls are
// taken from it a block at a time, under the kernel's lock, so that runs at once share one count; what
// is left of a block goes back at the end. A run that is killed loses its block, on the safe side.

/// How many calls a day a profile allows, counted over all its runs.
final class CallQuota: Sendable {
  /// How many calls are taken from the file at once.
  private static let block = 50

  private struct State {
    var day = ""
    var left = 0
  }

  private let path: String
  private let limit: Int
  private let days: CivilDays
  private let name: String
  private let now: @Sendable () -> Date
  private let state = Mutex(State())

  /// Counts in a file, by the days of a zone; `name` is the store as people see it.
  init(
    path: String, limit: Int, days: CivilDays, name: String, now: @escaping @Sendable () -> Date
  ) {
    self.path = path
    self.limit = limit
    self.days = days
    self.name = name
    self.now = now
  }

  /// Takes one call of today's.
  ///
  /// - Throws: Where none is left, with when there are again; and where they can't be counted.
  func take() throws(StoreError) {
    let result: Result<Bool, StoreError> = state.withLock { state in
      do throws(StoreError) {
        let today = today
        if state.day != today || state.left == 0 {
          state = State(day: today, left: try change(by: Self.block, on: today))
        }
        guard state.left > 0 else { return .success(false) }
        state.left -= 1
        return .success(true)
      } catch {
        return .failure(error)
      }
    }
    guard try !result.get() else { return }
    throw HTTPStoreRules.error(
      .full, isTransient: false, HTTPStoreRules.quotaUsedUntil, name,
      "\(limit) calls a day (daily_calls)", tomorrow.formatted(.iso8601))
  }

  /// Gives back what was taken and not used.
  func giveBack() {
    state.withLock { state in
      // What can't be given back counts as used.
      if state.left > 0 { _ = try? change(by: -state.left, on: state.day) }
      state.left = 0
    }
  }

  private var today: String {
    days.day(ofMilliseconds: Int(now().timeIntervalSince1970 * 1000))
  }

  private var tomorrow: Date {
    let start = days.milliseconds(ofDay: today) ?? 0
    // A day of a change of clocks has up to 25 hours; noon of the next is in the next.
    let next = days.day(ofMilliseconds: start + 36 * 3_600_000)
    return Date(timeIntervalSince1970: Double(days.milliseconds(ofDay: next) ?? 0) / 1000)
  }

  // MARK: - The file

  /// Changes the count of a day by as much as the limit allows.
  ///
  /// - Returns: By how much.
  private func change(by wanted: Int, on day: String) throws(StoreError) -> Int {
    do {
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(
          atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      }
      let file = try FileHandle(forUpdating: URL(filePath: path))
      defer { try? file.close() }
      while flock(file.fileDescriptor, LOCK_EX) != 0 {
        guard errno == EINTR else { throw CocoaError(.fileLocking) }
      }
      let words = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self).split(
        whereSeparator: \.isWhitespace)
      let taken =
        words.first.map(String.init) == day ? words.dropFirst().first.flatMap { Int($0) } : 0
      let count = max(0, min(max(limit, taken ?? 0), (taken ?? 0) + wanted))
      try file.seek(toOffset: 0)
      try file.write(contentsOf: Data("\(day) \(count)\n".utf8))
      try file.truncate(atOffset: try file.offset())
      return count - (taken ?? 0)
    } catch {
      throw HTTPStoreRules.error(
        .refused, isTransient: false, HTTPStoreRules.callsNotCounted, name, path,
        error.localizedDescription)
    }
  }
}
