import JSON
import System
import Text

/// The address that the server listens on: `HOST:PORT`, with an IPv6 address in brackets.
struct ListenAddress: Equatable, Sendable {
  let host: String
  let port: UInt16

  /// True if only this machine can connect.
  var isLoopback: Bool {
    host == "localhost" || Self.loopback.contains { $0.contains(host) }
  }

  private static let loopback = ["127.0.0.0/8", "::1"].compactMap(AddressBlock.init)

  /// The address for a URL or a message.
  var text: String { (host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host) + ":\(port)" }
}

extension ListenAddress: SettingValue {
  static let form = "HOST:PORT"

  init(text: String) throws(SettingError) {
    guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
      throw SettingError("must be HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080")
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw SettingError("must have an IPv6 address in brackets, such as [::1]:8080")
    }
    guard !host.isEmpty else { throw SettingError("must name an address before the port, such as 127.0.0.1:8080") }
    self.init(host: String(host), port: port)
  }

  private static func port(_ digits: Substring) -> UInt16? {
    ASCII.number(digits.utf8)
  }
}
