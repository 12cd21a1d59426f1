import COpenSSL

/// The certificate that a client showed.
enum ClientCertificate {
  /// More than any organisation's names need; a log line has one for each request.
  private static let maximumLength = 256

  /// Returns the subject as text without control characters (RFC 4514), and releases the
  /// certificate; nil without a certificate.
  static func subject(of certificate: OpaquePointer?) -> String? {
    guard let certificate = unsafe certificate else { return nil }
    defer { unsafe X509_free(certificate) }
    guard let memory = unsafe BIO_new(BIO_s_mem()) else { return nil }
    defer { unsafe BIO_free(memory) }
    unsafe X509_NAME_print_ex(memory, X509_get_subject_name(certificate), 0, COPENSSL_XN_FLAG_RFC2253)
    var bytes = [UInt8](repeating: 0, count: maximumLength)
    let count = unsafe BIO_read(memory, &bytes, Int32(bytes.count))
    return String(decoding: bytes.prefix(max(Int(count), 0)), as: UTF8.self)
  }
}
