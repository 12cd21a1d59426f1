import COpenSSL

/// HMAC with SHA-256 (RFC 2104) by libcrypto.
package enum HMACSHA256 {
  /// Returns the 32 bytes of the code of the message. Stops the process if libcrypto fails, as
  /// `SHA256.digest(of:)` does.
  package static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: SHA256.digestCount) { code, count in
      var written: UInt32 = 0
      let result = unsafe key.withUnsafeBufferPointer { key in
        unsafe message.withUnsafeBufferPointer { message in
          unsafe HMAC(
            EVP_sha256(), key.baseAddress, CInt(clamping: key.count), message.baseAddress, message.count,
            code.baseAddress, &written)
        }
      }
      guard unsafe result != nil, written == SHA256.digestCount else { fatalError("libcrypto cannot compute HMAC") }
      count = SHA256.digestCount
    }
  }
}
