/// A request method: a token, compared with case (RFC 9110 section 9.1).
package struct HTTPMethod: Hashable, Sendable, CustomStringConvertible {
  /// The method as it is written in the request line.
  package let name: String

  /// A method of the given name; the parser makes sure that it is a token.
  package init(name: String) {
    self.name = name
  }

  /// The method that the bytes of a token spell.
  init(_ bytes: Span<UInt8>) {
    let isGet = bytes.count == 3 && bytes[0] == 0x47 && bytes[1] == 0x45 && bytes[2] == 0x54
    self.init(name: isGet ? "GET" : String(bytes))
  }

  /// The name itself.
  package var description: String { name }

  /// RFC 9110 section 9.3.1.
  package static let get = HTTPMethod(name: "GET")
  /// RFC 9110 section 9.3.2.
  package static let head = HTTPMethod(name: "HEAD")
  /// RFC 9110 section 9.3.3.
  package static let post = HTTPMethod(name: "POST")
  /// RFC 9110 section 9.3.4.
  package static let put = HTTPMethod(name: "PUT")
  /// RFC 9110 section 9.3.5.
  package static let delete = HTTPMethod(name: "DELETE")
  /// RFC 9110 section 9.3.6.
  package static let connect = HTTPMethod(name: "CONNECT")
  /// RFC 9110 section 9.3.7.
  package static let options = HTTPMethod(name: "OPTIONS")
  /// RFC 9110 section 9.3.8.
  package static let trace = HTTPMethod(name: "TRACE")
  /// RFC 5789.
  package static let patch = HTTPMethod(name: "PATCH")
}
