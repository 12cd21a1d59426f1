/// What a database is opened for.
package enum StorePurpose: Sendable {
  /// To serve: the one process that holds the lock for life, and checks the whole file first.
  case server
  /// For one command, which may run beside a server.
  case command
}
