import Testing

@testable import HTTPWire

/// RFC 9112 section 5 and RFC 9110 section 5.
@Suite struct FieldTests {
  private static func head(_ line: String) -> String { "GET / HTTP/1.1\r\nHost: h\r\n\(line)\r\n\r\n" }

  struct Line: Sendable, CustomTestStringConvertible {
    let line: String
    let name: String
    let value: String
    init(_ line: String, _ name: String, _ value: String) { (self.line, self.name, self.value) = (line, name, value) }
    var testDescription: String { line.debugDescription }
  }

  @Test(
    arguments: [
      Line("A: b", "A", "b"), Line("A:b", "A", "b"), Line("A:", "A", ""), Line("A: ", "A", ""), Line("A: \t ", "A", ""),
      Line("A:\tb\t", "A", "b"), Line("A:    b c\td   ", "A", "b c\td"), Line("a::b", "a", ":b"),
      Line("A: b:c", "A", "b:c"),
      Line("!#$%&'*+-.^_`|~09azAZ: x", "!#$%&'*+-.^_`|~09azAZ", "x"),
      Line("A: \"\\,;()<>@[]{}?=/", "A", "\"\\,;()<>@[]{}?=/"),
      Line("A: \u{80}\u{FF}", "A", "\u{FFFD}\u{FFFD}"), Line("A: \u{C3}\u{A9}", "A", "é"),
      Line("A: %0d%0a", "A", "%0d%0a"),
      Line("Upgrade: h2c", "Upgrade", "h2c"), Line("Content-Length-X: -1", "Content-Length-X", "-1"),
      Line("Content_Length: 5", "Content_Length", "5"),
      Line("Transfer_Encoding: chunked", "Transfer_Encoding", "chunked"),
      Line("X-Transfer-Encoding: chunked", "X-Transfer-Encoding", "chunked"),
      Line("TE: trailers", "TE", "trailers"), Line("Trailer: Content-Length", "Trailer", "Content-Length"),
      Line("1: 2", "1", "2"),
    ])
  func `a valid field line is read`(_ line: Line) {
    expectSample(WireSample(Self.head(line.line), "GET / \(line.name)=\(line.value)"))
  }

  @Test(
    arguments: [
      "A", "A b", "A : b", "A\t: b", " A: b", "\tA: b", ": b", ":", " : b", "A B: c", "A\u{0}: b", "A(: b", "A,B: c",
      "A;: b", "A/B: c",
      "A@: b", "[A]: b", "{A}: b", "A\\: b", "A\": b", "\"A\": b", "A<: b", "A=: b", "A?: b", "\u{E9}: b", "A\u{80}: b",
      "A\u{7F}: b", "A\u{A0}: b", "\u{FF}: b",
      "A: b\u{0}c", "A: \u{0}", "A: b\u{1}", "A: b\u{8}", "A: b\u{B}c", "A: b\u{C}c", "A: b\u{1B}c", "A: b\u{1F}",
      "A: b\u{7F}", "A: b\rc", "A: b\r", "A: \rb", "A: b\nC: d",
      "A: b\n", "A: b\r\r", "A: b\n\r", "\nA: b", "\rA: b", "A:\r b", "A\r: b", "A\n: b", "A: b\r\n c", "A: b\r\n\tc",
      "A: b\r\n ", "A:\r\n b", "A: b\r\n \r\nC: d", "A: b\r\n : c",
      "A: b\r\nC", "A: b\r\nC d", "GET / HTTP/1.1", "A: b\r\n\u{0}", "A: b\u{1}\r\nC: d", "A: b\r\nC : d",
      "Content-Length\u{0}: 5", "Content-Length : 0", "Transfer-Encoding : chunked", "Transfer-Encoding\t:chunked",
      "Transfer-Encoding\u{B}: chunked", "\u{B}Transfer-Encoding: chunked",
      "X: y\nTransfer-Encoding: chunked", "X: y\rTransfer-Encoding: chunked", "X:y\r\r\nTransfer-Encoding: chunked",
      "Transfer-Encoding\r\n : chunked", "Transfer-Encoding:\r\n chunked",
      "Content-Length:\r\n 0", "Content-Length: 0\r\n ",
    ])
  func `an invalid field line is rejected`(_ line: String) { expectSample(WireSample(400, Self.head(line))) }

  @Test func `white space before the first field is rejected`() {
    for start in [" ", "\t", " X: y\r\n", "  \r\n"] {
      expectSample(WireSample(400, "GET / HTTP/1.1\r\n\(start)Host: h\r\n\r\n"))
    }
  }

  @Test func `each byte is allowed or rejected in a value`() {
    for byte in UInt8.min...UInt8.max {
      let sample = "GET / HTTP/1.1\r\nHost: h\r\nA: x\(Unicode.Scalar(byte))x\r\n\r\n"
      let lines = Transcript.of(WireSample(sample).bytes)
      let isAllowed = byte == 9 || (byte >= 32 && byte != 127)
      #expect((lines != ["fault 400"]) == isAllowed, "byte \(byte)")
    }
  }

  @Test func `each byte is allowed or rejected in a name and a method`() {
    let token = Set("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    for byte in UInt8.min...UInt8.max {
      #expect(ByteClass.token.contains(byte) == token.contains(byte), "byte \(byte)")
      guard byte != UInt8(ascii: ":") else { continue }
      let field = "GET / HTTP/1.1\r\nHost: h\r\nA\(Unicode.Scalar(byte))A: x\r\n\r\n"
      #expect((Transcript.of(WireSample(field).bytes) != ["fault 400"]) == token.contains(byte), "byte \(byte)")
      guard byte != UInt8(ascii: " ") else { continue }
      let line = "G\(Unicode.Scalar(byte))T / HTTP/1.1\r\nHost: h\r\n\r\n"
      #expect((Transcript.of(WireSample(line).bytes) != ["fault 400"]) == token.contains(byte), "byte \(byte)")
    }
  }

  @Test func `each byte is allowed or rejected in a target`() {
    for byte in UInt8.min...UInt8.max where byte != 0x20 && byte != UInt8(ascii: "%") {
      let sample = WireSample("GET /a\(Unicode.Scalar(byte))b HTTP/1.1\r\nHost: h\r\n\r\n")
      let isAllowed = byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#") && byte != UInt8(ascii: "\\")
      #expect((Transcript.of(sample.bytes) != ["fault 400"]) == isAllowed, "byte \(byte)")
    }
  }

  @Test func `each byte is allowed or rejected in a host`() {
    let name = Set("!$&'()*+,;=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: ":") {
      let host: [UInt8] = [0x61, byte, 0x62]
      let isValid = Authority.isValid(host.span)
      #expect(isValid == name.contains(byte), "byte \(byte)")
    }
  }
}
