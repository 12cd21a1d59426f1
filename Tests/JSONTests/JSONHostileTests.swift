import JSON
import TestSupport
import Testing

/// Texts made to hurt: large, deep, torn and changed at random.
@Suite struct JSONHostileTests {
  static let size = 1 << 20

  /// A mebibyte of each takes a moment and no more: sixteen times the largest body that is let in.
  @Test(arguments: [
    "[", "{\"a\":", "\"", "\\", "\"\\u0000\",", "0", "1,", " ", "\n", "\r", "[],", "é", "-", "/*", "\u{FEFF}",
    "{\"a\":1},",
    "tru", "\\ud800", "e", "[[],",
  ])
  func `repeated input is read in linear time`(_ piece: String) {
    let body = String(repeating: piece, count: Self.size / piece.utf8.count)
    let clock = ContinuousClock()
    for (opening, closing) in [("", ""), ("[", "]"), ("[\"", "\"]"), ("{\"a\":\"", "\"}")] {
      let time = clock.measure { _ = try? JSONValue(parsing: opening + body + closing, maximumDepth: 256) }
      #expect(time < .seconds(4))
    }
  }

  @Test func `many field names are read in linear time`() throws {
    let members = (0..<100_000).map { "\"name\($0)\":0" }.joined(separator: ",")
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try JSONValue(parsing: "{\(members)}") }
    #expect(time < .seconds(8))
  }

  static let seeds = [
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::1:root"]},"n":-1.5e+3}]}"#,
    #"["\u00e9\ud83d\ude00\n", "é€😀", {"a": {"b": [[], {}, null, true, false]}}, 0, -0.0, 1E5]"#,
  ]

  /// Whatever the bytes, the reader answers; what it takes, it takes again after writing it.
  @Test(arguments: 0..<20)
  func `a mutated text never crashes the reader`(_ round: Int) throws {
    var random = SplitMix(state: UInt64(round))
    for _ in 0..<500 {
      var bytes = Array(Self.seeds[round % 2].utf8)
      for _ in 0...Int(random.next() % 4) { change(&bytes, &random) }
      guard let value = try? JSONValue(parsing: bytes) else { continue }
      #expect(try JSONValue(parsing: value.bytes(.pretty)) == value)
      #expect(try JSONValue(parsing: value.bytes()).bytes() == value.bytes())
    }
  }

  @Test func `every prefix of a text is read or rejected`() {
    for seed in Self.seeds {
      let bytes = Array(seed.utf8)
      for end in 0..<bytes.count {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(bytes[..<end])) }
      }
    }
  }

  private func change(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let place = Int(random.next() % UInt64(bytes.count))
    let interesting = Array("{}[],:\"\\/u0-+.eE tfn\n\r\t'#".utf8) + [0, 0x80, 0xC0, 0xE2, 0xF0, 0xFF]
    let byte = interesting[Int(random.next() % UInt64(interesting.count))]
    switch random.next() % 4 {
    case 0: bytes[place] = byte
    case 1: bytes.insert(byte, at: place)
    case 2 where bytes.count > 1: bytes.remove(at: place)
    default: bytes[place] ^= UInt8(1) << UInt8(random.next() % 8)
    }
  }
}
