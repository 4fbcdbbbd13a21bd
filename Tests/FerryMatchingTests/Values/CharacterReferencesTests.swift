import Testing

@testable import FerryMatching

@Suite struct CharacterReferencesTests {
  @Test(arguments: [
    ("Barbar&#225;", "Barbará"), ("K&#xf6;rpeo&#287;lu", "Körpeoğlu"),
    ("Smith &amp; Sons", "Smith & Sons"),
    ("&lt;&gt;&quot;&apos;&nbsp;", "<>\"' "), ("&#29579;", "王"), ("a&#225;&#225;", "aáá"),
    // None of these is a reference.
    ("AT&T", "AT&T"), ("AT&T;", "AT&T;"), ("&", "&"), ("&;", "&;"), ("&#;", "&#;"),
    ("&#x;", "&#x;"),
    ("&#0;", "&#0;"), ("&#xD800;", "&#xD800;"), ("&#99999999;", "&#99999999;"),
    ("R&D & more;", "R&D & more;"),
    ("", ""), ("&amp", "&amp"), ("&&amp;", "&&"),
  ])
  func readsWhatWebExportsWrite(_ text: String, _ expected: String) {
    var output = ContiguousArray<UInt8>()
    let bytes = ContiguousArray(text.utf8)
    CharacterReferences.append(bytes.span, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }
}
