import Glibc

/// The addresses that limits count together, since one client can have all of them.
package enum NetworkBlock {
  /// Returns an IPv4 address itself, and the first 64 bits of an IPv6 address: a client has a whole
  /// /64 (RFC 6177). An IPv4-mapped address is the IPv4 address (RFC 4291 section 2.5.5.2).
  package static func name(of address: String) -> String {
    var parsed = in6_addr()
    guard unsafe inet_pton(AF_INET6, address, &parsed) == 1 else { return address }
    let bytes = unsafe withUnsafeBytes(of: parsed) { unsafe Array($0) }
    if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
      return bytes.suffix(4).map { String($0) }.joined(separator: ".")
    }
    let groups = stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
    return groups.joined(separator: ":") + "::/64"
  }
}
