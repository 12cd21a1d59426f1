import CLinux
import Glibc

/// Addresses between the kernel's form and text.
enum SocketAddress {
  /// Returns the other end. An address family other than IPv4 and IPv6 has none.
  static func peer(_ storage: sockaddr_storage) -> HTTPConnectionInfo {
    switch Int32(storage.ss_family) {
    case AF_INET:
      let address = prefix(of: storage, as: sockaddr_in.self)
      return HTTPConnectionInfo(peerAddress: text(address.sin_addr), peerPort: UInt16(bigEndian: address.sin_port))
    case AF_INET6:
      let address = prefix(of: storage, as: sockaddr_in6.self)
      return HTTPConnectionInfo(peerAddress: text(address.sin6_addr), peerPort: UInt16(bigEndian: address.sin6_port))
    // The kernel lets only local processes connect to a Unix socket.
    case AF_UNIX: return HTTPConnectionInfo(peerAddress: "127.0.0.1", peerPort: 0)
    default: return HTTPConnectionInfo(peerAddress: "", peerPort: 0)
    }
  }

  /// Returns the text of an address's 4 or 16 bytes.
  static func text(_ bytes: [UInt8]) -> String {
    if bytes.count == 4 {
      var address = in_addr()
      unsafe withUnsafeMutableBytes(of: &address) { unsafe $0.copyBytes(from: bytes) }
      return text(address)
    }
    var address = in6_addr()
    unsafe withUnsafeMutableBytes(of: &address) { unsafe $0.copyBytes(from: bytes.prefix(16)) }
    return text(address)
  }

  /// The port that a socket is bound to.
  static func localPort(of descriptor: Int32) -> UInt16 {
    name(of: descriptor).map { peer($0).peerPort } ?? 0
  }

  /// The address that a socket is bound to; nil if it is of another family.
  static func bound(_ descriptor: Int32) -> HTTPAddress? {
    guard let storage = name(of: descriptor) else { return nil }
    switch Int32(storage.ss_family) {
    case AF_INET, AF_INET6:
      let own = peer(storage)
      return .network(host: own.peerAddress, port: own.peerPort)
    case AF_UNIX:
      let path = unsafe withUnsafeBytes(of: prefix(of: storage, as: sockaddr_un.self).sun_path) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      return .local(path: path, mode: 0)
    default: return nil
    }
  }

  private static func name(of descriptor: Int32) -> sockaddr_storage? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let status = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(descriptor, $0, &length) }
    }
    return status == 0 ? storage : nil
  }

  private static func text(_ address: in_addr) -> String {
    unsafe withUnsafeBytes(of: address.s_addr) { octets in
      unsafe "\(octets[0]).\(octets[1]).\(octets[2]).\(octets[3])"
    }
  }

  /// RFC 4291 section 2.5.5.2: the last four octets of `::ffff:0:0/96` are an IPv4 address.
  private static func text(_ address: in6_addr) -> String {
    unsafe withUnsafeBytes(of: address) { octets in
      if unsafe octets[0..<10].allSatisfy({ $0 == 0 }) && octets[10] == 0xFF && octets[11] == 0xFF {
        return unsafe "\(octets[12]).\(octets[13]).\(octets[14]).\(octets[15])"
      }
      var characters = [UInt8](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      unsafe characters.withUnsafeMutableBytes { text in
        _ = unsafe inet_ntop(
          AF_INET6, octets.baseAddress, text.baseAddress?.assumingMemoryBound(to: CChar.self), socklen_t(text.count))
      }
      return String(decoding: characters.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func prefix<Address>(of storage: sockaddr_storage, as type: Address.Type) -> Address {
    unsafe withUnsafeBytes(of: storage) { unsafe $0.loadUnaligned(as: type) }
  }
}

extension SocketAddress {
  /// An address to bind to.
  struct Numeric {
    /// `AF_INET`, `AF_INET6` or `AF_UNIX`.
    let family: Int32
    fileprivate let storage: sockaddr_storage
    fileprivate let length: socklen_t

    /// bind(2).
    func bind(_ descriptor: Int32) -> Int32 {
      unsafe withUnsafePointer(to: storage) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe Glibc.bind(descriptor, $0, length) }
      }
    }

    /// connect(2).
    func connect(_ descriptor: Int32) -> Int32 {
      unsafe withUnsafePointer(to: storage) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe Glibc.connect(descriptor, $0, length)
        }
      }
    }
  }

  /// The address that a host's text says: numeric, so that no name service is asked; `localhost` is
  /// 127.0.0.1 (RFC 6761 section 6.3).
  static func numeric(host: String, port: UInt16) throws(HTTPServerError) -> Numeric {
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let text = host == "localhost" ? "127.0.0.1" : unbracketed(host)
    guard unsafe getaddrinfo(text, String(port), &hints, &list) == 0, let info = unsafe list else {
      throw .hostNotNumeric(host)
    }
    defer { unsafe freeaddrinfo(list) }
    var storage = sockaddr_storage()
    unsafe withUnsafeMutableBytes(of: &storage) { bytes in
      unsafe bytes.copyMemory(
        from: UnsafeRawBufferPointer(start: info.pointee.ai_addr, count: Int(info.pointee.ai_addrlen)))
    }
    return unsafe Numeric(family: info.pointee.ai_family, storage: storage, length: info.pointee.ai_addrlen)
  }

  /// The address of a Unix socket at a path; nil if the path has not 1 to 107 bytes (unix(7)).
  static func local(path: String) -> Numeric? {
    var address = sockaddr_un()
    let bytes = Array(path.utf8)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard !bytes.isEmpty, bytes.count < capacity else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    var storage = sockaddr_storage()
    unsafe withUnsafeMutableBytes(of: &storage) { target in
      unsafe withUnsafeBytes(of: address) { unsafe target.copyMemory(from: $0) }
    }
    return Numeric(family: AF_UNIX, storage: storage, length: socklen_t(MemoryLayout<sockaddr_un>.size))
  }

  private static func unbracketed(_ host: String) -> String {
    host.utf8.first == UInt8(ascii: "[") && host.utf8.last == UInt8(ascii: "]")
      ? String(host.dropFirst().dropLast()) : host
  }
}

extension HTTPAddress {
  /// The address that an inherited socket is bound to; any other address is itself.
  package var bound: HTTPAddress {
    if case .inherited(let number) = self { SocketAddress.bound(number) ?? self } else { self }
  }
}
