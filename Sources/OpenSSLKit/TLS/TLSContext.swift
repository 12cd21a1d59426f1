import COpenSSL
import Glibc

/// The certificate, the key and the rules of a TLS server: TLS 1.2 with forward secrecy and
/// authenticated encryption, and TLS 1.3.
///
/// Sessions are resumed by tickets, under keys of this context alone. A new context therefore never
/// resumes a session that another certificate or client authority admitted.
///
/// `Sendable` without the compiler's check: OpenSSL locks what connections share of a context, and
/// nothing changes it after `init`.
@safe package final class TLSContext: @unchecked Sendable {
  /// The files of a server, in PEM.
  package struct Files: Equatable, Sendable {
    /// The server's certificate, then those of its intermediate authorities.
    package let certificate: String
    /// The certificate's private key, without a passphrase.
    package let key: String
    /// The authorities of client certificates; nil asks clients for none.
    package let clientAuthorities: String?
    /// True if a client must have a certificate.
    package let requiresClientCertificate: Bool

    /// The files at these paths.
    package init(
      certificate: String, key: String, clientAuthorities: String? = nil, requiresClientCertificate: Bool = false
    ) {
      self.certificate = certificate
      self.key = key
      self.clientAuthorities = clientAuthorities
      self.requiresClientCertificate = requiresClientCertificate
    }
  }

  /// RFC 9325 section 4.2: ephemeral Diffie-Hellman and AEAD only. TLS 1.3 has no others.
  private static let suites = [
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
  ].joined(separator: ":")
  /// 112 bits: RSA keys of 2,048 bits, no SHA-1 signatures.
  private static let securityLevel: Int32 = 2

  let handle: OpaquePointer

  /// A context with the files. `now` is in seconds since 1970.
  package init(_ files: Files, now: Int) throws(TLSError) {
    ERR_clear_error()
    guard let context = unsafe SSL_CTX_new(TLS_server_method()) else { throw .library(reason: TLSError.takeReason()) }
    unsafe handle = context
    try setRules()
    try load(files)
    let (start, end) = validity
    if now < start { throw .notYetValid(start) }
    if now >= end { throw .expired(end) }
  }

  deinit {
    unsafe SSL_CTX_free(handle)
  }

  /// The time at which the server's certificate ends, in seconds since 1970.
  package var certificateEnd: Int { validity.end }

  /// The first and the last second of the server's certificate.
  private var validity: (start: Int, end: Int) {
    let certificate = unsafe SSL_CTX_get0_certificate(handle)
    return unsafe (Self.seconds(X509_get0_notBefore(certificate)), Self.seconds(X509_get0_notAfter(certificate)))
  }

  private func setRules() throws(TLSError) {
    let options =
      COPENSSL_OP_NO_RENEGOTIATION | COPENSSL_OP_NO_COMPRESSION | COPENSSL_OP_CIPHER_SERVER_PREFERENCE
      | COPENSSL_OP_PRIORITIZE_CHACHA
      // RFC 9112 section 9.8: a request has its own framing, so that an end without close_notify
      // cannot truncate it. Many clients end like this.
      | COPENSSL_OP_IGNORE_UNEXPECTED_EOF
    _ = unsafe SSL_CTX_set_options(handle, options)
    unsafe SSL_CTX_set_security_level(handle, Self.securityLevel)
    // A write may stop after any record and go on from another address; idle connections keep no
    // buffers.
    let modes = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS
    _ = unsafe SSL_CTX_ctrl(handle, SSL_CTRL_MODE, Int(modes), nil)
    // Tickets need no memory here.
    _ = unsafe SSL_CTX_ctrl(handle, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
    let name = Array("icc-registry".utf8)
    guard unsafe SSL_CTX_ctrl(handle, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil) == 1,
      unsafe SSL_CTX_set_cipher_list(handle, Self.suites) == 1,
      unsafe SSL_CTX_set_session_id_context(handle, name, UInt32(name.count)) == 1
    else { throw .library(reason: TLSError.takeReason()) }
    unsafe SSL_CTX_set_alpn_select_cb(
      handle,
      { _, chosen, count, offered, length, _ in
        unsafe ApplicationProtocol.choose(chosen, count, from: UnsafeBufferPointer(start: offered, count: Int(length)))
      }, nil)
  }

  private func load(_ files: Files) throws(TLSError) {
    guard unsafe SSL_CTX_use_certificate_chain_file(handle, files.certificate) == 1 else {
      throw .certificate(reason: TLSError.takeReason())
    }
    // Without a passphrase OpenSSL would ask for one on the terminal.
    unsafe SSL_CTX_set_default_passwd_cb(handle) { _, _, _, _ in 0 }
    guard unsafe SSL_CTX_use_PrivateKey_file(handle, files.key, SSL_FILETYPE_PEM) == 1 else {
      let code = ERR_GET_REASON(ERR_peek_error())
      let reason = TLSError.takeReason()
      throw [X509_R_KEY_VALUES_MISMATCH, X509_R_KEY_TYPE_MISMATCH].contains(code) ? .keyMismatch : .key(reason: reason)
    }
    guard unsafe SSL_CTX_check_private_key(handle) == 1 else {
      ERR_clear_error()
      throw .keyMismatch
    }
    try load(authorities: files.clientAuthorities, required: files.requiresClientCertificate)
  }

  private func load(authorities: String?, required: Bool) throws(TLSError) {
    guard let authorities else { return }
    guard unsafe SSL_CTX_load_verify_locations(handle, authorities, nil) == 1,
      let names = unsafe SSL_load_client_CA_file(authorities)
    else { throw .authorities(reason: TLSError.takeReason()) }
    unsafe SSL_CTX_set_client_CA_list(handle, names)
    unsafe SSL_CTX_set_verify(
      handle, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nil)
  }

  private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int {
    var parts = unsafe tm()
    guard unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
    return unsafe timegm(&parts)
  }
}
