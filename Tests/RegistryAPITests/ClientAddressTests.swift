import HTTPWire
import System
import TestSupport
import Testing

@testable import RegistryAPI

/// The address of a client behind proxies of `10.0.0.0/8`, by their header.
@Suite struct ClientAddressTests {
  private static func proxies(_ header: TrustedProxies.Header) throws -> TrustedProxies {
    var proxies = TrustedProxies()
    proxies.addresses = [try #require(AddressBlock("10.0.0.0/8"))]
    proxies.header = header
    return proxies
  }

  private static func address(
    from peer: String = "10.0.0.1", _ header: TrustedProxies.Header, _ lines: String...
  ) throws -> String {
    let headers = HTTPHeaders(lines.map { HTTPHeaders.Field(header.rawValue, $0) })
    return ClientAddress.resolve(peer: peer, headers, trusting: try proxies(header))
  }

  @Test(arguments: [
    ("10.0.0.1", "203.0.113.9, 198.51.100.4, 10.0.0.2", "198.51.100.4"), ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
    ("10.0.0.1", "nonsense", "10.0.0.1"), ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
    ("10.0.0.1", "203.0.113.9, unknown, 10.0.0.2", "10.0.0.2"), ("10.0.0.1", " ,192.0.2.1,\t, ,", "192.0.2.1"),
    ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"), ("10.0.0.1", "", "10.0.0.1"),
    ("10.0.0.1", #"", 192.0.2.1"#, "192.0.2.1"),
  ])
  func `X-Forwarded-For is trusted from proxies only`(peer: String, forwarded: String, address: String) throws {
    #expect(try Self.address(from: peer, .xForwardedFor, forwarded) == address)
  }

  @Test(arguments: [
    ("for=192.0.2.1", "192.0.2.1"), (#"FOR="192.0.2.1:4711";proto=https;by=203.0.113.43"#, "192.0.2.1"),
    (#"host="a,b;for=198.51.100.1";By=_x;For=192.0.2.1;;"#, "192.0.2.1"), (#"for="\1\92.0.2.1""#, "192.0.2.1"),
    (#"for="[2001:db8:cafe::17]:4711""#, "2001:db8:cafe::17"), ("proto=http ; for=192.0.2.1", "192.0.2.1"),
    ("for=203.0.113.9, for=198.51.100.4;proto=http, for=10.0.0.2", "198.51.100.4"),
    (", for=192.0.2.1 ,\t,", "192.0.2.1"), (#"for="\"",for=192.0.2.1;x="\\""#, "192.0.2.1"), ("", "10.0.0.1"),
  ])
  func `Forwarded is read as RFC 7239 defines it`(forwarded: String, address: String) throws {
    #expect(try Self.address(.forwarded, forwarded) == address)
    #expect(try Self.address(from: "192.0.2.200", .forwarded, forwarded) == "192.0.2.200")
  }

  /// The element to the left could be the client's own.
  @Test(arguments: [
    "for=unknown", "for=_gateway", "for=UNKNOWN;proto=https", "proto=https", ";", "for=nonsense", "for=",
    "for", "for=192.0.2.1:80", "for=[2001:db8::1]", "for=192.0.2.1;for=192.0.2.1", "for = 192.0.2.1",
    #"for="192.0.2.1"x"#, #"for"192.0.2.1""#, "for=192.0.2.1 proto=https", "=192.0.2.1", #""for"=192.0.2.1"#,
    #"for="192.0.2.1,203.0.113.8""#, #"for=192.0.2.1";x=""#,
  ])
  func `an element without an address ends the search`(element: String) throws {
    #expect(try Self.address(.forwarded, "for=203.0.113.9, \(element)") == "10.0.0.1")
    #expect(try Self.address(.forwarded, "for=203.0.113.9, \(element), for=10.0.0.2") == "10.0.0.2")
  }

  @Test(arguments: [
    #"for=""#, #"for="\"#, #"for="\\\"#, #"""#, #"for="x\""#, #"\"#, #"for="a"b""#, #"for=1;x=",""#, "for=10.0.0.9;",
  ])
  func `what a proxy appends does not depend on what the client sent`(sent: String) throws {
    for (appended, address) in [
      ("for=192.0.2.1", "192.0.2.1"), (#"for="[2001:db8::1]:80";host="\"\\""#, "2001:db8::1"),
    ] {
      #expect(try Self.address(.forwarded, "\(sent), \(appended)") == address)
      #expect(try Self.address(.forwarded, sent, appended) == address)
    }
  }

  @Test func `several lines are one list`() throws {
    #expect(try Self.address(.forwarded, "for=203.0.113.9", "for=192.0.2.1", "for=10.0.0.2") == "192.0.2.1")
    #expect(try Self.address(.xForwardedFor, "203.0.113.9", "192.0.2.1", "10.0.0.2") == "192.0.2.1")
  }

  @Test func `the header that is not chosen is ignored`() throws {
    let headers = HTTPHeaders([.init("X-Forwarded-For", "192.0.2.1"), .init("Forwarded", "for=192.0.2.2")])
    for (header, address) in [(TrustedProxies.Header.xForwardedFor, "192.0.2.1"), (.forwarded, "192.0.2.2")] {
      #expect(ClientAddress.resolve(peer: "10.0.0.1", headers, trusting: try Self.proxies(header)) == address)
      var other = headers
      other.remove(header.rawValue)
      #expect(ClientAddress.resolve(peer: "10.0.0.1", other, trusting: try Self.proxies(header)) == "10.0.0.1")
    }
  }

  @Test(
    arguments: [
      ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:4711", "192.0.2.1"), ("192.0.2.1:_a.b-1", "192.0.2.1"),
      ("2001:db8::1", "2001:db8::1"), ("[2001:db8::1]", "2001:db8::1"), ("[2001:db8::1]:4711", "2001:db8::1"),
      ("[2001:db8::1]:_x", "2001:db8::1"), ("[192.0.2.1]", nil), ("192.0.2.1:", nil), ("192.0.2.1:x", nil),
      ("192.0.2.1:123456", nil), ("192.0.2.1:_", nil), ("192.0.2.1:_ä", nil), ("[2001:db8::1", nil),
      ("2001:db8::1]", nil),
      ("[2001:db8::1]80", nil), ("[2001:db8::1]]", nil), ("[[2001:db8::1]]", nil), ("[]", nil), (":80", nil), ("", nil),
      ("1:2:3:4:5:6:7:8:80", nil), ("192.0.2.1 ", nil), ("192.0.2", nil), ("unknown", nil), ("_gateway", nil),
      ("fe80::1%eth0", nil), ("[fe80::1%25eth0]", nil), ("proxy.example.com", nil),
    ] as [(String, String?)])
  func `a node is an address with or without a port`(node: String, address: String?) {
    #expect(ForwardedNode.address(of: node) == address)
  }

  /// Sixteen times the bytes may take about sixteen times as long; with a step for each pair of bytes it would be 256
  /// times.
  @Test(arguments: [#""\"#, #"\""#, ",", #"",""#, "for=10.0.0.2;", #"\"#, "[", "10.0.0.2,"])
  func `the time is linear`(piece: String) throws {
    for header in TrustedProxies.Header.allCases {
      func time(_ size: Int) throws -> Double {
        let list = String(repeating: piece, count: size / piece.utf8.count) + "\""
        var address = ""
        let time = try ProcessorTime.spent { address = try Self.address(header, list) }
        #expect(address.hasPrefix("10.0.0."))
        return time
      }
      _ = try time(1000)
      let (short, long) = (try time(3000), try time(48_000))
      #expect(long < short * 80, "\(short) s for 3,000 bytes, \(long) s for 48,000")
    }
  }
}
