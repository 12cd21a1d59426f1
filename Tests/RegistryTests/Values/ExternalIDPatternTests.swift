import TestSupport
import Testing

@testable import Registry

struct ExternalIDPatternTests {
  private static func id(_ text: String) throws -> ExternalID {
    try #require(ExternalID(hex: text), "\(text.utf8.count) characters")
  }

  @Test(
    arguments: [
      (String(repeating: "0", count: 64), .fewDigits), (String(repeating: "0", count: 63) + "1", .fewDigits),
      (String(repeating: "deadbeef", count: 8), .fewDigits), (String(repeating: "01234567", count: 8), .fewDigits),
      (String(repeating: "0123456789abcdef", count: 4), .repetition),
      (String(repeating: "0123456789abcdef0f1e2d3c4b5a6978", count: 2), .repetition),
      (String(repeating: "0123456789", count: 6) + "0123", .repetition),
      ("0123456789abcdef" + String(repeating: "0", count: 16) + "8d969eef6ecad3c29a3a629280e686cf", .run),
      ("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", .counting),
      ("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0", .counting),
      ("0518" + "2b3e5164778a9db0c3d6e9fc0f2235485b6e8194a7bacde0f306192c3f52", .counting),
      ("637573746f6d65722d61636d652d6578706f72742d6f66666963652d74776f21", .text),
    ] as [(String, ExternalIDPattern)])
  func `an external ID that was made up is recognised`(text: String, pattern: ExternalIDPattern) throws {
    #expect(ExternalIDPattern(in: try Self.id(text)) == pattern)
  }

  @Test func `an external ID just within the rules is accepted`() throws {
    // Nine different digits; a run of 15; a text with one byte that is not printable.
    let accepted = [
      "012345678012345678210345678012345678010345678012345678012345670a".replacing("a", with: "1"),
      "0123456789abcdef1" + String(repeating: "0", count: 15) + "8d969eef6ecad3c29a3a629280e686cf",
      "637573746f6d65722d61636d652d6578706f72742d6f66666963652d74776f7f",
    ]
    for text in accepted { #expect(ExternalIDPattern(in: try Self.id(text)) == nil, "\(text)") }
  }

  @Test func `no random external ID of a hundred thousand is rejected`() {
    for _ in 0..<Deep.count(100_000, deep: 1_000_000) {
      let id = ExternalID.random()
      guard ExternalIDPattern(in: id) == nil else {
        Issue.record("\(id)")
        return
      }
    }
  }

  @Test(
    arguments: [
      ("", "malformed"), ("abc", "malformed"), (String(repeating: "AB", count: 32), "malformed"),
      (String(repeating: "g", count: 64), "malformed"), (ExternalID.sample.hex, "sample"),
      (" " + ExternalID.sample.hex, "malformed"), (String(repeating: "ab", count: 32), "predictable"),
    ])
  func `an imported external ID that is not one is rejected`(text: String, error: String) {
    for (field, pointer) in [(ExternalID.ImportedField.current, "/externalId"), (.pending, "/pendingExternalId")] {
      let thrown = #expect(throws: InvalidValue.self) { try ExternalID(validatingImported: text, as: field) }
      #expect(thrown?.diagnostics.map(\.code) == ["external-id." + error])
      #expect(thrown?.diagnostics.map(\.pointer) == [pointer])
    }
  }
}
