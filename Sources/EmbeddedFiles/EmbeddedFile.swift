import CEmbeddedFiles

/// A file of the repository, embedded in the program.
///
/// The C compiler embeds it (`#embed`, C23 section 6.10.4): Swift's compiler needs a minute for
/// the same bytes as array literals. A new file also needs two lines in `CEmbeddedFiles`; the tests
/// of the modules compare those lists with the folders.
package struct EmbeddedFile: Sendable {
  /// The path below the folder, such as `app/api.js`.
  package let path: String
  /// The content.
  package let content: [UInt8]

  /// The files of `Sources/Console/Files`.
  package static let console = unsafe files(embedded_console_files())
  /// The files of `Sources/Console/Packed`.
  package static let packedConsole = unsafe files(embedded_packed_console_files())
  /// The files of the manual: `Pages/…` and `manual.css`.
  package static let manual = unsafe files(embedded_manual_files())
  /// The migrations of the SQLite store, in order.
  package static let sqliteMigrations = unsafe files(embedded_sqlite_migrations())
  /// The migrations of the PostgreSQL store, in order.
  package static let postgreSQLMigrations = unsafe files(embedded_postgresql_migrations())

  private static func files(_ files: embedded_files) -> [EmbeddedFile] {
    unsafe UnsafeBufferPointer(start: files.first, count: files.count).map { file in
      unsafe EmbeddedFile(
        path: String(cString: file.path), content: Array(UnsafeBufferPointer(start: file.bytes, count: file.size)))
    }
  }
}
