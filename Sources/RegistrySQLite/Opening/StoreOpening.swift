import Registry
import SQLiteKit
import System

/// Opens a database that is whole and ours, or makes one where there never was any; anything else is refused untouched.
struct StoreOpening {
  let files: DatabaseFiles
  let purpose: StorePurpose
  let migrations: [Migration]
  let now: Timestamp

  struct Opened {
    let connection: SQLiteConnection
    let lock: ServerLock?
  }

  func open() throws(StoreOpeningError) -> Opened {
    var lock = purpose == .server ? try ServerLock.take(files) : nil
    if File.exists(files.database) {
      try DatabaseHeader.check(files)
    } else {
      try refuseLoss()
      if lock == nil { lock = try ServerLock.take(files) }
      try create()
    }
    let connection = try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
      try Connections.writer(files.database)
    }
    guard !connection.isReadOnly else { throw .readOnly(files.database) }
    if purpose == .server { try quickCheck(connection) }
    try migrate(connection, &lock)
    try Marker.write(files, at: now)
    return Opened(connection: connection, lock: purpose == .server ? lock : nil)
  }

  /// A database that is missing although there are traces of one was lost, not never made.
  private func refuseLoss() throws(StoreOpeningError) {
    for trace in [files.marker, files.log] where File.exists(trace) {
      throw .missing(files.database, marker: trace)
    }
  }

  /// Makes the database under another name and renames it when it is whole, so that a crash never leaves half of one.
  private func create() throws(StoreOpeningError) {
    try StoreOpeningError.translatingFiles(files.database) { () throws(SystemError) in
      try File.remove(files.unfinished)
      try File.remove(files.unfinished + "-journal")
    }
    try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
      let connection = try SQLiteConnection(path: files.unfinished, access: .create)
      let runner = MigrationRunner(connection: connection, migrations: migrations)
      for migration in migrations { try runner.apply(migration, at: now) }
    }
    try StoreOpeningError.translatingFiles(files.database) { () throws(SystemError) in
      try File.sync(files.unfinished)
      try File.rename(files.unfinished, to: files.database)
      try File.syncFolder(of: files.database)
    }
  }

  /// https://sqlite.org/pragma.html#pragma_quick_check
  private func quickCheck(_ connection: SQLiteConnection) throws(StoreOpeningError) {
    let answer = try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
      try connection.text("PRAGMA quick_check(1)")
    }
    guard answer == "ok" else {
      // A finding may stand on lines of its own, and an error is one line.
      let finding = answer?.split(separator: "\n").joined(separator: " ")
      throw .damaged(files.database, detail: finding ?? "quick_check gave no answer")
    }
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
