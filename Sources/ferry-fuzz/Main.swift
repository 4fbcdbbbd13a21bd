import CFuzzer
import Foundation

// How it works: `main` is ours, and libFuzzer runs as a library. Options that begin with two
// hyphens are not libFuzzer's, and it hands them on to the processes that it starts itself, to
// minimize an input. `make fuzz` builds and runs all targets; FERRY_FUZZ=1 puts this program into
// Package.swift.
//
//     ferry-fuzz --target=sheet CORPUS -max_total_time=60
//     ferry-fuzz --target=sheet --seeds=FOLDER     writes inputs to begin with, and a dictionary

@main
struct Main {
  static func main() throws {
    guard let target = FuzzTarget.chosen else {
      let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: "|")
      print("usage: ferry-fuzz --target=\(names) [--seeds=FOLDER] [CORPUS] [libFuzzer options]")
      exit(2)
    }
    if let folder = option("seeds") {
      try FuzzSeeds.write(target, to: folder)
      return
    }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
      unsafe CommandLine.unsafeArgv
    let status = unsafe withUnsafeMutablePointer(to: &arguments) { place in
      unsafe LLVMFuzzerRunDriver(&count, place, runOne)
    }
    exit(status)
  }
}

extension FuzzTarget {
  // A C function carries nothing with it, so it looks here.
  fileprivate static let chosen = option("target").flatMap(FuzzTarget.init(rawValue:))
}

private func runOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen?.run(unsafe ContiguousArray(UnsafeBufferPointer(start: data, count: count)))
  return 0
}

/// The value of the option `--name=value` of this process.
private func option(_ name: String) -> String? {
  CommandLine.arguments.first { $0.hasPrefix("--\(name)=") }
    .map { String($0.dropFirst(name.count + 3)) }
}
