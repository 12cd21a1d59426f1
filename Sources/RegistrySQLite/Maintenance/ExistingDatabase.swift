import SQLiteKit
import System

/// An existing database, opened for reading by a command, while a server runs or not.
struct ExistingDatabase {
  let files: DatabaseFiles
  let connection: SQLiteConnection

  init(_ path: String) throws(StoreOpeningError) {
    let files = try DatabaseFiles(path)
    guard File.exists(files.database) else {
      if File.exists(files.marker) { throw .missing(files.database, marker: files.marker) }
      throw .failed(files.database, reason: "the file does not exist")
    }
    try DatabaseHeader.check(files)
    let connection = try StoreOpeningError.translating(files.database) { () throws(SQLiteError) in
      try Connections.examiner(files)
    }
    try DatabaseIdentity(connection: connection, path: files.database, migrations: Migration.all).check()
    self.files = files
    self.connection = connection
  }

  /// Copies one state of the database to a new or empty file without a WAL, and syncs it. After an
  /// error nothing is left of the file.
  func copy(to path: String, _ pace: BackupPace) throws(StoreOpeningError) {
    do throws(StoreOpeningError) {
      try StoreOpeningError.translating(path) { () throws(SQLiteError) in try write(to: path, pace) }
      try StoreOpeningError.translatingFiles(path) { () throws(SystemError) in try File.sync(path) }
    } catch {
      for part in UnfinishedCopy.parts(of: path) { try? File.remove(part) }
      throw error
    }
  }

  private func write(to path: String, _ pace: BackupPace) throws(SQLiteError) {
    let copy = try SQLiteConnection(path: path, access: .create)
    try connection.beginDeferred()
    defer { connection.rollBack() }
    // The first read fixes the state.
    let pageSize = try connection.integer("SELECT page_size FROM pragma_page_size, sqlite_schema") ?? 4096
    try connection.copy(over: copy, pagesPerStep: BackupPace.pagesPerStep, pace.start(pageSize: Int(pageSize)))
    _ = try copy.text("PRAGMA journal_mode = DELETE")
  }
}
