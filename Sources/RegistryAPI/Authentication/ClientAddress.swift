import HTTPWire
import System

/// The address of the client that sent a request.
enum ClientAddress {
  /// Returns the peer of the connection. If the peer is a trusted proxy, returns the last address
  /// in `X-Forwarded-For` that is not a trusted proxy; addresses to the left of it are not
  /// trustworthy, since the client can send any.
  static func resolve(peer: String, _ headers: HTTPHeaders, trusting proxies: [AddressBlock]) -> String {
    guard !proxies.isEmpty else { return peer }
    var address = peer
    var hops = headers.all("X-Forwarded-For").flatMap { $0.split(separator: ",") }[...]
    while proxies.contains(where: { $0.contains(address) }), let hop = hops.popLast() {
      let next = String(hop.trimmingSpace())
      guard AddressBlock.bytes(next) != nil else { break }
      address = next
    }
    return address
  }
}
