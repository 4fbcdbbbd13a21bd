import Foundation

/// What a phase cost: time, CPU, memory.
struct Meter {
  /// What one phase did.
  struct Figures: Encodable {
    let phase: String
    let format: String
    let rows: Int
    /// The size of the file that was read; 0 where none was.
    let bytes: Int
    let seconds: Double
    let cpuSeconds: Double
    /// The most that the process ever held, in MiB.
    let peakMib: Double
    let rowsPerSecond: Double
    let megabytesPerSecond: Double
    /// What the phase found, to be held against other runs.
    let counts: [String: Int]
  }

  private let started = ContinuousClock.now
  private let cpuBefore = Meter.usage().cpu

  /// What was used since the meter was made.
  func figures(
    phase: String, format: String, rows: Int, bytes: Int, counts: [String: Int]
  ) -> Figures {
    let now = Self.usage()
    let cpu = now.cpu - cpuBefore
    let elapsed = started.duration(to: .now)
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    return Figures(
      phase: phase, format: format, rows: rows, bytes: bytes, seconds: rounded(seconds),
      cpuSeconds: rounded(cpu), peakMib: rounded(now.peakMib),
      rowsPerSecond: (Double(rows) / max(seconds, 1e-9)).rounded(),
      megabytesPerSecond: rounded(Double(bytes) / 1e6 / max(seconds, 1e-9)), counts: counts)
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  private static func usage() -> (cpu: Double, peakMib: Double) {
    var usage = rusage()
    // 0 is RUSAGE_SELF, which is an enum on one system and a number on the other.
    _ = unsafe getrusage(0, &usage)
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    #if os(macOS)
    return (cpu, Double(usage.ru_maxrss) / 1_048_576)
    #else
    return (cpu, peakOfThisProgram ?? Double(usage.ru_maxrss) / 1024)
    #endif
  }

  /// What Linux says of this program alone; getrusage counts what stood here before exec too.
  private static var peakOfThisProgram: Double? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    else { return nil }  // no such file: another system
    return Double(kibibytes).map { $0 / 1024 }
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }
}

extension Meter.Figures {
  /// One line of JSON.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
