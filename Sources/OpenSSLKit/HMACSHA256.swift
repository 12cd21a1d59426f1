import COpenSSL

/// HMAC with SHA-256 (RFC 2104) by libcrypto.
package enum HMACSHA256 {
  /// The 32 bytes of the code over the message.
  package static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: SHA256.digestCount) { code, count in
      unsafe key.withUnsafeBufferPointer { key in
        unsafe message.withUnsafeBufferPointer { message in
          _ = unsafe HMAC(
            EVP_sha256(), key.baseAddress, CInt(clamping: key.count), message.baseAddress, message.count,
            code.baseAddress, nil)
        }
      }
      count = SHA256.digestCount
    }
  }
}
