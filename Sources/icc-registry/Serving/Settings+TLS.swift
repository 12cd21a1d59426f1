import HTTPServer
import OpenSSLKit
import System

extension Settings {
  /// The files for TLS; nil without a certificate. Throws if one of the settings lacks another.
  var tlsFiles: TLSContext.Files? {
    get throws(CommandFailure) {
      guard tlsCertificate != .none else {
        for (name, isSet) in [
          ("tlsKey", tlsKey != .none), ("tlsClientAuthorities", tlsClientAuthorities != .none),
          ("tlsClientCertificateRequired", tlsClientCertificateRequired),
          ("tlsClientTokens", !tlsClientTokens.tokens.isEmpty),
        ] where isSet {
          throw .usage("\(name) needs tlsCertificate: set both, or neither for plain HTTP")
        }
        return nil
      }
      guard tlsKey != .none else { throw .usage("tlsCertificate needs tlsKey, the file of its private key") }
      guard !tlsClientCertificateRequired || tlsClientAuthorities != .none else {
        throw .usage("tlsClientCertificateRequired needs tlsClientAuthorities, the file of the accepted authorities")
      }
      guard tlsClientTokens.tokens.isEmpty || tlsClientAuthorities != .none else {
        throw .usage("tlsClientTokens needs tlsClientAuthorities, the file of the accepted authorities")
      }
      return TLSContext.Files(
        certificate: tlsCertificate.text, key: tlsKey.text,
        clientAuthorities: tlsClientAuthorities == .none ? nil : tlsClientAuthorities.text,
        requiresClientCertificate: tlsClientCertificateRequired)
    }
  }

  /// Throws if tokens would cross a network unencrypted and `allowPlainHttp` does not allow it;
  /// where it does, the log says so.
  func checkExposure(_ addresses: [HTTPAddress], _ log: Log) throws(CommandFailure) {
    let exposed = addresses.map(\.bound).filter { !$0.isLoopback }
    guard tlsCertificate == .none, !exposed.isEmpty else { return }
    let text = exposed.map(\.text).joined(separator: ", ")
    guard allowPlainHttp else {
      throw .usage(
        "listen is \(text), which other machines can reach, and without TLS tokens would be unencrypted. Set "
          + "tlsCertificate and tlsKey, or listen on 127.0.0.1, or set allowPlainHttp to true if a proxy does TLS")
    }
    log.event(.warning, "plain-http") { line in
      line.field("listen", text)
      line.field("hint", "tokens are not encrypted on the way here; set tlsCertificate unless a proxy does TLS")
    }
  }
}
