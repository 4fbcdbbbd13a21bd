import FerryCore

/// A command line, taken apart.
struct Invocation: Sendable {
  /// The arguments without a dash, in order.
  var positionals: [String] = []
  /// What each option was given, in order; a flag has an empty text.
  var values: [String: [String]] = [:]
  /// Where messages go.
  var console: Console
  /// The process's environment, read once.
  var environment: [String: String]

  /// The last value of an option; `nil` where it was not given.
  func value(_ name: String) -> String? { values[name]?.last }

  /// Whether a flag was given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The positional at `index`; the parser has made sure of the required ones.
  func positional(_ index: Int) -> String? {
    positionals.indices.contains(index) ? positionals[index] : nil
  }
}

/// Takes a command line apart by a command's spec.
struct ArgumentParser {
  let command: CommandSpec

  /// Reads the words after the command's name.
  ///
  /// - Parameters:
  ///   - words: The words; `--` ends the options.
  ///   - invocation: Gets what was found.
  /// - Throws: `UsageError` for the first word that fits nothing.
  func parse(_ words: [String], into invocation: inout Invocation) throws(UsageError) {
    var rest = words[...]
    var optionsEnded = false
    while let word = rest.popFirst() {
      if optionsEnded || !word.hasPrefix("-") || word == "-" {
        invocation.positionals.append(word)
      } else if word == "--" {
        optionsEnded = true
      } else {
        try parseOption(word, &rest, into: &invocation)
      }
    }
    if invocation.has("--help") { return }
    try checkPositionals(invocation.positionals)
  }

  private func parseOption(
    _ word: String, _ rest: inout ArraySlice<String>, into invocation: inout Invocation
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = Self.aliases[String(parts[0])] ?? String(parts[0])
    guard let option = command.allOptions.first(where: { $0.name == name }) else {
      let known = command.allOptions.map(\.name)
      throw UsageError(.unknownOption(name, nearest: Nearest.word(to: name, among: known)), command)
    }
    guard option.placeholder != nil else {
      guard parts.count == 1 else { throw UsageError(.valueForFlag(name), command) }
      invocation.values[name, default: []].append("")
      return
    }
    guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
      throw UsageError(.missingValue(name), command)
    }
    guard option.choices.isEmpty || option.choices.contains(value) else {
      throw UsageError(.badValue(name, value, choices: option.choices), command)
    }
    invocation.values[name, default: []].append(value)
    for _ in 1..<option.valueCount {
      guard let next = rest.popFirst() else { throw UsageError(.missingValue(name), command) }
      invocation.values[name, default: []].append(next)
    }
  }

  private func checkPositionals(_ given: [String]) throws(UsageError) {
    let required = command.positionals.filter { !$0.isOptional }
    if given.count < required.count {
      throw UsageError(.missingArgument(required[given.count].name), command)
    }
    let takesMore = command.positionals.last?.isRepeated ?? false
    if given.count > command.positionals.count, !takesMore {
      throw UsageError(.extraArgument(given[command.positionals.count]), command)
    }
  }

  private static let aliases = ["-h": "--help", "-q": "--quiet", "-o": "--output"]
}
