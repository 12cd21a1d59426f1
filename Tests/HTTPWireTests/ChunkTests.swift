import Testing

@testable import HTTPWire

/// RFC 9112 section 7.1.
@Suite struct ChunkTests {
  private static func post(_ body: String) -> String {
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"
  }

  struct Body: Sendable, CustomTestStringConvertible {
    let wire: String
    let content: String
    init(_ wire: String, _ content: String) { (self.wire, self.content) = (wire, content) }
    var testDescription: String { wire.debugDescription }
  }

  @Test(
    arguments: [
      Body("0\r\n\r\n", ""), Body("1\r\na\r\n0\r\n\r\n", "a"), Body("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde"),
      Body("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"), Body("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
      Body("000a\r\n0123456789\r\n000\r\n\r\n", "0123456789"), Body("0000000000000001\r\na\r\n0\r\n\r\n", "a"),
      Body("0000000000000000\r\n\r\n", ""),
      Body("5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n"), Body("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
      Body("1\r\n\0\r\n0\r\n\r\n", "\0"),
      Body("1;a\r\nx\r\n0\r\n\r\n", "x"), Body("1;a=b\r\nx\r\n0\r\n\r\n", "x"),
      Body("1;a=\"b\"\r\nx\r\n0\r\n\r\n", "x"), Body("1;a=\"\"\r\nx\r\n0\r\n\r\n", "x"),
      Body("1;a=\"b c;\\\"\\\\\t\u{E9}\"\r\nx\r\n0;last\r\n\r\n", "x"),
      Body("1;a;b;c=d;e=\"f\"\r\nx\r\n0\r\n\r\n", "x"), Body("1;a=\";\"\r\nx\r\n0;b=c\r\n\r\n", "x"),
      Body("1;!#$%&'*+-.^_`|~=1\r\nx\r\n0\r\n\r\n", "x"),
      Body("0\r\nA: b\r\n\r\n", ""), Body("1\r\nx\r\n0\r\nA: b\r\nC:\r\nD:\t e \r\n\r\n", "x"),
      Body("0\r\nAuthorization: x\r\nX-Host: y\r\nConnection: close\r\nExpect: no\r\n\r\n", ""),
    ])
  func `a valid chunked body is read`(_ body: Body) {
    expectSample(WireSample(Self.post(body.wire), "POST / Transfer-Encoding=chunked body=\(body.content)"))
  }

  @Test(
    arguments: [
      "\r\n", " 0\r\n\r\n", "0 \r\n\r\n", "0\t\r\n\r\n", "1 \r\nx\r\n0\r\n\r\n", "\t1\r\nx\r\n0\r\n\r\n",
      "-1\r\nx\r\n0\r\n\r\n", "+1\r\nx\r\n0\r\n\r\n", "-0\r\n\r\n", "0x1\r\nx\r\n0\r\n\r\n", "x1\r\nx\r\n",
      "g\r\nx\r\n",
      "1g\r\nx\r\n0\r\n\r\n", "1_0\r\n0123456789abcdef\r\n0\r\n\r\n", "1.0\r\nx\r\n", "1,\r\nx\r\n", "1h\r\nx\r\n",
      "\u{B9}\r\nx\r\n", "\u{0}1\r\nx\r\n", "1\u{0}\r\nx\r\n", "1\u{B}\r\nx\r\n", "1\u{A0}\r\nx\r\n", "\u{FF}\r\n",
      "'1'\r\nx\r\n",
      "00000000000000001\r\nx\r\n0\r\n\r\n", "00000000000000000\r\n\r\n", "10000000000000001\r\nx\r\n0\r\n\r\n",
      "fffffffffffffffff\r\nx\r\n", "100000000000000000000000000000001\r\nx\r\n0\r\n\r\n",
      "1\nx\r\n0\r\n\r\n", "1\r\nx\n0\r\n\r\n", "1\r\nx\r\n0\n\r\n", "1\r\nx\r\n0\r\n\n", "1\rx\r\n0\r\n\r\n",
      "1\r\nx\r0\r\n\r\n", "1\r\rx\r\n0\r\n\r\n", "1\n\rx\r\n0\r\n\r\n", "0\n\n", "0\r\r", "0\r\n\rx", "0\r\n\r\r",
      "0\rX\r\n",
      "1\r\nxy\r\n0\r\n\r\n", "2\r\nx\r\n0\r\n\r\n", "1\r\n\r\n0\r\n\r\n", "1\r\nx0\r\n\r\n", "1\r\nx\r\n\r\n0\r\n\r\n",
      "1\r\nx \r\n0\r\n\r\n", "1\r\nx\r\r\n0\r\n\r\n", "1\r\nxXX0\r\n\r\n", "1\r\nx;;0\r\n\r\n",
      "3\r\nabcde\r\n0\r\n\r\n",
      "1;\r\nx\r\n0\r\n\r\n", "1;;a\r\nx\r\n", "1; a\r\nx\r\n", "1 ;a\r\nx\r\n", "1;a \r\nx\r\n", "1;a =b\r\nx\r\n",
      "1;a= b\r\nx\r\n", "1;a=\r\nx\r\n", "1;=b\r\nx\r\n", "1;=\r\nx\r\n", "1;a=b;\r\nx\r\n", "1;a=\"b\r\nx\r\n",
      "1;a=b\"\r\nx\r\n", "1;a=\"b\"c\r\nx\r\n",
      "1;a=\"b\\\"\r\nx\r\n", "1;a=\"\\\r\nx\r\n", "1;a=\"b\u{0}\"\r\nx\r\n", "1;a\u{0}\r\nx\r\n", "1;a=b c\r\nx\r\n",
      "1;a,b\r\nx\r\n", "1;\u{E9}\r\nx\r\n", "1;a=b=c\r\nx\r\n", "1;a\nb\r\nx\r\n", "1;a\rb\r\nx\r\n",
      "1;a=\"\n\"\r\nx\r\n", "1;a=\"\r\n\"\r\nx\r\n", "1;a=(b)\r\nx\r\n", "1a;b=c d\r\nx\r\n",
      "1=a\r\nx\r\n", "1:a\r\nx\r\n", "1\"a\"\r\nx\r\n", "0;\r\n\r\n", "0;a\n\r\n", "1;\u{7F}\r\nx\r\n", "0 ;a\r\n\r\n",
      "0\r\nA\r\n\r\n", "0\r\nA : b\r\n\r\n", "0\r\n A: b\r\n\r\n", "0\r\nA: b\r\n c\r\n\r\n", "0\r\n: b\r\n\r\n",
      "0\r\nA: b\n\r\n", "0\r\nA: b\u{0}\r\n\r\n", "0\r\nA: b\rc\r\n\r\n", "0\r\nA B: c\r\n\r\n", "0\r\nA: b\r\n\n",
      "0\r\n\tA: b\r\n\r\n", "0\r\nGET / HTTP/1.1\r\n\r\n",
      "0\r\nContent-Length: 5\r\n\r\n", "0\r\ncontent-length: 0\r\n\r\n", "0\r\nTransfer-Encoding: chunked\r\n\r\n",
      "0\r\nHOST: x\r\n\r\n", "0\r\nA: b\r\nHost: h\r\n\r\n",
    ])
  func `an invalid chunked body is rejected`(_ body: String) { expectSample(WireSample(400, Self.post(body))) }

  @Test(arguments: [
    "10001\r\n", "ffffffff\r\n", "7fffffffffffffff\r\n", "8000000000000000\r\n", "ffffffffffffffff\r\n",
    "1\r\nx\r\n10000\r\n", "1\r\nx\r\nffffffffffffffff\r\n",
  ])
  func `a chunk beyond the body limit is rejected`(_ body: String) { expectSample(WireSample(413, Self.post(body))) }
}
