import COpenSSL

/// SHA-256 (FIPS 180-4) by libcrypto.
package enum SHA256 {
  /// The number of bytes of a digest.
  package static let digestCount = 32

  /// The algorithm, looked up once: `EVP_sha256()` makes libcrypto's providers look for it at each
  /// use, which costs twice as much as a short message (crypto(7), "Explicit fetching"). The object
  /// never changes, and any thread may use it.
  private nonisolated(unsafe) static let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil)

  /// Returns the 32 bytes of the digest. Stops the process if libcrypto fails: the memory would
  /// hold an earlier digest, such as that of another caller's token.
  package static func digest(of bytes: Span<UInt8>) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: digestCount) { digest, count in
      var written: UInt32 = 0
      let result = unsafe bytes.withUnsafeBufferPointer { message in
        unsafe EVP_Digest(
          message.baseAddress, message.count, digest.baseAddress, &written, algorithm ?? EVP_sha256(), nil)
      }
      guard result == 1, written == digestCount else { fatalError("libcrypto cannot compute SHA-256") }
      count = digestCount
    }
  }

  /// Returns the 32 bytes of the digest.
  package static func digest(of bytes: [UInt8]) -> [UInt8] {
    digest(of: bytes.span)
  }

  /// Returns the 32 bytes of the digest of the text's UTF-8.
  package static func digest(of text: String) -> [UInt8] {
    digest(of: text.utf8.span)
  }
}
