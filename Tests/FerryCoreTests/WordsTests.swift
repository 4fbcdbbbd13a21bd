import FerryCore
import Testing

@Suite struct WordsTests {
  @Test(arguments: [
    ("{0} of {1}", "1 of a"), ("{0:cell is|cells are}", "cell is"), ("{2:cell|cells}", "cells"),
    ("{0:one}", "one"), ("{7} {x} {0", "{7} {x} {0"), ("{3}", "{0:a|b}"), ("{7:a|b}", "{7:a|b}"),
  ])
  func `place holders are filled`(_ text: String, _ filled: String) {
    let words = Words(en: text, zh: "")
    #expect(words.filled(with: ["1", "a", "2", "{0:a|b}"], in: .english) == filled)
  }
}
