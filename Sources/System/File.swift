import Glibc

/// System calls on files by their path.
package enum File {
  /// True if something exists at this path.
  package static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// True if the path leads to a regular file: not to a folder, a pipe or a device.
  package static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// True if a Unix socket is at this path.
  package static func isSocket(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  /// The device and inode of a file: they stay the same until it is removed or replaced.
  package struct Identity: Equatable, Sendable {
    let device: UInt64
    let inode: UInt64

    init(_ status: stat) {
      (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
  }

  /// Returns the identity of the file at this path, or nil if there is none.
  package static func identity(_ path: String) throws(SystemError) -> Identity? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw SystemError("stat", path)
    }
    return Identity(status)
  }

  /// The file's size in bytes, or nil if there is no file.
  package static func size(_ path: String) -> Int64? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }

  /// True if users other than its owner and group may read or write the file.
  package static func isOpenToOthers(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & (S_IROTH | S_IWOTH) != 0
  }

  /// The file at a path and its content at a moment: two differ if it was written or replaced.
  package struct Version: Equatable, Sendable {
    private let identity: Identity
    private let stamp: Descriptor.Stamp

    /// The present version; nil if there is no file.
    package init?(_ path: String) {
      var status = stat()
      guard unsafe stat(path, &status) == 0 else { return nil }
      (identity, stamp) = (Identity(status), Descriptor.Stamp(status))
    }
  }

  /// The path without symbolic links; throws if it leads nowhere.
  package static func resolved(_ path: String) throws(SystemError) -> String {
    guard let real = unsafe realpath(path, nil) else { throw SystemError("realpath", path) }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The file's first bytes, at most `count`.
  package static func prefix(_ path: String, _ count: Int) throws(SystemError) -> [UInt8] {
    try Descriptor(opening: path, O_RDONLY).read(upTo: count)
  }

  /// The largest file that `read` returns: more than any configuration or policy needs.
  package static let maximumReadSize = 1 << 20

  /// The whole file. `EFBIG` if it is larger than `maximumReadSize`.
  package static func read(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = try Descriptor(opening: path, O_RDONLY)
    var bytes: [UInt8] = []
    while true {
      let chunk = try descriptor.read(upTo: 16 * 1024)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      if bytes.count > maximumReadSize { throw SystemError("read", path, number: EFBIG) }
    }
  }

  /// Creates an empty file of mode 0600 if there is none.
  package static func createPrivate(_ path: String) throws(SystemError) {
    _ = try Descriptor(opening: path, O_RDWR | O_CREAT)
  }

  /// Creates or replaces a file of mode 0600, and syncs it.
  package static func write(_ text: String, to path: String) throws(SystemError) {
    let descriptor = try Descriptor(opening: path, O_WRONLY | O_CREAT | O_TRUNC)
    try descriptor.write(Array(text.utf8))
    try descriptor.sync()
  }

  /// Creates or replaces a file of mode 0600, and syncs it. Other processes see the old content or
  /// the new one, never a part. If root does this, the file gets the owner of `other`.
  package static func replace(
    _ path: String, with text: String, ownedLike other: String
  ) throws(SystemError) {
    let new = path + ".new"
    do throws(SystemError) {
      let descriptor = try Descriptor(opening: new, O_WRONLY | O_CREAT | O_TRUNC)
      try descriptor.giveToOwner(of: other)
      try descriptor.write(Array(text.utf8))
      try descriptor.sync()
      try rename(new, to: path)
    } catch {
      try? remove(new)
      throw error
    }
    try syncFolder(of: path)
  }

  /// Syncs a file's content and length.
  package static func sync(_ path: String) throws(SystemError) {
    try Descriptor(opening: path, O_RDONLY).sync()
  }

  /// Syncs the folder of the file. A new or removed name is on the disk only after that (fsync(2)).
  package static func syncFolder(of path: String) throws(SystemError) {
    try Descriptor(opening: folder(of: path), O_RDONLY | O_DIRECTORY).sync()
  }

  /// Renames a file, atomically replacing one that has the new name.
  package static func rename(_ old: String, to new: String) throws(SystemError) {
    guard unsafe Glibc.rename(old, new) == 0 else { throw SystemError("rename", old) }
  }

  /// Gives a file another name in addition to its own (link(2)).
  package static func link(_ old: String, to new: String) throws(SystemError) {
    guard unsafe Glibc.link(old, new) == 0 else { throw SystemError("link", old) }
  }

  /// Returns the names in a folder, without `.` and `..`, in no order.
  package static func names(in folder: String) throws(SystemError) -> [String] {
    guard let listing = unsafe opendir(folder) else { throw SystemError("opendir", folder) }
    defer { unsafe closedir(listing) }
    var names: [String] = []
    while let entry = unsafe readdir(listing) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes the file, if there is one.
  package static func remove(_ path: String) throws(SystemError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw SystemError("unlink", path) }
  }

  /// The folder of a path.
  package static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component of a path.
  package static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) } ?? path
  }
}
