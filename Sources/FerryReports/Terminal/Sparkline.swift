/// Numbers as a line of bars, one cell each: `▂▄█·▁`.
public enum Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  /// The bars, from 0 to the largest of the numbers; a zero is a dot, no number a blank.
  public static func text(of numbers: [Double?]) -> String {
    let largest = numbers.compactMap { $0 }.max() ?? 0
    return String(
      numbers.map { number -> Character in
        guard let number else { return " " }
        guard number > 0, largest > 0 else { return "·" }
        let step = Int((number / largest * Double(bars.count)).rounded(.up)) - 1
        return bars[max(0, min(step, bars.count - 1))]
      })
  }
}
