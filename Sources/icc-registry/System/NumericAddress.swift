import Glibc

/// IP addresses as text.
enum NumericAddress {
  /// Whether the text is an IPv4 or IPv6 address that inet_pton(3) reads.
  static func isValid(_ text: String) -> Bool {
    var address = in6_addr()
    let isVersion4 = unsafe inet_pton(AF_INET, text, &address) == 1
    let isVersion6 = unsafe inet_pton(AF_INET6, text, &address) == 1
    return isVersion4 || isVersion6
  }
}
