import FerryCore
import FerryMatching
import FerryReports
import FerryTables
import Foundation

/// The model of a match: an earlier run's where the config names its file, learned otherwise.
enum MatchModelFile {
  static func model(of run: MatchRun, _ options: MatchOptions) async throws -> MatchModel {
    guard let path = options.modelPath else { return await run.learnedModel() }
    let bytes = FileManager.default.contents(atPath: path)
    guard let model = bytes.flatMap({ MatchModel.decoded(from: $0) }) else {
      throw ModelFault(CLIRules.noModel, path, [])
    }
    guard model.fits(run) else {
      let columns = model.fields.map { "\($0.name) (\($0.kind))" }.joined(separator: ", ")
      throw ModelFault(CLIRules.otherModel, path, [columns])
    }
    return model
  }
}

/// A model that can't be used.
private struct ModelFault: Failure {
  let findings: [Finding]
  var exitStatus: ExitStatus { .wrongUsage }

  init(_ rule: Rule, _ path: String, _ arguments: [String]) {
    findings = [Finding(rule, at: Provenance(file: path), arguments: arguments)]
  }
}

/// Two rows that `--explain` names.
struct ExplainedRows {
  private let left: Int
  private let right: Int
  private let otherSideStart: Int

  /// Reads the option; `nil` where it wasn't given.
  init?(_ invocation: Invocation, _ sources: [MatchSource], _ counts: [Int]) throws {
    guard let words = invocation.values["--explain"]?.suffix(2), let first = words.first,
      let last = words.last, let other = sources.last
    else { return nil }
    left = try Self.row(first, of: sources[0], counts[0])
    right = try Self.row(last, of: other, counts[counts.count - 1])
    otherSideStart = counts.count > 1 ? counts[0] : 0
    if otherSideStart == 0, left == right {
      throw UsageError(.noRow(last, file: other.file.name, rowCount: counts[0]), MatchCommand.spec)
    }
  }

  private static func row(_ word: String, of source: MatchSource, _ count: Int) throws -> Int {
    guard let row = Int(word), row > 0, row <= count else {
      throw UsageError(
        .noRow(word, file: source.file.name, rowCount: count), MatchCommand.spec)
    }
    return row
  }

  /// The evidence about the two.
  func explanation(_ run: MatchRun, _ model: MatchModel) -> PairExplanation {
    PairExplanation(
      left: left, right: right,
      explanation: run.explanation(left: left - 1, right: otherSideStart + right - 1, by: model))
  }
}
