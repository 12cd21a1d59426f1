/// The time that a client may take, in milliseconds. No deadline is put off by a byte now and then.
package struct HTTPDeadlines: Sendable {
  /// From a head's first byte to its end; past it `408`. A head is one packet for any honest
  /// client.
  package var head = 10_000
  /// From a head's end to the end of the content, whatever the rate; past it `408`.
  package var body = 60_000
  /// The period, in milliseconds, of the rate check of a body or of a reader: in each at least
  /// `minimumRate` bytes must have moved.
  package var ratePeriod = 10_000
  /// The least rate of a client that sends a body or reads an answer, in bytes a second. 500 is
  /// what Apache's mod_reqtimeout asks for: far below the slowest of real lines.
  package var minimumRate = 500
  /// Without a request in progress; the connection is closed without an answer. Longer than the
  /// keep-alive of the common reverse proxies' upstream pools would be better for them, shorter is
  /// better for memory; 60 s is nginx's default.
  package var idle = 60_000
  /// From the last answer to the close, while what the client still sends is discarded.
  package var lingering = 5_000
  /// The same, after a response that says that the server has no room. Short, because these
  /// connections hold places.
  package var rejected = 500
  /// From `HTTPServer.drain()` until a connection that has not sent a request is closed: its first
  /// may be on its way.
  package var firstRequestWhileDraining = 2_000
  /// From `HTTPServer.drain()` until what is still open is cut. Below the 10 s that container
  /// managers grant.
  package var drain = 8_000

  /// The defaults.
  package init() {}
}
