/// The purpose for which a database is opened.
package enum StorePurpose: Sendable {
  /// A server: the one process that holds the lock until it exits, and checks the whole file first.
  case server
  /// A command, which may run while a server has the database open and creates no database.
  case command
  /// The command that creates the database or applies its migrations.
  case migration
}
