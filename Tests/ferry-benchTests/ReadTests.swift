import Testing

@testable import ferry_bench

@Suite struct ReadTests {
  @Test func tellsHowAProgramEnded() throws {
    #expect(try ChildRun(["sh", "-c", "exit 3"], environment: [:]).status == 3)
    #expect(try ChildRun(["sh", "-c", "kill -9 $$"], environment: [:]).status == 137)
    #expect(throws: BenchError.self) {
      _ = try ChildRun(["no-such-program-anywhere"], environment: [:])
    }
  }

  @Test func givesTheEnvironmentOnAndMeasures() throws {
    let words = ["sh", "-c", "test \"$FERRY_BENCH_WORD\" = here && test -n \"$PATH\""]
    let run = try ChildRun(words, environment: ["FERRY_BENCH_WORD": "here"])
    #expect(run.status == 0)
    #expect(run.seconds > 0 && run.peakMib > 0)
    #expect(ChildRun.median([run, run, run]).seconds == run.seconds)
  }

  @Test func holdsFerryAgainstTheBestPeer() throws {
    let contenders = [
      Contender(name: "ferry cat", words: ["true"], environment: [:], isFerry: true),
      Contender(name: "peer", words: ["true"], environment: [:], isFerry: false),
    ]
    let lines = try ReadTable(.xlsx, contenders, runs: 1).lines
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.split(separator: "|").count == 8 })
    #expect(lines[1].hasSuffix("| 1 | 1 | 1 |"))
    let alone = try ReadTable(.csv, [contenders[0]], runs: 1).lines
    #expect(alone[0].contains("no peer here"))
    #expect(throws: BenchError.self) {
      let broken = Contender(name: "x", words: ["false"], environment: [:], isFerry: false)
      _ = try ReadTable(.csv, [broken], runs: 1)
    }
  }
}
