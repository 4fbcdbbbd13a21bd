import FerryCore
import FerryRecords
import Foundation
import Testing

@testable import FerryMapping

@Suite struct StableHashTests {
  static func digits(of text: String) -> String {
    var hash = StableHash()
    let bytes = ContiguousArray(text.utf8)
    hash.add(bytes.span)
    return String(decoding: hash.digits, as: UTF8.self)
  }

  // Source: the FNV test vectors of draft-eastlake-fnv, appendix C ("", "a", "foobar").
  @Test(arguments: [
    ("", "6c62272e07bb014262b821756295c58d"), ("a", "d228cb696f1a8caf78912b704e4a8964"),
    ("foobar", "343e1662793c64bf6f0d3597ba446f18"),
  ])
  func `gives the digits of FNV-1a`(_ text: String, _ digits: String) {
    #expect(Self.digits(of: text) == digits)
  }
}
