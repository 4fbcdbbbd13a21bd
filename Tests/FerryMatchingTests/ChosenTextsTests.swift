import FerryCore
import Testing

@testable import FerryMatching

@Suite struct ChosenTextsTests {
  private func level(_ choices: [ComparisonChoice], _ left: String, _ right: String) -> String {
    var store = ChosenTexts(choices)
    let numbers = [store.add(left), store.add(right)]
    if numbers[0] == numbers[1] { return store.agreementLevels[0].id }
    return store.agreementLevels[store.level(numbers[0], numbers[1])].id
  }

  @Test(arguments: [
    ("Abc ", "ａｂｃ", "same"), ("abcd", "abdc", "damerau-1"), ("abcd", "abxxd", "damerau-2"),
    ("martha", "marhtxq", "jaro-0.8"), ("张三丰收", "李四光明", "else"),
  ])
  func `takes the first level that holds`(_ left: String, _ right: String, _ id: String) {
    let choices: [ComparisonChoice] = [.exact, .damerau(1), .damerau(2), .jaro(0.8), .otherwise]
    #expect(level(choices, left, right) == id)
    #expect(level(choices, right, left) == id)
  }

  @Test(arguments: [
    [ComparisonChoice.exact, .otherwise], [.damerau(1), .otherwise],
    [.exact, .jaro(0.9), .jaro(0.7), .otherwise],
  ])
  func `levels add up to one`(_ choices: [ComparisonChoice]) {
    let levels = ChosenTexts(choices).agreementLevels
    #expect(abs(levels.reduce(0) { $0 + $1.m } - 1) < 1e-9)
    #expect(abs(levels.reduce(0) { $0 + $1.u } - 1) < 1e-9)
  }
}
