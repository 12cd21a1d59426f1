import Glibc

/// A block of IP addresses in CIDR notation (RFC 4632, RFC 4291), such as a trusted proxy.
package struct AddressBlock: Hashable, Sendable {
  private let network: [UInt8]
  private let prefixLength: Int

  /// `192.0.2.7`, `10.0.0.0/8`, `::1`, `fd00::/8`; nil for any other text.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let network = Self.bytes(String(first)) else { return nil }
    let bits = network.count * 8
    guard let length = parts.count == 2 ? Int(parts[1]) : bits, (0...bits).contains(length) else { return nil }
    self.network = network
    prefixLength = length
  }

  /// True if the block contains the address. An IPv4-mapped IPv6 address counts as the IPv4
  /// address.
  package func contains(_ address: String) -> Bool {
    guard let bytes = Self.bytes(address), bytes.count == network.count else { return false }
    return (0..<prefixLength).allSatisfy { bit in
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      return bytes[bit / 8] & mask == network[bit / 8] & mask
    }
  }

  /// Returns the 4 or 16 bytes of an address; nil for any other text.
  static func bytes(_ text: String) -> [UInt8]? {
    var four = in_addr()
    if unsafe inet_pton(AF_INET, text, &four) == 1 {
      return unsafe withUnsafeBytes(of: &four) { unsafe Array($0) }
    }
    var sixteen = in6_addr()
    guard unsafe inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
    let bytes = unsafe withUnsafeBytes(of: &sixteen) { unsafe Array($0) }
    let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    return isMapped ? Array(bytes.suffix(4)) : bytes
  }
}
