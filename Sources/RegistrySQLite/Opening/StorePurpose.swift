/// The purpose for which a database is opened.
package enum StorePurpose: Sendable {
  /// A server: the one process that holds the lock until it exits, and checks the whole file first.
  case server
  /// A command, which may run while a server has the database open.
  case command
}
