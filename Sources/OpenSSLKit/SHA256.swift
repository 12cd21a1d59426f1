import COpenSSL

/// SHA-256 (FIPS 180-4) by libcrypto.
package enum SHA256 {
  /// How many bytes a digest has.
  package static let digestCount = 32

  /// The 32 bytes of the digest.
  ///
  /// `SHA256()` in one shot: an `EVP` digest looks its provider up at each use, which costs more than a short message.
  package static func digest(of bytes: Span<UInt8>) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: digestCount) { digest, count in
      unsafe bytes.withUnsafeBufferPointer { message in
        _ = unsafe COpenSSL.SHA256(message.baseAddress, message.count, digest.baseAddress)
      }
      count = digestCount
    }
  }

  /// The 32 bytes of the digest.
  package static func digest(of bytes: [UInt8]) -> [UInt8] {
    digest(of: bytes.span)
  }

  /// The 32 bytes of the digest of the text's UTF-8.
  package static func digest(of text: String) -> [UInt8] {
    digest(of: text.utf8.span)
  }
}
