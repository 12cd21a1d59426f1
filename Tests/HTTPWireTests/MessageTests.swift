import Testing

@testable import HTTPWire

@Suite struct MessageTests {
  @Test(arguments: [
    WireSample("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET /"),
    WireSample("GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0 close"),
    WireSample("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nX-A: \t b c \t\r\n\r\n", "GET / X-A=b c"),
    WireSample("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", "POST /x Content-Length=3 body=abc"),
    WireSample(
      "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"b\"\r\nabc\r\n0\r\nT: x\r\n\r\n",
      "POST /x Transfer-Encoding=chunked body=abc"),
    WireSample("GET http://other:80/p HTTP/1.1\r\nHost: h\r\n\r\n", "GET http://other:80/p Host=other:80"),
  ])
  func accepted(_ sample: WireSample) { expectSample(sample) }

  @Test(arguments: [
    WireSample(400, "GET / HTTP/1.1\r\n\r\n"),
    WireSample(400, "GET / HTTP/1.1\nHost: h\n\n"),
    WireSample(400, "GET / HTTP/1.1\r\nHost : h\r\n\r\n"),
    WireSample(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    WireSample(417, "PUT / HTTP/1.1\r\nHost: h\r\nExpect: x\r\nContent-Length: 1\r\n\r\n"),
    WireSample(413, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n"),
  ])
  func refused(_ sample: WireSample) { expectSample(sample) }
}
