package import System

/// The reason why the server could not start.
package enum HTTPServerError: Error, Equatable, Sendable {
  /// The host is neither a numeric address nor `localhost`.
  case hostNotNumeric(String)
  /// Another socket listens on this address and port.
  case addressInUse(HTTPAddress)
  /// The path is empty, or longer than the 107 bytes that the address of a Unix socket can have.
  case pathTooLong(String)
  /// The inherited descriptor is not a listening socket.
  case notListening(descriptor: Int32)
  /// A system call failed.
  case systemCall(SystemError)

  /// The result of `body`, whose failed system call becomes an error of this type.
  static func translating<Value: ~Copyable>(
    _ body: () throws(SystemError) -> Value
  ) throws(HTTPServerError) -> Value {
    do { return try body() } catch { throw .systemCall(error) }
  }
}
