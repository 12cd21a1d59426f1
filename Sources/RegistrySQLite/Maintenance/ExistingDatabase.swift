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
      try Connections.reader(files.database)
    }
    try DatabaseIdentity(connection: connection, path: files.database, migrations: Migration.all).check()
    self.files = files
    self.connection = connection
  }

  /// Copies one state of the database to a new file without a WAL, and syncs it.
  func copy(to path: String) throws(StoreOpeningError) {
    try StoreOpeningError.translatingFiles(path) { () throws(SystemError) in
      for leftover in ["", "-journal", "-wal", "-shm"] { try File.remove(path + leftover) }
    }
    try StoreOpeningError.translating(path) { () throws(SQLiteError) in
      let copy = try SQLiteConnection(path: path, access: .create)
      try connection.copy(over: copy)
      _ = try copy.text("PRAGMA journal_mode = DELETE")
    }
    try StoreOpeningError.translatingFiles(path) { () throws(SystemError) in try File.sync(path) }
  }
}
