import Foundation
import Testing

/// Compares text with a file in `Golden/` beside the tests.
///
/// `FERRY_RECORD=1` rewrites the file and fails once, so that a recording is never taken for a
/// pass; the diff is read in review.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["FERRY_RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record("recorded \(name): run again without FERRY_RECORD", sourceLocation: sourceLocation)
    return
  }
  let golden = try String(contentsOf: file, encoding: .utf8)
  guard golden != text else { return }
  let difference = zip(lines(golden), lines(text)).enumerated().first { $1.0 != $1.1 }
  Issue.record(
    """
    \(name) differs from line \(difference.map { $0.offset + 1 } ?? 0) on
    golden: \(difference?.element.0 ?? "(\(lines(golden).count) lines)")
    found:  \(difference?.element.1 ?? "(\(lines(text).count) lines)")
    """, sourceLocation: sourceLocation)
}

private func lines(_ text: String) -> [Substring] {
  text.split(separator: "\n", omittingEmptySubsequences: false)
}
