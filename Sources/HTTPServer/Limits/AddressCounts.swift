import Glibc
import System

/// The number of open connections per address, over all loops. An IPv6 client has a whole /64 (RFC
/// 6177), so that counts as one.
final class AddressCounts: Sendable {
  private let maximum: Int
  private let counts = Locked<[String: Int]>([:])

  init(maximum: Int) {
    self.maximum = maximum
  }

  /// Counts a connection, unless its address has the maximum already; then it returns false.
  func add(_ address: String) -> Bool {
    let block = Self.block(of: address)
    return counts.withLock { counts in
      let count = counts[block, default: 0]
      guard count < maximum else { return false }
      counts[block] = count + 1
      return true
    }
  }

  /// Removes a connection that was counted.
  func remove(_ address: String) {
    let block = Self.block(of: address)
    counts.withLock { counts in
      guard let count = counts[block] else { return }
      counts[block] = count > 1 ? count - 1 : nil
    }
  }

  /// The addresses that count together: an IPv4 address, or the first 64 bits of an IPv6 address.
  static func block(of address: String) -> String {
    var bytes = in6_addr()
    guard unsafe inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
    let groups = unsafe withUnsafeBytes(of: bytes) { bytes in
      stride(from: 0, to: 8, by: 2).map { unsafe String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
    }
    return groups.joined(separator: ":") + "::/64"
  }
}
