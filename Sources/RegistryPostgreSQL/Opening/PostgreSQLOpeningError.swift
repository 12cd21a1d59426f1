package import PostgreSQLKit

/// The reason why a database cannot be opened. Its text says what to do.
package enum PostgreSQLOpeningError: Error, Sendable {
  /// The connection or a statement failed.
  case failed(PostgreSQLAddress, PostgreSQLError)
  /// The server is older than PostgreSQL 15.
  case tooOld(PostgreSQLAddress, version: Int)
  /// A pooler does not keep a session of the server for each connection.
  case pooledByTransaction(PostgreSQLAddress)
  /// The database does not store UTF-8.
  case notUTF8(PostgreSQLAddress, encoding: String)
  /// The database has a migration that this program does not know.
  case newer(PostgreSQLAddress, migration: String)
  /// A migration that was applied differs from this program's.
  case migrationEdited(PostgreSQLAddress, migration: String)
  /// The database has tables, and none of them is the registry's table of migrations.
  case notOurs(PostgreSQLAddress)
  /// A command, which does not create a database, found an empty one.
  case empty(PostgreSQLAddress)
  /// A standby for reads belongs to another cluster than the primary.
  case anotherCluster(PostgreSQLAddress)
  /// The database's user may not read the state of a standby.
  case stateNotReadable(PostgreSQLAddress)
}

extension PostgreSQLOpeningError: CustomStringConvertible {
  /// One or two sentences without a full stop at the end.
  package var description: String {
    switch self {
    case .failed(let address, let error): "cannot use \(address): \(error.message). \(Self.advice(error.state))"
    case .tooOld(let address, let version):
      "\(address) is PostgreSQL \(version / 10_000); the registry needs version 15 or later"
    case .pooledByTransaction(let address):
      "\(address) is a pooler that does not keep a session for each connection, such as PgBouncer with "
        + "pool_mode = transaction. Set pool_mode = session, or name the server itself"
    case .notUTF8(let address, let encoding):
      "\(address) stores texts as \(encoding). Create the database with `createdb --encoding=UTF8 --template=template0`"
    case .newer(let address, let migration):
      "\(address) has the migration \(migration), which this version does not know. Use the newer version of icc-registry"
    case .migrationEdited(let address, let migration):
      "\(address) was made with another text of the migration \(migration). Use the version that made it"
    case .notOurs(let address):
      "\(address) has tables of another program. Create an empty database for the registry"
    case .empty(let address):
      "\(address) is empty. Run `icc-registry migrate` or start the server first"
    case .anotherCluster(let address):
      "databaseReplica \(address) is not a standby of the server in `database`. Name one of its standbys"
    case .stateNotReadable(let address):
      "the user of \(address) must be able to read the state of standbys for databaseReplica. Run "
        + "`GRANT pg_monitor TO registry` with the user's name"
    }
  }

  private static func advice(_ state: PostgreSQLState) -> String {
    switch state {
    case .libraryMissing: "Install it: `apt-get install libpq5`"
    case .notAuthorised: "Check the user and the password file"
    case .databaseUnknown: "Create it: `createdb --encoding=UTF8 --template=template0 NAME`"
    case .notPermitted: "Make the user the owner of the database"
    case .readOnly: "Name the primary server, not a standby"
    default: "Check that the server runs, and that its `pg_hba.conf` accepts this user from this machine"
    }
  }
}
