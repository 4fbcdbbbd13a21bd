internal import Foundation
internal import Synchronization

/// A program in a process group of its own, which ends with everything that it started.
///
/// LibreOffice is three processes in each other; to end one alone leaves the others behind.
@safe
struct ChildGroup: ~Copyable {
  /// How a program came to its end.
  enum Ending: Hashable {
    /// By itself, well or not.
    case ended
    /// It was ended, since it took too long.
    case late
    /// It was ended, since this process got a signal to stop.
    case interrupted(Int32)
  }

  private let leader: pid_t
  private let signals: StopWatch

  /// Starts a program without input and output; `words` begin with its path.
  init(_ words: [String], environment: [String: String]) throws(OfficeFault) {
    // Watched from before the start on, so that no signal comes between.
    signals = StopWatch()
    do {
      leader = try Self.start(words, environment)
    } catch {
      signals.end()
      throw error
    }
  }

  /// Waits until the program ends, or ends it; after this none of its processes is there.
  consuming func wait(atMost limit: Duration) -> Ending {
    let deadline = ContinuousClock.now + limit
    var ending = Ending.ended
    var status: Int32 = 0
    while unsafe waitpid(leader, &status, WNOHANG) == 0 {
      if let signal = signals.received {
        ending = .interrupted(signal)
      } else if ContinuousClock.now > deadline {
        ending = .late
      }
      guard ending == .ended else { break }
      usleep(Self.napMicroseconds)
    }
    kill(-leader, SIGKILL)
    if ending != .ended { _ = unsafe waitpid(leader, &status, 0) }
    awaitEnd()
    signals.end()
    return ending
  }

  private static let napMicroseconds: UInt32 = 10_000
  // Killed processes are gone at once, but where nobody collects orphans they stay as names.
  private static let mostNaps = 50

  private func awaitEnd() {
    for _ in 0..<Self.mostNaps where kill(-leader, 0) == 0 { usleep(Self.napMicroseconds) }
  }

  private static func start(
    _ words: [String], _ environment: [String: String]
  ) throws(OfficeFault) -> pid_t {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #else
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for (descriptor, mode) in [(Int32(0), O_RDONLY), (1, O_WRONLY), (2, O_WRONLY)] {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", mode, 0)
    }
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let settings = environment.map { "\($0.key)=\($0.value)" }.sorted()
    var (arguments, variables) = unsafe (cStrings(words), cStrings(settings))
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe variables.indices { unsafe free(variables[index]) }
    }
    var child: pid_t = 0
    let fault = unsafe posix_spawn(
      &child, words[0], &actions, &attributes, &arguments, &variables)
    guard fault == 0 else { throw .notStarted(unsafe String(cString: strerror(fault))) }
    return child
  }

  private static func cStrings(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
    unsafe words.map { unsafe strdup($0) } + [nil]
  }
}

/// Notes the signals that ask a process to stop, instead of stopping, for as long as any is held.
///
/// Without it a signal would end this process and leave a program and its files behind. Whoever
/// holds one must end it, clean up, and raise the signal again.
private struct StopWatch {
  #if canImport(Darwin)
  private typealias Handler = sig_t?
  #else
  private typealias Handler = __sighandler_t?
  #endif

  private struct Held {
    var count = 0
    var former: [(number: Int32, handler: Handler)] = []
  }

  private static let last = Atomic<Int32>(0)
  private static let held = Mutex(Held())

  init() {
    Self.held.withLock { held in
      held.count += 1
      guard held.count == 1 else { return }
      Self.last.store(0, ordering: .relaxed)
      for number in [SIGINT, SIGTERM, SIGHUP] {
        let handler = signal(number) { StopWatch.last.store($0, ordering: .relaxed) }
        // What was ignored, as under nohup, stays so.
        if Self.isIgnored(handler) {
          signal(number, SIG_IGN)
        } else {
          held.former.append((number, handler))
        }
      }
    }
  }

  /// The signal that came last; `nil` where none came.
  var received: Int32? {
    let number = Self.last.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Gives the signals back to whom they were with.
  func end() {
    Self.held.withLock { held in
      held.count -= 1
      guard held.count == 0 else { return }
      for (number, handler) in held.former { signal(number, handler) }
      held.former = []
    }
  }

  private static func isIgnored(_ handler: Handler) -> Bool {
    unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
