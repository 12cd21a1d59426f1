import Registry

/// The file that says that a database was initialised once, so that its loss is noticed.
enum Marker {
  /// Makes the file, unless it is there.
  static func write(_ files: DatabaseFiles, at now: Timestamp) throws(StoreOpeningError) {
    if Files.exists(files.marker) { return }
    let text = """
      \(Files.name(of: files.database)) beside this file was initialised at \(now).
      While this file is here, icc-registry does not make a new database if that one is lost or emptied.

      """
    try StoreOpeningError.translatingFiles(files.database) { () throws(FileError) in
      try Files.write(text, to: files.marker)
      try Files.syncFolder(of: files.marker)
    }
  }
}
