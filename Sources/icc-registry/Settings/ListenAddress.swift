import HTTPServer
import JSON
import System
import Text

/// The addresses that the server listens on: one, or an array in the configuration file,
/// comma-separated elsewhere.
struct ListenAddresses: SettingValue {
  static let form = "ADDRESS,…"
  let all: [ListenAddress]

  init(_ all: [ListenAddress]) { self.all = all }

  init(text: String) throws(SettingError) {
    try self.init(checking: text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
  }

  init(json: JSONValue) throws(SettingError) {
    if let text = json.stringValue {
      try self.init(checking: [text])
    } else {
      try self.init(checking: [String](setting: json, form: "an address or an array of addresses"))
    }
  }

  private init(checking texts: [String]) throws(SettingError) {
    guard (1...16).contains(texts.count) else { throw SettingError("must have 1 to 16 addresses") }
    var all: [ListenAddress] = []
    for text in texts { all.append(try ListenAddress(text: text)) }
    self.init(all)
  }

  var json: JSONValue { all.count == 1 ? .string(text) : .array(all.map { .string($0.text) }) }
  var text: String { all.map(\.text).joined(separator: ",") }
}

/// An address that the server listens on: `HOST:PORT`, with an IPv6 address in brackets, or
/// `unix:PATH`.
enum ListenAddress: Equatable, Sendable {
  case network(host: String, port: UInt16)
  case local(path: String)

  private static let form = "must be HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080, or unix:/PATH"

  init(text: String) throws(SettingError) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      guard path.hasPrefix("/"), path.utf8.count < 108, !path.utf8.contains(0) else {
        throw SettingError("must have an absolute path of at most 107 bytes after unix:")
      }
      self = .local(path: path)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
      throw SettingError(Self.form)
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw SettingError("must have an IPv6 address in brackets, such as [::1]:8080")
    }
    guard !host.isEmpty else { throw SettingError("must name an address before the port, such as 127.0.0.1:8080") }
    self = .network(host: String(host), port: port)
  }

  /// The address for the server.
  func address(mode: UInt32) -> HTTPAddress {
    switch self {
    case .network(let host, let port): .network(host: host, port: port)
    case .local(let path): .local(path: path, mode: mode)
    }
  }

  /// The address as in the settings.
  var text: String { address(mode: 0).text }

  private static func port(_ digits: Substring) -> UInt16? {
    ASCII.number(digits.utf8)
  }
}

extension HTTPAddress {
  private static let loopback = ["127.0.0.0/8", "::1"].compactMap(AddressBlock.init)

  /// True if only this machine can connect.
  var isLoopback: Bool {
    switch self {
    case .network(let host, _): host == "localhost" || Self.loopback.contains { $0.contains(host) }
    case .local: true
    case .inherited: false
    }
  }

  /// The URL of the API there. A Unix socket has none: clients name it apart from the URL.
  func url(isEncrypted: Bool) -> String {
    if case .network = self { return (isEncrypted ? "https://" : "http://") + text }
    return text
  }
}

/// The permission bits of a Unix socket, as chmod(1) writes them.
struct SocketMode: SettingValue {
  static let form = "MODE"
  let bits: UInt32

  /// The owner and the group may connect.
  static let usual = SocketMode(bits: 0o660)

  private init(bits: UInt32) { self.bits = bits }

  init(text: String) throws(SettingError) {
    guard (3...4).contains(text.utf8.count), let bits = UInt32(text, radix: 8), bits <= 0o777 else {
      throw SettingError("must be three octal digits, such as 660")
    }
    self.bits = bits
  }

  var text: String { "0" + String(bits, radix: 8) }
}
