import HTTPWire

/// The rules by which a client's certificate counts as its token.
enum CertificateToken {
  /// Headers that browsers add to requests which a page of another origin can make them send. A
  /// browser shows a certificate with these too, unlike a token: so they would act for the user
  /// (cross-site request forgery).
  private static let browserHeaders = ["Origin", "Sec-Fetch-Site"]

  /// Returns true if the certificate of `peer` counts for a request: not with a credential of its
  /// own, not in a browser, and not if the peer is one of the proxies, whose certificate is not the
  /// client's.
  static func counts(for headers: HTTPHeaders, from peer: String, trusting proxies: TrustedProxies) -> Bool {
    !headers.contains("Authorization") && !browserHeaders.contains(where: headers.contains)
      && !proxies.contains(peer)
  }
}
