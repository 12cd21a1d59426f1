import Glibc

/// A block of IP addresses in CIDR notation (RFC 4632, RFC 4291), such as a trusted proxy.
package struct AddressBlock: Hashable, Sendable, CustomStringConvertible {
  /// The first address of the block: 4 or 16 bytes.
  private let network: [UInt8]
  /// The number of bits that all addresses of the block have in common.
  private let prefixLength: Int

  /// `192.0.2.7`, `10.0.0.0/8`, `::1`, `fd00::/8`; nil for any other text. Bits after the prefix
  /// are cleared.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = Self.bytes(String(first)) else { return nil }
    let bits = address.count * 8
    // The prefix of an IPv4-mapped address counts the 96 bits before the IPv4 address.
    let skipped = bits == 32 && first.utf8.contains(0x3A) ? 96 : 0
    let length = (parts.count == 2 ? Self.number(parts[1]) : bits + skipped).map { $0 - skipped }
    guard let length, (0...bits).contains(length) else { return nil }
    network = address.indices.map { address[$0] & Self.mask(ofByte: $0, length) }
    prefixLength = length
  }

  /// True if the block contains the address. An IPv4-mapped IPv6 address counts as the IPv4
  /// address.
  package func contains(_ address: String) -> Bool {
    guard let bytes = Self.bytes(address) else { return false }
    return contains(bytes)
  }

  /// True if the block contains every address of the other one.
  package func contains(_ other: AddressBlock) -> Bool {
    other.prefixLength >= prefixLength && contains(other.network)
  }

  /// The canonical text: the address alone if the block has only one.
  package var description: String {
    let text = Self.text(network)
    return prefixLength == network.count * 8 ? text : "\(text)/\(prefixLength)"
  }

  private func contains(_ address: [UInt8]) -> Bool {
    address.count == network.count
      && address.indices.allSatisfy { address[$0] & Self.mask(ofByte: $0, prefixLength) == network[$0] }
  }

  /// Returns the bits of the byte at this index that are within a prefix.
  private static func mask(ofByte index: Int, _ prefixLength: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: 0xFF00 >> min(max(prefixLength - index * 8, 0), 8))
  }

  private static func number(_ text: Substring) -> Int? {
    (1...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  private static func text(_ address: [UInt8]) -> String {
    let family = address.count == 4 ? AF_INET : AF_INET6
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard unsafe inet_ntop(family, address, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Returns the 4 or 16 bytes of an address; nil for any other text. An IPv4-mapped address is the
  /// IPv4 address (RFC 4291 section 2.5.5.2).
  package static func bytes(_ text: String) -> [UInt8]? {
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
