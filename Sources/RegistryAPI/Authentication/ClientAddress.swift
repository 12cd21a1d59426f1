import HTTPWire

/// The address of the client that sent a request.
enum ClientAddress {
  /// Returns the peer of the connection. If the peer is a trusted proxy, returns the last address
  /// in the proxies' header that is not a trusted proxy; addresses to the left of it are not
  /// trustworthy, since the client can send any. If a trusted proxy names no address, returns the
  /// address of this proxy.
  static func resolve(peer: String, _ headers: HTTPHeaders, trusting proxies: TrustedProxies) -> String {
    guard proxies.contains(peer) else { return peer }
    var hops = ForwardedHops(headers, proxies.header)
    var address = peer
    repeat {
      guard let hop = hops.next() else { break }
      address = hop
    } while proxies.contains(address)
    return address
  }
}
