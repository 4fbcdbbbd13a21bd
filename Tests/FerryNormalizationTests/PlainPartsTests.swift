import FerryTestSupport
import Testing

@testable import FerryNormalization

/// The short way to take a name apart must say what the long one says.
@Suite struct PlainPartsTests {
  @Test func `random names come apart the same both ways`() {
    var random = SeededRandom(seed: 11)
    let signs = Array("王欧阳司马上官李总工伟芳南门第五哥")
    let words = [
      "Ada", "Grace", "van", "della", "Lovelace", "Hopper", "Doctor", "Mister", "Madame", "Madam",
      "Professor", "Mr", "O'Neil", "Smith-Jones", "Jr", "III", "von", "Beethoven", "Christopher",
      "ter", "Lady", "Ming",
    ]
    var taken = 0
    for _ in 0..<20_000 {
      let isChinese = Bool.random(using: &random)
      let count = Int.random(in: 1...5, using: &random)
      let name =
        isChinese
        ? String((0..<count).compactMap { _ in signs.randomElement(using: &random) })
        : (0..<count).compactMap { _ in words.randomElement(using: &random) }
          .joined(separator: " ")
      let bytes = ContiguousArray(name.utf8)
      guard let parts = PersonName.plainParts(of: bytes.span) else { continue }
      taken += 1
      let whole = PersonName.parse(name)
      #expect(String(decoding: bytes[parts.family], as: UTF8.self) == whole.family ?? "", "\(name)")
      #expect(String(decoding: bytes[parts.given], as: UTF8.self) == whole.given ?? "", "\(name)")
    }
    #expect(taken > 4000)
  }
}
