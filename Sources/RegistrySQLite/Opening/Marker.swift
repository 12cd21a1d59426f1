import Registry
import System

/// The file that shows that a database was initialised, so that its loss is noticed.
enum Marker {
  /// Creates the file, unless it exists.
  static func write(_ files: DatabaseFiles, at now: Timestamp) throws(StoreOpeningError) {
    if File.exists(files.marker) { return }
    let text = """
      \(File.name(of: files.database)) in this folder was initialised at \(now).
      While this file is here, icc-registry does not make a new database if that one is lost or emptied.

      """
    try StoreOpeningError.translatingFiles(files.database) { () throws(SystemError) in
      try File.write(text, to: files.marker)
      try File.syncFolder(of: files.marker)
    }
  }
}
