import CSQLite

/// The counts that SQLite reports of the write-ahead log at each commit
/// (https://sqlite.org/c3ref/wal_hook.html).
@safe final class WALObserver {
  var pages = 0
  private(set) var commits = 0

  /// Observes the connection's commits. The committing thread calls the hook inside its call, and
  /// the connection owns this object for as long as it can commit: so the pointer stays valid, and
  /// no other thread reads the counts.
  init(_ connection: OpaquePointer) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe sqlite3_wal_hook(
      connection,
      { context, _, _, pages in
        guard let context = unsafe context else { return SQLITE_OK }
        unsafe Unmanaged<WALObserver>.fromOpaque(context).takeUnretainedValue().note(Int(pages))
        return SQLITE_OK
      }, context)
  }

  private func note(_ pages: Int) {
    self.pages = pages
    commits += 1
  }
}
