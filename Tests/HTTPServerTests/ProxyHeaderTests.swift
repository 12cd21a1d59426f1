import TestSupport
import Testing

@testable import HTTPServer

/// The header of PROXY protocol version 2.
struct ProxyHeaderTests {
  static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
  static let four: [UInt8] = [192, 0, 2, 7, 127, 0, 0, 1, 0x1F, 0x90, 0, 80]
  static let six: [UInt8] =
    [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [7]
    + [UInt8](repeating: 0, count: 15) + [1, 0x1F, 0x90, 0, 80]

  static func header(_ command: UInt8, _ family: UInt8, _ content: [UInt8]) -> [UInt8] {
    signature + [command, family, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
  }

  /// Feeds as many bytes as the header takes, `piece` at a time; returns the end and what is left.
  static func read(_ bytes: [UInt8], piece: Int = .max) -> (ProxyHeader.State, left: Int) {
    var header = ProxyHeader()
    var used = 0
    while case .needs(let count) = header.state, used < bytes.count {
      let next = bytes[used..<min(used + min(count, piece), bytes.count)]
      header.append(Array(next).span)
      used += next.count
    }
    return (header.state, bytes.count - used)
  }

  @Test(arguments: [1, 2, 7, Int.max])
  func `headers are read in pieces of any size, and nothing after them`(piece: Int) {
    let tlv: [UInt8] = [3, 0, 4, 1, 2, 3, 4]
    let rows: [([UInt8], ProxyHeader.State)] = [
      (Self.header(0x21, 0x11, Self.four), .client(address: "192.0.2.7", port: 8080)),
      (Self.header(0x21, 0x11, Self.four + tlv), .client(address: "192.0.2.7", port: 8080)),
      (Self.header(0x21, 0x21, Self.six), .client(address: "2001:db8::7", port: 8080)),
      (Self.header(0x20, 0x00, []), .proxyItself), (Self.header(0x20, 0x11, Self.four), .proxyItself),
      (Self.header(0x21, 0x00, tlv), .proxyItself),
      (Self.header(0x21, 0x31, [UInt8](repeating: 1, count: 216)), .proxyItself),
    ]
    for (bytes, state) in rows {
      let (end, left) = Self.read(bytes + Array("GET /".utf8), piece: piece)
      #expect(end == state)
      #expect(left == 5)
    }
  }

  @Test func `other bytes are not a header`() {
    var long = Self.header(0x21, 0x11, Self.four)
    (long[14], long[15]) = (0xFF, 0xFF)
    for bytes in [
      Array("GET / HTTP/1.1\r\n".utf8), Array("PROXY TCP4 192.0.2.7 127.0.0.1 1 2\r\n".utf8),
      Self.header(0x11, 0x11, Self.four), Self.header(0x22, 0x11, Self.four), Self.header(0x21, 0x13, Self.four),
      Self.header(0x21, 0x11, Array(Self.four.dropLast())), Self.header(0x21, 0x21, Self.four), long,
    ] {
      #expect(Self.read(bytes).0 == .invalid)
    }
  }

  @Test func `a prefix of a header needs more`() {
    let bytes = Self.header(0x21, 0x11, Self.four)
    for count in 0..<bytes.count {
      guard case .needs(let missing) = Self.read(Array(bytes.prefix(count))).0 else {
        Issue.record("\(count) bytes")
        continue
      }
      #expect(missing > 0 && missing <= bytes.count - count)
    }
  }

  /// Whatever arrives, the end and the bytes used do not depend on the pieces.
  @Test(arguments: 0..<20) func `hostile bytes end the same way in any pieces`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<200 {
      var bytes = Self.header(
        UInt8.random(in: 0x1F...0x22, using: &random), [0x11, 0x21, 0, 0x31, 0xFF].randomElement(using: &random) ?? 0,
        (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let (whole, left) = Self.read(bytes)
      for piece in [1, 3, 16] {
        let (end, rest) = Self.read(bytes, piece: piece)
        if whole != .invalid { #expect(end == whole && rest == left) } else { #expect(end == .invalid) }
      }
    }
  }
}
