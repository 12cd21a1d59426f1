import System
import Text

/// The name that a proxy gives to the sender of a request: the `node` of RFC 7239 section 6, and an
/// element of `X-Forwarded-For`, which some proxies write with a port.
enum ForwardedNode {
  /// Returns the IP address without brackets and port. IPv6 may lack the brackets, as in
  /// `X-Forwarded-For`. Returns nil for `unknown`, an obfuscated identifier such as `_gateway`, and
  /// any other text.
  static func address(of node: String) -> String? {
    if AddressBlock.bytes(node) != nil { return node }
    let isBracketed = node.hasPrefix("[")
    let text = isBracketed ? node.dropFirst() : node[...]
    guard let end = text.firstIndex(of: isBracketed ? "]" : ":") else { return nil }
    let host = String(text[..<end])
    let port = isBracketed ? text[end...].dropFirst() : text[end...]
    guard port.isEmpty || isPort(port), host.contains(":") == isBracketed, AddressBlock.bytes(host) != nil else {
      return nil
    }
    return host
  }

  /// Returns true for a colon and a `node-port`: up to five digits, or an obfuscated one.
  private static func isPort(_ text: Substring) -> Bool {
    let port = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: ":"), let first = port.first else { return false }
    guard first == UInt8(ascii: "_") else { return port.count <= 5 && port.allSatisfy(ASCII.isDigit) }
    return port.count > 1 && port.allSatisfy { ASCII.isLetterOrDigit($0) || "._-".utf8.contains($0) }
  }
}
