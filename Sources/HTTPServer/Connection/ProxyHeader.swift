/// The header of the PROXY protocol, version 2, with which a proxy says who its client is
/// (https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt, section 2.2). It is read byte for
/// byte, since what follows belongs to TLS or HTTP.
struct ProxyHeader {
  /// The state of the reading.
  enum State: Equatable {
    /// At most this number of bytes belong to the header next.
    case needs(Int)
    /// It is complete, and names the client.
    case client(address: String, port: UInt16)
    /// It is complete, and the proxy itself is the client: a health check, or a family that has no
    /// IP address.
    case proxyItself
    /// These bytes are not a header.
    case invalid
  }

  private static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
  private static let fixedLength = 16
  /// More than addresses and all registered TLVs need.
  private static let maxLength = 2048

  private var bytes: [UInt8] = []
  private(set) var state = State.needs(ProxyHeader.fixedLength)

  /// Takes the next bytes of the header: not more than `state` says.
  mutating func append(_ more: Span<UInt8>) {
    for index in more.indices { bytes.append(more[index]) }
    state = Self.state(of: bytes)
  }

  private static func state(of bytes: [UInt8]) -> State {
    let known = min(bytes.count, signature.count)
    guard bytes[..<known].elementsEqual(signature[..<known]) else { return .invalid }
    guard bytes.count >= fixedLength else { return .needs(fixedLength - bytes.count) }
    let length = Int(bytes[14]) << 8 | Int(bytes[15])
    guard bytes[12] >> 4 == 2, bytes[12] & 0xF <= 1, length <= maxLength else { return .invalid }
    let missing = fixedLength + length - bytes.count
    if missing > 0 { return .needs(missing) }
    return bytes[12] & 0xF == 0 ? .proxyItself : client(bytes[fixedLength...], family: bytes[13])
  }

  /// The source address and port come before and between those of the destination.
  private static func client(_ content: ArraySlice<UInt8>, family: UInt8) -> State {
    let size: Int
    switch family {
    case 0x11: size = 4
    case 0x21: size = 16
    // Unspecified, datagrams and Unix sockets.
    case 0x00, 0x12, 0x22, 0x31, 0x32: return .proxyItself
    default: return .invalid
    }
    guard content.count >= 2 * size + 4 else { return .invalid }
    let port = content.dropFirst(2 * size)
    return .client(
      address: SocketAddress.text(Array(content.prefix(size))),
      port: UInt16(port[port.startIndex]) << 8 | UInt16(port[port.startIndex + 1]))
  }
}
