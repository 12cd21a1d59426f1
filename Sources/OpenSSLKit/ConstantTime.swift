import COpenSSL

/// Returns true if the two are equal, in a time that depends on their lengths alone
/// (`CRYPTO_memcmp(3)`).
package func constantTimeEquals(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Bool {
  guard first.count == second.count else { return false }
  return unsafe first.withUnsafeBytes { first in
    unsafe second.withUnsafeBytes { second in
      unsafe first.isEmpty || CRYPTO_memcmp(first.baseAddress, second.baseAddress, first.count) == 0
    }
  }
}
