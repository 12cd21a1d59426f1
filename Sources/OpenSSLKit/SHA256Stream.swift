import COpenSSL

/// SHA-256 of a message that comes in pieces.
@safe package struct SHA256Stream: ~Copyable {
  private let context: OpaquePointer

  /// The digest of an empty message. Stops the process if libcrypto has no memory.
  package init() {
    guard let context = unsafe EVP_MD_CTX_new(), unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      fatalError("libcrypto cannot compute SHA-256")
    }
    unsafe self.context = context
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Adds a piece.
  package mutating func update(_ bytes: [UInt8]) {
    guard unsafe EVP_DigestUpdate(context, bytes, bytes.count) == 1 else {
      fatalError("libcrypto cannot compute SHA-256")
    }
  }

  /// Returns the 32 bytes of the digest of all pieces.
  package consuming func digest() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: SHA256.digestCount)
    guard unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
      fatalError("libcrypto cannot compute SHA-256")
    }
    return digest
  }
}
