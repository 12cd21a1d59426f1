import PostgreSQLKit

/// The advisory locks of the registry. They belong to the database, so all instances share them
/// (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS). The first number of
/// each is "ICCR".
enum AdvisoryLock {
  /// Begins a transaction and takes the lock of all writers until its end.
  ///
  /// Every rule that relied on one writer relies on this lock: between the steps of a write no
  /// other instance writes. It holds that the numbers of events are in the order of commits, that
  /// a name is free when it is given, that a rotation meets no promotion, that an organisation gets
  /// no ICC while it is deleted, that an idempotency key is new, that a usage does not meet a
  /// delete, and that a token is valid when a write begins. PostgreSQL releases it after the commit
  /// is visible to others, and READ COMMITTED gives each statement after it a snapshot that shows
  /// all earlier commits.
  static let beginWriting = """
    BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(1229145938, 1)
    """

  /// Begins a transaction and takes the lock of the schema until its end.
  static let beginMigrating = """
    BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(1229145938, 2)
    """
}
