import OpenSSLKit
import Testing

@Suite struct OpenSSLKitTests {
  /// The examples of NIST's "SHA-256" (FIPS 180-4), and the lengths around a block's end.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `digests are the published ones`(_ message: String, _ digest: String) {
    #expect(hex(SHA256.digest(of: message)) == digest)
    #expect(hex(SHA256.digest(of: Array(message.utf8))) == digest)
    #expect(hex(SHA256.digest(of: Array(message.utf8).span)) == digest)
  }

  @Test func `the digest of a million letters is the published one`() {
    let digest = SHA256.digest(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
    #expect(hex(digest) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(arguments: [1, 63, 64, 65, 999, 1000])
  func `the digest of pieces is that of the whole`(size: Int) {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    var stream = SHA256Stream()
    for start in stride(from: 0, to: message.count, by: size) {
      stream.update(Array(message[start..<min(start + size, message.count)]))
      stream.update([])
    }
    #expect(stream.digest() == SHA256.digest(of: message))
  }

  @Test func `the digest of no pieces is that of the empty message`() {
    #expect(SHA256Stream().digest() == SHA256.digest(of: ""))
  }

  @Test(
    arguments: [
      ([], [], true), ([1], [1], true), ([1], [2], false), ([1], [], false), ([1, 2], [1], false),
      ([1, 2], [1, 3], false),
      ([0, 2], [1, 2], false),
    ] as [([UInt8], [UInt8], Bool)])
  func `constant-time equality agrees with plain equality`(_ first: [UInt8], _ second: [UInt8], _ equal: Bool) {
    #expect(constantTimeEquals(first.span, second.span) == equal)
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
