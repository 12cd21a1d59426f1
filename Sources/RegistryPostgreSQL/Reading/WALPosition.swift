import PostgreSQLKit
import Registry

/// A position in the WAL of a primary: every commit that the primary has acknowledged or shown to
/// a reader lies before it.
struct WALPosition: Sendable {
  /// The position as PostgreSQL writes it, such as `0/15125E8`.
  let lsn: String
  /// The timeline as eight hexadecimal digits. The same position on another timeline is another
  /// history.
  let timeline: String
}

/// The state of a standby in comparison with a position of the primary.
struct StandbyPosition {
  /// True if the server is a standby that receives the timeline of the position.
  let isFollowing: Bool
  /// The bytes of the WAL up to the position that the standby has not replayed; 0 or less if it has
  /// replayed them all.
  let missingBytes: Int64
}

extension PostgreSQLReader {
  /// The milliseconds that a server has for the statements that come before a read.
  private static let checkMilliseconds = 1_000

  /// Returns the end of the primary's WAL. The commits that the registry acknowledges are flushed,
  /// and so are those that others can see
  /// (https://www.postgresql.org/docs/15/functions-admin.html section 9.27.3).
  func walPosition() throws(StoreError) -> WALPosition? {
    try first(
      "SELECT pg_current_wal_flush_lsn()::text, left(pg_walfile_name(pg_current_wal_flush_lsn()), 8)"
    ) { WALPosition(lsn: $0.text(0), timeline: $0.text(1)) }
  }

  /// Compares this standby with a position. The timeline that it receives is that of all it has
  /// replayed, because a standby cannot go back to a timeline that it has left.
  func standbyPosition(at position: WALPosition) throws(StoreError) -> StandbyPosition {
    try first(
      """
      SELECT pg_is_in_recovery() AND EXISTS (SELECT 1 FROM pg_stat_wal_receiver
        WHERE lpad(upper(to_hex(received_tli)), 8, '0') = \(position.timeline)),
        (\(position.lsn)::pg_lsn - coalesce(pg_last_wal_replay_lsn(), '0/0'))::bigint
      """
    ) { StandbyPosition(isFollowing: $0.integer(0) == 1, missingBytes: $0.integer(1)) }
      ?? StandbyPosition(isFollowing: false, missingBytes: 0)
  }

  /// Begins a snapshot of this standby that shows all commits before the position. Returns false,
  /// and begins none, if the standby cannot show them yet.
  ///
  /// The position is compared before the snapshot is taken: a snapshot that was taken first can
  /// lack what was replayed before the comparison.
  func beginSnapshot(showing position: WALPosition) throws(StoreError) -> Bool {
    let limit = connection.statementMilliseconds
    connection.statementMilliseconds = Self.checkMilliseconds
    defer { connection.statementMilliseconds = limit }
    let standby = try standbyPosition(at: position)
    guard standby.isFollowing, standby.missingBytes <= 0 else {
      // Of several servers in the URI, the next connection finds one that is a standby.
      if !standby.isFollowing { connection.close() }
      return false
    }
    try beginSnapshot()
    return true
  }
}

extension PostgreSQLConnection {
  /// Returns the identifier that a primary and all its standbys share.
  func systemIdentifier() throws(PostgreSQLError) -> String? {
    try first("SELECT system_identifier::text FROM pg_control_system()") { $0.text(0) }
  }

  /// Returns true if the user may read the state of standbys.
  func canReadReplication() throws(PostgreSQLError) -> Bool {
    try first("SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')") { $0.integer(0) == 1 } ?? false
  }
}

extension PostgreSQLError {
  /// The error for a standby that belongs to another cluster. To a read it is not there.
  static let anotherCluster = PostgreSQLError(.connectionLost, "the server belongs to another cluster")
}
