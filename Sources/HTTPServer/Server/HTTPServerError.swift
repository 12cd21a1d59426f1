/// Why the server could not start.
package enum HTTPServerError: Error, Equatable, Sendable {
  /// The host is neither a numeric address nor `localhost`.
  case hostNotNumeric(String)
  /// Another socket listens on the address and port.
  case addressInUse(host: String, port: UInt16)
  /// The kernel refused a call; the call's name and its `errno`.
  case systemCall(String, errno: Int32)
}
