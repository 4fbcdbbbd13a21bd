import Foundation

/// One run of a program, its output thrown away, with the system's own account of it.
@safe
struct ChildRun {
  /// From start to end.
  let seconds: Double
  /// User and system time.
  let cpuSeconds: Double
  /// The most memory that it held, in MiB; never less than what this process held when it began.
  let peakMib: Double
  /// Its exit code; 128 and the signal where one ended it.
  let status: Int32

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - words: The program, looked for on the PATH where it has no slash, and its arguments.
  ///   - environment: What is set besides this process's own environment.
  /// - Throws: ``BenchError`` where there is no such program.
  init(_ words: [String], environment: [String: String]) throws {
    let started = ContinuousClock.now
    let child = try Self.start(words, environment)
    var usage = rusage()
    var state: Int32 = 0
    while unsafe wait4(child, &state, 0, &usage) < 0, errno == EINTR {}
    let elapsed = started.duration(to: .now).components
    seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    cpuSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    #if os(macOS)
    peakMib = Double(usage.ru_maxrss) / 1_048_576
    #else
    peakMib = Double(usage.ru_maxrss) / 1024
    #endif
    status = state & 0x7F == 0 ? state >> 8 & 0xFF : 128 + state & 0x7F
  }

  private init(seconds: Double, cpuSeconds: Double, peakMib: Double) {
    self.seconds = seconds
    self.cpuSeconds = cpuSeconds
    self.peakMib = peakMib
    status = 0
  }

  /// Each figure's median by itself.
  static func median(_ runs: [ChildRun]) -> ChildRun {
    func middle(_ values: [Double]) -> Double {
      values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }
    return ChildRun(
      seconds: middle(runs.map(\.seconds)), cpuSeconds: middle(runs.map(\.cpuSeconds)),
      peakMib: middle(runs.map(\.peakMib)))
  }

  private static func start(_ words: [String], _ environment: [String: String]) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(1)...2 {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    let merged = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] =
      unsafe merged.map {
        unsafe strdup("\($0.key)=\($0.value)")
      } + [nil]
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe settings.indices { unsafe free(settings[index]) }
    }
    var child: pid_t = 0
    let fault = unsafe posix_spawnp(
      &child, words.first ?? "", &actions, nil, &arguments, &settings)
    guard fault == 0 else {
      throw BenchError(
        "\(words.first ?? "") can't be started: \(unsafe String(cString: strerror(fault)))")
    }
    return child
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }
}
