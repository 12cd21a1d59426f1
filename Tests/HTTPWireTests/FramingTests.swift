import Testing

@testable import HTTPWire

/// RFC 9112 sections 6.1 to 6.3: whatever two recipients could frame differently is refused.
@Suite struct FramingTests {
  private static func post(_ fields: String, _ body: String = "", version: String = "1.1") -> String {
    "POST / HTTP/\(version)\r\nHost: h\r\n\(fields)\r\n\r\n\(body)"
  }

  @Test(
    arguments: [
      "", " ", "+3", "-3", "-0", "+0", "03", "00", "000", "0x3", "0b1", "3,", ",3", "3,3", "3, 3", "3, 4", "3;", "3 3",
      "3\t3", "3.0", "3e0", "1_000", "three", "3a", "a3", "\"3\"",
      "3\u{A0}", "\u{A0}3", "\u{B2}", "\u{FF}", "'3'", "3 ,3", "Infinity", "NaN", "3L", "0 0", "(3)", "%33", "3;a=b",
      "18446744073709551616", "18446744073709551617",
      "18446744073709551619", "99999999999999999999", "184467440737095516150",
      "340282366920938463463374607431768211459", "4294967296x", "1000000000000000000000000000000000000000",
      "0000000000000000000000000000000000000003", "- 3", "--3", "3-", "0,0", "*", "chunked",
    ])
  func `an invalid Content-Length is rejected`(_ value: String) {
    expectSample(WireSample(400, Self.post("Content-Length: \(value)", "abc")))
    expectSample(WireSample(400, Self.post("Content-Length:\(value)", "abc", version: "1.0")))
  }

  @Test(
    arguments: [
      "65537", "1000000", "2147483648", "4294967296", "4294967299", "9223372036854775807", "9223372036854775808",
      "18446744073709551615",
    ])
  func `a Content-Length beyond the limit is rejected`(_ value: String) {
    expectSample(WireSample(413, Self.post("Content-Length: \(value)", "abc")))
  }

  @Test(
    arguments: [
      "", " ", "identity", "gzip", "deflate", "compress", "gzip, chunked", "chunked, gzip", "chunked, chunked",
      "chunked,", ",chunked", ", chunked", "chunked, identity", "identity, chunked",
      "chunked;q=1", "chunked;", "chunked a", "xchunked", "chunkedx", "chunke", "\"chunked\"", "'chunked'",
      "chunked\u{A0}", "\u{A0}chunked", "chun ked", "x", "chunked\t,", "[chunked]", "cow",
      "trailers", "nothing-useful", "chunked\u{FF}", "%63hunked", "CHUNKED,GZIP", "chunked, cow", "cow, chunked",
      "chunKed;a=b", "\u{212A}", "chunked\"", "chunk\u{17F}",
    ])
  func `a transfer coding other than chunked is rejected`(_ value: String) {
    expectSample(WireSample(400, Self.post("Transfer-Encoding: \(value)", "0\r\n\r\n")))
  }

  @Test(arguments: ["chunked", "Chunked", "CHUNKED", "chUNKed", "\tchunked\t ", "chunked   "])
  func `chunked is recognised in any case`(_ value: String) {
    let trimmed = value.filter { $0.isLetter }
    expectSample(
      WireSample(
        Self.post("transfer-encoding:\(value)", "1\r\nx\r\n0\r\n\r\n"), "POST / transfer-encoding=\(trimmed) body=x"))
  }

  @Test(
    arguments: [
      WireSample(400, post("Content-Length: 3\r\nContent-Length: 3", "abc")),
      WireSample(400, post("Content-Length: 3\r\nContent-Length: 4", "abcd")),
      WireSample(400, post("Content-Length: 3\r\ncontent-length: 3", "abc")),
      WireSample(400, post("Content-Length: 0\r\nContent-Length: 0")),
      WireSample(400, post("Content-Length: 3\r\nX: y\r\nContent-Length:", "abc")),
      WireSample(400, post("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
      WireSample(400, post("Transfer-Encoding: chunked\r\nContent-Length: 3", "0\r\n\r\n")),
      WireSample(400, post("Transfer-Encoding: chunked\r\nContent-Length: 0", "0\r\n\r\n")),
      WireSample(400, post("Transfer-Encoding: gzip\r\nContent-Length: 3", "abc")),
      WireSample(400, post("Transfer-Encoding:\r\nContent-Length: 3", "abc")),
      WireSample(400, post("Transfer-Encoding: identity\r\nContent-Length: 3", "abc")),
      WireSample(400, post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
      WireSample(400, post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n")),
      WireSample(400, post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
      WireSample(400, post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
      WireSample(400, post("Transfer-Encoding:\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
      WireSample(400, post("Transfer-Encoding: chunked", "0\r\n\r\n", version: "1.0")),
      WireSample(400, post("Transfer-Encoding: identity", version: "1.0")),
      WireSample(400, post("Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\nContent-Length: 1", "x")),
      WireSample("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", "GET / Content-Length=3 body=abc"),
      WireSample("DELETE / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n\0", "DELETE / Content-Length=1 body=\0"),
      WireSample(
        "HEAD / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HEAD / Transfer-Encoding=chunked body="),
      WireSample(post("Content-Length: 0"), "POST / Content-Length=0"),
      WireSample("POST / HTTP/1.1\r\nHost: h\r\n\r\n", "POST /"),
      WireSample(post("Content-Length: 3", "abc", version: "1.0"), "POST / HTTP/1.0 close Content-Length=3 body=abc"),
      WireSample(post("Content-Length: \t5 \t", "ab\r\nc"), "POST / Content-Length=5 body=ab\r\nc"),
      WireSample(
        post("Content-Length: 32", "GET /inner HTTP/1.1\r\nHost: h\r\n\r\n"),
        "POST / Content-Length=32 body=GET /inner HTTP/1.1\r\nHost: h\r\n\r\n"),
      WireSample(
        post("Content-Length: 1", "xGET /b HTTP/1.1\r\nHost: h\r\n\r\n"), "POST / Content-Length=1 body=x", "GET /b"),
      WireSample(
        "GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\nBAD\r\n\r\nGET /c HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a", "GET /b", "fault 400"),
      WireSample(
        post("Content-Length: 1", "xyGET /b HTTP/1.1\r\nHost: h\r\n\r\n"), "POST / Content-Length=1 body=x", "yGET /b"),
    ])
  func `messages are framed one after the other`(_ sample: WireSample) { expectSample(sample) }
}
