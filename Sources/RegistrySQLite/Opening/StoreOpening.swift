import Registry
import SQLiteKit
import System

/// Opens an intact database of this program, or creates one if there never was one. Rejects
/// anything else, unchanged.
struct StoreOpening {
  let files: DatabaseFiles
  let purpose: StorePurpose
  let migrations: [Migration]
  let now: Timestamp

  struct Opened {
    let connection: SQLiteConnection
    let lock: ServerLock?
    /// The open files of a server; nil for a command.
    let files: OpenFiles?
    let leftovers: Leftovers
    /// True if the pages of the whole database are still to be checked.
    let needsPageCheck: Bool
  }

  func open() throws(StoreOpeningError) -> Opened {
    var lock = purpose == .server ? try ServerLock.take(files) : nil
    if File.exists(files.database) {
      try DatabaseHeader.check(files)
    } else {
      try throwIfLost()
      if purpose == .command { throw .notCreated(files.database) }
      if lock == nil { lock = try ServerLock.take(files) }
      try create()
    }
    let connection = try openOurs()
    let openFiles = purpose == .server ? try openFiles(connection) : nil
    let isChecked = purpose == .server ? try checkPages(connection) : true
    try migrate(connection, &lock)
    try Marker.write(files, at: now)
    return Opened(
      connection: connection, lock: purpose == .server ? lock : nil, files: openFiles,
      leftovers: purpose == .server ? Leftovers(of: files) : Leftovers(),
      needsPageCheck: !isChecked)
  }

  private func openFiles(_ connection: SQLiteConnection) throws(StoreOpeningError) -> OpenFiles {
    try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
      // The first read in WAL mode opens the WAL and its index.
      _ = try connection.integer("SELECT count(*) FROM sqlite_schema")
    }
    return try StoreOpeningError.translatingFiles(files.database) { () throws(SystemError) in try OpenFiles(files) }
  }

  /// Opens the database and rejects one that is not ours before anything is changed. Its WAL is
  /// left then: it may belong to another database.
  private func openOurs() throws(StoreOpeningError) -> SQLiteConnection {
    let connection = try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
      try Connections.readWrite(files.database)
    }
    guard !connection.isReadOnly else { throw .readOnly(files.database) }
    do {
      let identity = DatabaseIdentity(connection: connection, path: files.database, migrations: migrations)
      try identity.check()
      try identity.checkSchema()
      try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
        try Connections.prepareForWrites(connection)
      }
      return connection
    } catch {
      connection.keepWALOnClose()
      throw error
    }
  }

  /// Throws instead of creating a database if the marker or the WAL shows that one existed and was
  /// lost.
  private func throwIfLost() throws(StoreOpeningError) {
    for trace in [files.marker, files.wal] where File.exists(trace) {
      throw .missing(files.database, marker: trace)
    }
  }

  /// Creates the database under another name and renames it once it is complete, so that a crash
  /// never leaves a partial one.
  private func create() throws(StoreOpeningError) {
    try StoreOpeningError.translatingFiles(files.database) { () throws(SystemError) in
      try File.remove(files.unfinished)
      try File.remove(files.unfinished + "-journal")
    }
    try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
      let connection = try SQLiteConnection(path: files.unfinished, access: .create)
      // https://sqlite.org/pragma.html#pragma_synchronous: the file is synced once, when it is
      // complete, instead of at each migration.
      try connection.run("PRAGMA synchronous = OFF")
      let runner = MigrationRunner(connection: connection, migrations: migrations)
      for migration in migrations { try runner.apply(migration, at: now) }
    }
    try StoreOpeningError.translatingFiles(files.database) { () throws(SystemError) in
      try File.sync(files.unfinished)
      try File.rename(files.unfinished, to: files.database)
      try File.syncFolder(of: files.database)
    }
  }

  /// Checks the pages of a small database, or the ends of a large one. Returns true if that was the
  /// whole database.
  private func checkPages(_ connection: SQLiteConnection) throws(StoreOpeningError) -> Bool {
    let (isWhole, finding) = try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
      let check = PageCheck(connection: connection)
      let isShort = try check.isShort()
      return (isShort, isShort ? try check.whole() : try check.ends())
    }
    if let finding { throw .damaged(files.database, detail: finding) }
    return isWhole
  }

  private func migrate(_ connection: SQLiteConnection, _ lock: inout ServerLock?) throws(StoreOpeningError) {
    let runner = MigrationRunner(connection: connection, migrations: migrations)
    guard try !runner.pending(in: files.database).isEmpty else { return }
    if lock == nil {
      do { lock = try ServerLock.take(files) } catch .inUse { throw .migrationsPending(files.database) }
    }
    for migration in try runner.pending(in: files.database) {
      try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
        try runner.apply(migration, at: now)
      }
    }
  }
}
