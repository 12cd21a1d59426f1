import COpenSSL

/// The reason why the files of a TLS server cannot be used. A `reason` is OpenSSL's own short text.
package enum TLSError: Error, Equatable, Sendable {
  /// The file has no certificate in PEM that OpenSSL accepts.
  case certificate(reason: String)
  /// The file has no private key in PEM that OpenSSL accepts, or one with a passphrase.
  case key(reason: String)
  /// The key does not belong to the certificate.
  case keyMismatch
  /// The file has no certificates of client authorities.
  case authorities(reason: String)
  /// The certificate ended at this time, in seconds since 1970.
  case expired(Int)
  /// The certificate begins at this time, in seconds since 1970.
  case notYetValid(Int)
  /// OpenSSL cannot be set up.
  case library(reason: String)

  /// OpenSSL's text for the first error of this thread, which it removes with all others.
  static func takeReason() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    guard code != 0, let text = unsafe ERR_reason_error_string(code) else { return "unknown error" }
    return unsafe String(cString: text)
  }
}
