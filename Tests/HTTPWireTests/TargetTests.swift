import Testing

@testable import HTTPWire

/// RFC 9112 section 3.2 and RFC 3986.
@Suite struct TargetTests {
  struct Form: Sendable, CustomTestStringConvertible {
    let target: String
    let segments: [String]
    var query: String?
    var authority: String?
    var method = "GET"
    var testDescription: String { "\(method) \(target)" }
  }

  private static func sample(_ method: String, _ target: String) -> String {
    "\(method) \(target) HTTP/1.1\r\nHost: h\r\n\r\n"
  }

  @Test(
    arguments: [
      Form(target: "/", segments: [""]), Form(target: "//", segments: ["", ""]), Form(target: "/a", segments: ["a"]),
      Form(target: "/v1/iccs/", segments: ["v1", "iccs", ""]), Form(target: "//a//b", segments: ["", "a", "", "b"]),
      Form(target: "/a%2Fb", segments: ["a/b"]), Form(target: "/a%2fb", segments: ["a/b"]),
      Form(target: "/%25%32%46", segments: ["%2F"]), Form(target: "/%252F", segments: ["%2F"]),
      Form(target: "/a%20b/c", segments: ["a b", "c"]), Form(target: "/a+b", segments: ["a+b"]),
      Form(target: "/%C3%A9", segments: ["é"]), Form(target: "/%e2%82%ac", segments: ["€"]),
      Form(target: "/%0A", segments: ["\n"]),
      Form(target: "/../a", segments: ["..", "a"]), Form(target: "/./a/.", segments: [".", "a", "."]),
      Form(target: "/%2e%2e/a", segments: ["..", "a"]), Form(target: "/..%2fa", segments: ["../a"]),
      Form(target: "/%5C", segments: ["\\"]), Form(target: "/%23", segments: ["#"]),
      Form(target: "/a;b=c", segments: ["a;b=c"]),
      Form(target: "/*", segments: ["*"]), Form(target: "/http://x/", segments: ["http:", "", "x", ""]),
      Form(target: "/:@!$&'()*+,;=-._~", segments: [":@!$&'()*+,;=-._~"]),
      Form(target: "/a?", segments: ["a"], query: ""), Form(target: "/a?b=c&d", segments: ["a"], query: "b=c&d"),
      Form(target: "/?a?b/c", segments: [""], query: "a?b/c"),
      Form(target: "/a?x=%2F%20", segments: ["a"], query: "x=%2F%20"),
      Form(target: "/a%3Fb?c", segments: ["a?b"], query: "c"),
      Form(target: "/?foo=[bar]&x=\"{|}^`<>", segments: [""], query: "foo=[bar]&x=\"{|}^`<>"),
      Form(target: "/?%FF", segments: [""], query: "%FF"),
      Form(target: "http://a.example/", segments: [""], authority: "a.example"),
      Form(target: "http://a.example", segments: [""], authority: "a.example"),
      Form(target: "HTTP://a.example:8080/x/y?z", segments: ["x", "y"], query: "z", authority: "a.example:8080"),
      Form(target: "https://[::1]:443/x", segments: ["x"], authority: "[::1]:443"),
      Form(target: "hTTps://a?q", segments: [""], query: "q", authority: "a"),
      Form(target: "http://a:/x", segments: ["x"], authority: "a:"),
      Form(target: "http://a%41/x", segments: ["x"], authority: "a%41"),
      Form(target: "*", segments: [], method: "OPTIONS"), Form(target: "/x", segments: ["x"], method: "OPTIONS"),
      Form(target: "http://a", segments: [], authority: "a", method: "OPTIONS"),
      Form(target: "http://a/", segments: [""], authority: "a", method: "OPTIONS"),
      Form(target: "http://a?q", segments: [""], query: "q", authority: "a", method: "OPTIONS"),
      Form(target: "a.example:443", segments: [], authority: "a.example:443", method: "CONNECT"),
      Form(target: "[2001:db8::1]:1", segments: [], authority: "[2001:db8::1]:1", method: "CONNECT"),
    ])
  func `each form of target is read`(_ form: Form) throws {
    var transcript = Transcript()
    transcript.feed(Array(Self.sample(form.method, form.target).utf8))
    guard case .request(let request, _)? = transcript.events.first else {
      Issue.record("not read: \(transcript.lines)")
      return
    }
    #expect(request.target.text == form.target)
    #expect(request.target.segments == form.segments)
    #expect(request.target.query == form.query)
    #expect(request.target.authority == form.authority)
    #expect(request.target.isAsterisk == (form.segments.isEmpty && form.method == "OPTIONS"))
    let isAbsolute = form.authority != nil && form.method != "CONNECT"
    #expect(request.headers.all("host") == [isAbsolute ? form.authority ?? "" : "h"])
  }

