import Glibc

/// The system calls on files that the store makes itself, beside SQLite's.
enum Files {
  /// Whether there is something under this path.
  static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// The file's size in bytes; nil where there is none.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }

  /// The path without symbolic links; nil where it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The file's first bytes, at most `count`.
  static func head(_ path: String, _ count: Int) throws(FileError) -> [UInt8] {
    let descriptor = try FileDescriptor(path, O_RDONLY)
    return try descriptor.read(count)
  }

  /// Makes or replaces a file of mode 0600, and syncs it.
  static func write(_ text: String, to path: String) throws(FileError) {
    let descriptor = try FileDescriptor(path, O_WRONLY | O_CREAT | O_TRUNC)
    try descriptor.write(Array(text.utf8))
    try descriptor.sync()
  }

  /// Syncs a file's content and length.
  static func sync(_ path: String) throws(FileError) {
    try FileDescriptor(path, O_RDONLY).sync()
  }

  /// Syncs the folder that holds the file: a new name, or a lost one, is on the disk only then (fsync(2)).
  static func syncFolder(of path: String) throws(FileError) {
    try FileDescriptor(folder(of: path), O_RDONLY | O_DIRECTORY).sync()
  }

  /// Renames; what stood under the new name is replaced in one step.
  static func rename(_ old: String, to new: String) throws(FileError) {
    guard unsafe Glibc.rename(old, new) == 0 else { throw FileError("rename", old) }
  }

  /// Removes the file, if there is one.
  static func remove(_ path: String) throws(FileError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw FileError("unlink", path) }
  }

  /// The folder's part of a path.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) } ?? path
  }
}
