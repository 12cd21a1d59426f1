/// The reason why a read or write failed, decided by the database's own codes. Nothing
/// was written, except perhaps in the case of `outcomeUnknown`.
package enum StoreError: Error, Hashable, CaseIterable, Sendable {
  /// Another process has locked the database for longer than the store waits: try again.
  case busy
  /// The disk or the quota is full. Reads still work; writes work again once there is space.
  case full
  /// The file or the file system is read-only.
  case readOnly
  /// A read or write failed.
  case ioFailure
  /// A sync failed: the system may have lost what it had not written yet. The next write repeats
  /// it.
  case syncFailed
  /// The write-ahead log has reached its maximum size, because another process has been reading for
  /// long.
  case walTooLarge
  /// The file is damaged.
  case corrupt
  /// The check of the pages of the whole file has found damage: no write is started.
  case damageFound
  /// The file is not a database of this registry.
  case notADatabase
  /// A file of the database was removed or replaced while it was open. The write may be in a file
  /// that no path leads to.
  case filesLost
  /// The writer has not answered in time: the disk does not respond, or another process holds the
  /// lock.
  case stalled
  /// Too many writes wait, or this one has waited too long: it was not started. Try again.
  case overloaded
  /// A read has not returned in time: the disk does not respond.
  case readerStalled
  /// A list takes longer than its time limit: its conditions match too few of too many ICCs.
  case tooBroad
  /// The store is closed or closing: the server is shutting down.
  case closed
  /// The database server cannot be reached, or has ended the connection: try again.
  case unreachable
  /// The connection ended during a commit, and its outcome could not be looked up in time: the
  /// write may or may not have been made. A repetition with the same idempotency key makes it once.
  case outcomeUnknown
  /// The database rejected a row that the domain's rules had accepted: a bug in this program.
  case constraint
  /// Any other result code; the log names it.
  case internalFailure
}
