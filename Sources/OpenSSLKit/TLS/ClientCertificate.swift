import COpenSSL
import Text

/// The certificate that a client showed, and proved to have the key of.
package struct ClientCertificate: Equatable, Sendable {
  /// More than any organisation's names need; a log line has one for each request.
  private static let maximumLength = 256

  /// The subject as text without control characters (RFC 4514), at most 256 characters.
  package let subject: String
  /// The 64 lowercase hexadecimal digits of the SHA-256 of the certificate in DER; nil if the
  /// certificate has expired. A resumed session can have an expired one: OpenSSL checks the dates
  /// in full handshakes only.
  package let fingerprint: String?

  /// Reads the certificate and releases it; nil without a certificate.
  init?(_ certificate: OpaquePointer?) {
    guard let certificate = unsafe certificate else { return nil }
    defer { unsafe X509_free(certificate) }
    subject = unsafe Self.subject(of: certificate)
    fingerprint = unsafe Self.fingerprint(of: certificate)
  }

  private static func subject(of certificate: OpaquePointer) -> String {
    guard let memory = unsafe BIO_new(BIO_s_mem()) else { return "" }
    defer { unsafe BIO_free(memory) }
    unsafe X509_NAME_print_ex(memory, X509_get_subject_name(certificate), 0, COPENSSL_XN_FLAG_RFC2253)
    var bytes = [UInt8](repeating: 0, count: maximumLength)
    let count = unsafe BIO_read(memory, &bytes, Int32(bytes.count))
    return String(decoding: bytes.prefix(max(Int(count), 0)), as: UTF8.self)
  }

  private static func fingerprint(of certificate: OpaquePointer) -> String? {
    // 1 if the time is later than now, 0 if it cannot be read.
    guard unsafe X509_cmp_current_time(X509_get0_notAfter(certificate)) == 1 else { return nil }
    var digest = [UInt8](repeating: 0, count: SHA256.digestCount)
    guard unsafe X509_digest(certificate, EVP_sha256(), &digest, nil) == 1 else { return nil }
    return Hexadecimal.text(digest)
  }
}