  @Test(
    arguments: [
      "a", "a/b", "index.html", "?a", "*", "**", "*/", "/a#b", "/#", "#", "/a?b#c", "/a\\b", "\\", "/?\\", "\\\\h\\a",
      "/%", "/%2", "/%zz", "/%2G", "/%G2", "/%%", "/%u0041", "/a?%", "/a?%2", "/a?%zz", "/%00", "/a%00b", "/?%00",
      "/?a=%00b",
      "/%FF", "/%C3", "/%C3%28", "/%C0%AF", "/%E0%80%AF", "/%ED%A0%80", "/%F5%80%80%80", "/a/%80/b", "/\u{E9}",
      "/\u{80}",
      "/\u{FF}", "/?\u{FF}", "/\u{7F}", "/\u{01}", "/\u{1F}", "/a\u{0}b", "/a\tb", "\t/", "/\u{A0}",
      "http:", "http:/", "http://", "http:///", "http:///a", "http:a", "http:/a", "http://?q", "http://:80/",
      "http://a:b/", "http://a:65536/",
      "http://a:-1/", "http://a:80:80/", "http://u@a/", "http://u:p@a/", "http://@a/", "http://a@/", "http://a b/",
      "http://[::1/", "http://::1]/",
      "http://[]/", "http://[::g]/", "http://[fe80::1%25eth0]/", "http://a%zz/", "http://a%00b/", "http://a/%zz",
      "http://a/%00",
      "http://a/%ff", "http://a\"/",
      "http://a<b/", "ftp://a/", "ws://a/", "file:///etc/passwd", "gopher://a/", "urn:a:b", "mailto:a@b",
      "javascript:1", "httpx://a/", "htt://a/",
      "://a/", "a:80", "a.example:443", "[::1]:80", "http//a/", "http;//a/", "httpss://a/", " /", "http://a#b",
      "http://a/#", "http://a\\b/",
      "http://[::1]a/", "http://[::1]:x/", "http://a/\\",
    ])
  func `an invalid target is rejected`(_ target: String) { expectSample(WireSample(400, Self.sample("GET", target))) }

  @Test(
    arguments: [
      "/", "*", "a", "a.example", ":443", "a:", "a:x", "a:65536", "a:443/", "/a:443", "http://a:443", "http://a:443/",
      "u@a:443", "[::1]", "[::1]:",
      "[::g]:1", "a:1?b", "a:1:2", "a%zz:1", "a%00:1", "?:1",
    ])
  func `CONNECT requires a host and a port`(_ target: String) {
    expectSample(WireSample(400, Self.sample("CONNECT", target)))
  }

  @Test(arguments: [
    "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "options", "OPTION", "OPTIONSX",
  ])
  func `an asterisk is allowed for OPTIONS only`(_ method: String) {
    expectSample(WireSample(400, Self.sample(method, "*")))
  }

  @Test func `CONNECT does not open a tunnel`() {
    expectSample(WireSample(Self.sample("CONNECT", "h:1"), "CONNECT h:1"))
    expectSample(
      WireSample(
        "CONNECT h:1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab", "CONNECT h:1 Content-Length=2 body=ab"))
  }
}
