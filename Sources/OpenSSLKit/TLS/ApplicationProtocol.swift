import COpenSSL

/// The choice of the protocol inside TLS (ALPN, RFC 7301).
enum ApplicationProtocol {
  private static let http = Array("http/1.1".utf8)

  /// Chooses `http/1.1` from a client's offers, each with its length in a byte before it. A client
  /// that offers only others gets an alert: its bytes would mean something else here.
  static func choose(
    _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: UnsafeMutablePointer<UInt8>?,
    from offers: UnsafeBufferPointer<UInt8>
  ) -> Int32 {
    var start = 0
    while start < offers.count {
      let length = Int(unsafe offers[start])
      let end = start + 1 + length
      guard end <= offers.count else { break }
      if unsafe offers[(start + 1)..<end].elementsEqual(http), let base = offers.baseAddress {
        unsafe chosen?.pointee = base + start + 1
        unsafe count?.pointee = UInt8(length)
        return SSL_TLSEXT_ERR_OK
      }
      start = end
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
  }
}
