import Testing

@testable import HTTPWire

/// RFC 9112 section 3.2 and RFC 9110 section 7.2.
@Suite struct HostTests {
  @Test(
    arguments: [
      "a", "a.example", "A.EXAMPLE", "a.example.", "a:80", "a:0", "a:65535", "a:00080", "a:", "127.0.0.1",
      "127.0.0.1:8080", "1.2.3", "999.1.1.1",
      "a_b", "a-b", "-", "~", "a!$&'()*+,;=b", "%41", "a%2Fb:1", "localhost", "[::]", "[::1]", "[::1]:80", "[::1]:",
      "[1:2:3:4:5:6:7:8]", "[1::8]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]", "[1::3:4:5:6:7:8]", "[ABCD:ef01::]",
      "[::ffff:192.0.2.1]",
      "[1:2:3:4:5:6:1.2.3.4]", "[::1.2.3.4]", "[1::255.255.255.255]", "[v1.a]", "[vF.a:b]", "[V1F.~!$&]:9",
    ])
  func `a valid host is accepted`(_ host: String) {
    expectSample(WireSample("GET / HTTP/1.1\r\nHOST:\t\(host) \r\n\r\n", "GET / HOST=\(host)"))
  }

  @Test(
    arguments: [
      "", " ", "a b", "a\tb", "a/", "/", "a/b", "a?b", "a#b", "a@b", "u:p@a", "@", "a:b", "a:80a", "a:-1", "a:+1",
      "a: 80", "a :80", "a:80:80", "a:65536",
      "a:99999", "a:18446744073709551617", "a::", ":80", ":", "http://a", "http://a/", "a\\b", "a\"b", "<a>", "{a}",
      "a|b", "a^b", "a`b", "[", "]", "[]", "[:]", "[:::]",
      "[1]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]", "[1::2::3]", "[1:::2]", "[:1::2]",
      "[1::2:]", "[::12345]", "[::g]", "[::1", "::1]", "::1", "[::1]a",
      "[::1]]", "[[::1]]", "[::1]80", "[::1]:a", "[fe80::1%eth0]", "[fe80::1%25eth0]", "[::1.2.3]", "[::1.2.3.4.5]",
      "[::256.1.1.1]", "[::01.1.1.1]", "[::1.2.3.4:5]",
      "[1:2:3:4:5:6:7:1.2.3.4]", "[1.2.3.4]", "[::1.2.3.]", "[::.1.2.3]", "[v.a]", "[v1.]", "[v1]", "[vg.a]",
      "[v1.a/b]", "[v]", "%", "%4", "%zz", "a%", "%00", "a%00b", "a%00:80", "a, b", "a;b c",
      "\u{E9}", "\u{80}", "\u{FF}", "a\u{C3}\u{A9}", "[::1]\u{E9}",
    ])
  func `an invalid host is rejected`(_ host: String) {
    expectSample(WireSample(400, "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n"))
    expectSample(WireSample(400, "GET / HTTP/1.0\r\nHost: \(host)\r\n\r\n"))
    if host != "" && host != " " {
      expectSample(WireSample(400, "GET http://good/ HTTP/1.1\r\nHost: \(host)\r\n\r\n"))
    }
  }

  @Test(
    arguments: [
      WireSample(400, "GET / HTTP/1.1\r\n\r\n"), WireSample(400, "GET http://a/ HTTP/1.1\r\n\r\n"),
      WireSample(400, "OPTIONS * HTTP/1.1\r\n\r\n"), WireSample(400, "OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n"),
      WireSample(400, "CONNECT a:1 HTTP/1.1\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\r\nHost: h\r\nhOST: i\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\r\nHost: h\r\nX: y\r\nHost:\r\n\r\n"),
      WireSample(400, "GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\r\nHost\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\r\nHost h\r\n\r\n"), WireSample(400, "GET / HTTP/1.1\r\nXHost: h\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\r\nHost: h\r\n Host: i\r\n\r\n"),
      WireSample(400, "GET / HTTP/1.1\r\nHost : h\r\n\r\n"),
      WireSample("GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0 close"),
      WireSample("GET http://a/ HTTP/1.1\r\nHost:\r\n\r\n", "GET http://a/ Host=a"),
      WireSample("GET http://a/ HTTP/1.1\r\nX: y\r\nHost: other\r\nZ: z\r\n\r\n", "GET http://a/ X=y Z=z Host=a"),
      WireSample("GET http://a/ HTTP/1.0\r\n\r\n", "GET http://a/ HTTP/1.0 close Host=a"),
      WireSample("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "OPTIONS *"),
    ])
  func `HTTP/1.1 requires one Host`(_ sample: WireSample) { expectSample(sample) }
}
