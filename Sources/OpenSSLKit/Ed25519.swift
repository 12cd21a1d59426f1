import COpenSSL

/// Ed25519 signatures (RFC 8032) by libcrypto.
package enum Ed25519 {
  /// The number of bytes of a signature.
  package static let signatureCount = 64

  /// A key that signs.
  package struct PrivateKey: Sendable {
    private let key: Ed25519Key

    /// The key in a PEM text, as `openssl genpkey -algorithm ed25519` writes it; nil for any other
    /// text, for another kind of key, and for an encrypted one.
    package init?(pem: [UInt8]) {
      guard let key = Ed25519Key(pem, isPrivate: true) else { return nil }
      self.key = key
    }

    /// Returns the 64 bytes of the message's signature; nil if libcrypto fails, such as without
    /// memory.
    package func signature(of message: [UInt8]) -> [UInt8]? {
      guard let context = unsafe EVP_MD_CTX_new() else { return nil }
      defer { unsafe EVP_MD_CTX_free(context) }
      guard unsafe EVP_DigestSignInit(context, nil, nil, nil, key.handle) == 1 else { return nil }
      var signature = [UInt8](repeating: 0, count: Ed25519.signatureCount)
      var count = signature.count
      guard unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1,
        count == Ed25519.signatureCount
      else { return nil }
      return signature
    }
  }

  /// A key that verifies.
  package struct PublicKey: Sendable {
    private let key: Ed25519Key

    /// The key in a PEM text, as `openssl pkey -pubout` writes it; nil for any other text, and for
    /// another kind of key.
    package init?(pem: [UInt8]) {
      guard let key = Ed25519Key(pem, isPrivate: false) else { return nil }
      self.key = key
    }

    /// Returns true if this is the message's signature by the key.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
      guard let context = unsafe EVP_MD_CTX_new() else { return false }
      defer { unsafe EVP_MD_CTX_free(context) }
      return unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key.handle) == 1
        && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
  }
}

/// The owner of a key.
///
/// `Sendable` without the compiler's check: libcrypto only reads a key that is used to sign or
/// verify, and its reference count is atomic.
@safe private final class Ed25519Key: @unchecked Sendable {
  let handle: OpaquePointer

  init?(_ pem: [UInt8], isPrivate: Bool) {
    guard let text = unsafe BIO_new_mem_buf(pem, Int32(clamping: pem.count)) else { return nil }
    defer { unsafe BIO_free(text) }
    // Without a passphrase libcrypto would ask for one on the terminal.
    var passphrase: CChar = 0
    let read = isPrivate ? unsafe PEM_read_bio_PrivateKey : unsafe PEM_read_bio_PUBKEY
    let key = unsafe read(text, nil, nil, &passphrase)
    // The reason of a failure stays in the thread's queue, and would be reported for a later call.
    ERR_clear_error()
    guard let key = unsafe key else { return nil }
    guard unsafe EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
      unsafe EVP_PKEY_free(key)
      return nil
    }
    unsafe handle = key
  }

  deinit {
    unsafe EVP_PKEY_free(handle)
  }
}
