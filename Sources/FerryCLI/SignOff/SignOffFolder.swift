import FerryCore
import FerryMigration
import FerryReports
import FerrySQLite
import Foundation

/// The sign-offs of a workspace: `signoffs/RUN.yaml`, then `RUN-2.yaml` for the next who signs.
struct SignOffFolder {
  let workspace: Workspace

  /// A sign-off and where it lies.
  struct Kept {
    let path: String
    let reading: SignOffText.Reading
  }

  /// Those of a run, in the order in which they were made.
  func all(ofRun run: String) throws -> [Kept] {
    var found: [Kept] = []
    while case let path = self.path(run, number: found.count + 1),
      FileManager.default.fileExists(atPath: path)
    {
      found.append(Kept(path: path, reading: try Self.read(path)))
    }
    return found
  }

  /// The last sign-off of each run, in order of time; one that can't be read tells nothing.
  func latest() throws -> [SignOff] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: workspace.signOffsPath)) ?? []
    let all = names.filter { $0.hasSuffix(".yaml") }
      .compactMap { try? Self.read("\(workspace.signOffsPath)/\($0)").signOff }
    return Dictionary(grouping: all, by: \.run).values
      .compactMap { $0.max { $0.at < $1.at } }.sorted { $0.at < $1.at }
  }

  /// Reads a sign-off whose seal holds.
  static func read(_ path: String) throws(SignOffFailure) -> SignOffText.Reading {
    guard let data = FileManager.default.contents(atPath: path), data.count < 1 << 26,
      let reading = SignOffText.reading(String(decoding: data, as: UTF8.self)),
      ContentDigest.of(reading.body) == reading.seal
    else { throw SignOffFailure(SignOffRules.damaged, path, status: .wrongUsage) }
    return reading
  }

  /// Writes one more sign-off of a run and gives its path.
  func keep(_ text: String, ofRun run: String) throws -> String {
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: workspace.signOffsPath, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let path = self.path(run, number: try all(ofRun: run).count + 1)
    guard
      manager.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw UsageError(.unwritable(path)) }
    return path
  }

  private func path(_ run: String, number: Int) -> String {
    "\(workspace.signOffsPath)/\(run)\(number == 1 ? "" : "-\(number)").yaml"
  }
}

extension SignOffFolder {
  /// Who signed off exactly this plan, in order.
  ///
  /// - Throws: ``SignOffFailure`` where the last sign-off is of another plan than this one, or where
  ///   nobody signed and `isRequired`.
  func signers(of plan: PlanFile, isRequired: Bool) throws -> [RunApproval] {
    let kept = try all(ofRun: plan.run)
    guard let last = kept.last?.reading.signOff else {
      guard isRequired else { return [] }
      throw SignOffFailure(SignOffRules.missing, plan.run, plan.path)
    }
    let hash = try PlanDump(plan: plan).hash()
    guard last.planHash == hash else {
      throw SignOffFailure(SignOffRules.changed, plan.run, last.name, last.at)
    }
    return kept.map(\.reading.signOff).filter { $0.planHash == hash }
      .map { RunApproval(name: $0.name, at: $0.at) }
  }
}
