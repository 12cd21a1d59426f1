import HTTPWire

/// The address that a request came from.
enum ClientAddress {
  /// The peer of the connection; behind configured proxies, the last address of `X-Forwarded-For` that is none of theirs.
  /// What stands further to the left is the client's own invention, and is not believed.
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
