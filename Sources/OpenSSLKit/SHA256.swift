import COpenSSL

/// SHA-256 (FIPS 180-4) by libcrypto.
package enum SHA256 {
  /// How many bytes a digest has.
  package static let digestCount = 32

  /// Looked up once: `SHA256()` asks libcrypto's providers for it at each use, which costs twice what a short message does
  /// (crypto(7), "Explicit fetching"). The object is never changed and may be used by any thread.
  private nonisolated(unsafe) static let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil)

  /// The 32 bytes of the digest.
  package static func digest(of bytes: Span<UInt8>) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: digestCount) { digest, count in
      unsafe bytes.withUnsafeBufferPointer { message in
        _ = unsafe EVP_Digest(
          message.baseAddress, message.count, digest.baseAddress, nil, algorithm ?? EVP_sha256(), nil)
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
