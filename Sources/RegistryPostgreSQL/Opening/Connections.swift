import PostgreSQLKit

/// Opens the connections of a store, with the server's own limits for each purpose.
struct Connections: Sendable {
  /// The milliseconds that a writer waits for the lock of all writers. The transaction of another
  /// instance takes a tenth of a second; a lost one ends within `idleMilliseconds`.
  private static let lockMilliseconds = 5_000
  /// The milliseconds after which the server ends a transaction whose instance sends nothing: an
  /// instance that is stopped or cut off must not hold the lock of all writers.
  private static let idleMilliseconds = 4_000
  /// The milliseconds that a statement of a reader may take.
  private static let readMilliseconds = 20_000
  /// The milliseconds that a writer waits for an answer, its wait for the lock and for a
  /// synchronous standby included.
  private static let writeMilliseconds = 10_000

  /// The milliseconds that a statement of a reader may take on a standby. They are few, because the
  /// primary answers the read after them.
  private static let standbyMilliseconds = 4_000
  /// The seconds in which a standby must accept a connection: the minimum of libpq.
  private static let standbyConnectSeconds = 2

  /// The milliseconds that a statement of a copy may take: it can read a table of many rows.
  private static let copyMilliseconds = 3_600_000

  let address: PostgreSQLAddress

  /// Opens a connection for the writer. Its statements have no limit on the server: one that ended
  /// a COMMIT which waits for a synchronous standby would acknowledge it without the standby
  /// (https://www.postgresql.org/docs/15/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT).
  func writer() throws(PostgreSQLError) -> PostgreSQLConnection {
    let connection = try open("icc-registry writer", milliseconds: Self.writeMilliseconds)
    try connection.run(
      script: """
        SET statement_timeout = 0; SET lock_timeout = \(Self.lockMilliseconds);
        SET idle_in_transaction_session_timeout = \(Self.idleMilliseconds)
        """)
    try connection.run(
      "SELECT set_config('synchronous_commit', 'on', FALSE) WHERE current_setting('synchronous_commit') = 'off'")
    return connection
  }

  /// Opens a connection for a reader.
  func reader() throws(PostgreSQLError) -> PostgreSQLConnection {
    try limited(open("icc-registry reader", milliseconds: Self.readMilliseconds))
  }

  /// Returns the identifier of the cluster, whether the server is its primary or a standby.
  func clusterIdentifier() throws(PostgreSQLError) -> String? {
    try openBriefly(servers: "any").systemIdentifier()
  }

  /// Opens a connection for a reader to a standby of the cluster with this system identifier.
  func standbyReader(of cluster: String) throws(PostgreSQLError) -> PostgreSQLConnection {
    let connection = try limited(openBriefly(servers: "standby"))
    guard try connection.systemIdentifier() == cluster else { throw .anotherCluster }
    return connection
  }

  private func openBriefly(servers: String) throws(PostgreSQLError) -> PostgreSQLConnection {
    try open("icc-registry standby reader", milliseconds: Self.standbyMilliseconds) { options in
      options.servers = servers
      options.connectSeconds = Self.standbyConnectSeconds
    }
  }

  /// Sets a limit below the connection's own, so that the server ends a statement and the
  /// connection stays.
  private func limited(_ connection: PostgreSQLConnection) throws(PostgreSQLError) -> PostgreSQLConnection {
    try connection.run(script: "SET statement_timeout = \(connection.statementMilliseconds - 1_000)")
    return connection
  }

  /// Opens a connection for a copy, whose one transaction takes as long as it takes.
  func copy() throws(PostgreSQLError) -> PostgreSQLConnection {
    let connection = try open("icc-registry copy", milliseconds: Self.copyMilliseconds)
    try connection.run(
      script: """
        SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = \(Self.lockMilliseconds)
        """)
    return connection
  }

  private func open(
    _ name: String, milliseconds: Int, _ change: (inout PostgreSQLConnection.Options) -> Void = { _ in }
  ) throws(PostgreSQLError) -> PostgreSQLConnection {
    var options = PostgreSQLConnection.Options()
    change(&options)
    options.name = name
    options.statementMilliseconds = milliseconds
    let connection = try PostgreSQLConnection(address, options)
    // A statement whose client has gone ends, and does not go on to hold a lock or a connection.
    try connection.run(script: "SET client_connection_check_interval = 1000")
    return connection
  }
}
