package import System

/// The reverse proxies that name the client of a request, and the header in which they do.
package struct TrustedProxies: Sendable {
  /// The header in which a proxy names the client.
  package enum Header: String, CaseIterable, Sendable {
    /// A list of addresses. No standard defines it.
    case xForwardedFor = "X-Forwarded-For"
    /// The `for` parameters of RFC 7239.
    case forwarded = "Forwarded"
  }

  /// The addresses of the proxies; empty if there are none.
  package var addresses: [AddressBlock] = []
  /// The only header that is read. A proxy that sets one header passes on the other as the client
  /// sent it, so a second one would let clients choose their address.
  package var header = Header.xForwardedFor

  /// No proxies.
  package init() {}

  /// Returns true if the address is that of a proxy.
  func contains(_ address: String) -> Bool { addresses.contains { $0.contains(address) } }
}
