import OpenSSLKit
import Testing

@Suite struct Ed25519Tests {
  /// Test 3 of RFC 8032 section 7.1, its keys in the forms of RFC 8410.
  private let privateKey = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIMWqjfQ/n4N77bdELzHct7Fm04U1B28JS4XOOi4LRFj3
    -----END PRIVATE KEY-----

    """
  private let publicKey = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEA/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=
    -----END PUBLIC KEY-----

    """
  private let message: [UInt8] = [0xaf, 0x82]
  private let signature =
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"

  @Test func `a signature is the published one`() throws {
    let key = try #require(Ed25519.PrivateKey(pem: Array(privateKey.utf8)))
    let signed = try #require(key.signature(of: message))
    #expect(hex(signed) == signature)
    let verifier = try #require(Ed25519.PublicKey(pem: Array(publicKey.utf8)))
    #expect(verifier.verifies(signed, of: message))
  }

  @Test func `a changed message or signature is rejected`() throws {
    let key = try #require(Ed25519.PrivateKey(pem: Array(privateKey.utf8)))
    let verifier = try #require(Ed25519.PublicKey(pem: Array(publicKey.utf8)))
    var signed = try #require(key.signature(of: message))
    #expect(!verifier.verifies(signed, of: [0xaf, 0x83]))
    #expect(!verifier.verifies(signed, of: []))
    #expect(!verifier.verifies(Array(signed.dropLast()), of: message))
    #expect(!verifier.verifies([], of: message))
    signed[10] ^= 1
    #expect(!verifier.verifies(signed, of: message))
  }

  /// An RSA key, an encrypted Ed25519 key, a key of the other kind, and text that is no key.
  @Test func `only a key of the right kind is taken`() {
    let texts = ["", "-----BEGIN PRIVATE KEY-----\n", publicKey, encrypted, ecKey]
    for text in texts { #expect(Ed25519.PrivateKey(pem: Array(text.utf8)) == nil) }
    for text in ["", privateKey, encrypted, ecKey] { #expect(Ed25519.PublicKey(pem: Array(text.utf8)) == nil) }
  }

  private let encrypted = """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhVpi6M/HwcZwICCAAw
    DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEINv5l8gccdexZBdUaI7KS8EQCam
    v9jk6ZK6JexgZnRhK6NJnh3Sr6ACLpFN8eNRBQgj5xg9QnWWmJe1qmvfUotg3kI/
    YOCDrRMAt6RY7gYu8mM=
    -----END ENCRYPTED PRIVATE KEY-----

    """

  private let ecKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgC9KH1LGUcp94ABhX
    MMvggka4U7YvJSH3xENCHLQBxO+hRANCAAT/qG8/OR1qWqa+Pmh+mQrl0BnGoeaJ
    7Irb3GSPxQfvx+tYiEClfhAQ8mc0kxx8duS290cXQzrQRy1UySA7sh7e
    -----END PRIVATE KEY-----

    """

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
