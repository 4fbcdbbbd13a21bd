/// The words after a command: `--name value` pairs.
struct BenchOptions {
  private var values: [String: String] = [:]

  init(_ words: [String], known: [String]) throws {
    var rest = words[...]
    while let word = rest.popFirst() {
      let name = String(word.dropFirst(2))
      guard word.hasPrefix("--"), known.contains(name) else {
        let all = known.map { "--\($0)" }.joined(separator: " ")
        throw BenchError("no option \(word); there are \(all)")
      }
      guard let value = rest.popFirst() else { throw BenchError("\(word) needs a value") }
      values[name] = value
    }
  }

  func text(_ name: String, default standard: String) -> String { values[name] ?? standard }

  func number(_ name: String, default standard: Int) throws -> Int {
    guard let text = values[name] else { return standard }
    let plain = text.filter { $0 != "_" && $0 != "," }
    guard let number = Int(plain), number >= 0 else {
      throw BenchError("--\(name) needs a whole number, found \(text)")
    }
    return number
  }

  func share(_ name: String, default standard: Double) throws -> Double {
    guard let text = values[name] else { return standard }
    guard let share = Double(text), (0..<0.5).contains(share) else {
      throw BenchError("--\(name) needs a share from 0 to below 0.5, found \(text)")
    }
    return share
  }
}
