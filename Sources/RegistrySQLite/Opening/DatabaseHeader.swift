import System

/// The first 100 bytes of a database (https://sqlite.org/fileformat.html section 1.3), read before
/// SQLite opens the file: opening another program's database can already change files.
enum DatabaseHeader {
  private static let magic = Array("SQLite format 3\0".utf8)
  private static let applicationIDOffset = 68
  /// "ICCR", as `0001_init.sql` sets it.
  private static let applicationID: [UInt8] = [0x49, 0x43, 0x43, 0x52]

  /// Throws unless the header is that of a registry's database.
  static func check(_ files: DatabaseFiles) throws(StoreOpeningError) {
    let path = files.database
    // Opening a pipe would wait for ever for its other end.
    guard File.isRegular(path) else { throw .notAFile(path) }
    let head = try StoreOpeningError.translatingFiles(path) { () throws(SystemError) in try File.prefix(path, 100) }
    if head.isEmpty { throw .empty(path) }
    guard head.starts(with: magic), head.count == 100 else { throw unlike(files) }
    guard head[applicationIDOffset...].starts(with: applicationID) else { throw unlike(files) }
  }

  /// Returns the error for another header: a file with our marker is damaged, any other was never
  /// ours.
  private static func unlike(_ files: DatabaseFiles) -> StoreOpeningError {
    File.exists(files.marker)
      ? .damaged(files.database, detail: "its header is not that of a registry's database") : .foreign(files.database)
  }
}
