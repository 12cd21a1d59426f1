import CSQLite
import Synchronization
import System

/// SQLite's own VFS with its syncs timed: a copy of the default VFS, which gives each database and
/// WAL file a copy of its methods in which only `xSync` differs (https://sqlite.org/vfs.html).
enum TimedVFS {
  /// The name for `sqlite3_open_v2`; nil, which is the default VFS, if it cannot be registered.
  static let name: String? = register() ? ownName.description : nil

  private static let ownName: StaticString = "icc-registry"

  /// The addresses of a kind of file's methods in the default VFS and of the copy; 0 until they are
  /// known. What they point to lives as long as the process and does not change.
  private struct Methods {
    var standard: UInt = 0
    var copy: UInt = 0
  }

  /// The address of the default VFS; 0 until it is known.
  private static let standard = Atomic<UInt>(0)
  private static let database = Locked(Methods())
  private static let wal = Locked(Methods())

  private static func register() -> Bool {
    guard let standard = unsafe sqlite3_vfs_find(nil) else { return false }
    Self.standard.store(UInt(bitPattern: standard), ordering: .releasing)
    let own = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    unsafe own.initialize(to: standard.pointee)
    unsafe own.pointee.pNext = nil
    unsafe own.pointee.zName = UnsafeRawPointer(ownName.utf8Start).assumingMemoryBound(to: CChar.self)
    unsafe own.pointee.xOpen = { unsafe TimedVFS.open($0, $1, $2, $3, $4) }
    return unsafe sqlite3_vfs_register(own, 0) == SQLITE_OK
  }

  private static func open(
    _ own: UnsafeMutablePointer<sqlite3_vfs>?, _ path: UnsafePointer<CChar>?,
    _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32, _ outFlags: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    let standard = unsafe UnsafeMutablePointer<sqlite3_vfs>(bitPattern: standard.load(ordering: .acquiring))
    guard let standard = unsafe standard, let open = unsafe standard.pointee.xOpen else { return SQLITE_CANTOPEN }
    let code = unsafe open(own, path, file, flags, outFlags)
    if code == SQLITE_OK, let file = unsafe file, let methods = unsafe file.pointee.pMethods {
      if flags & SQLITE_OPEN_MAIN_DB != 0 { unsafe file.pointee.pMethods = timed(methods, .database) }
      if flags & SQLITE_OPEN_WAL != 0 { unsafe file.pointee.pMethods = timed(methods, .wal) }
    }
    return code
  }

  /// Returns the copy of the methods for a kind of file. The default VFS has one set of methods for
  /// each kind; a file with another set stays without times.
  private static func timed(
    _ methods: UnsafePointer<sqlite3_io_methods>, _ file: SyncTimes.File
  ) -> UnsafePointer<sqlite3_io_methods> {
    let known = self.methods(of: file).withLock { known in
      if known.copy == 0 {
        known.standard = UInt(bitPattern: methods)
        known.copy = UInt(bitPattern: unsafe copy(of: methods, file))
      }
      return known
    }
    guard known.standard == UInt(bitPattern: methods),
      let copy = unsafe UnsafePointer<sqlite3_io_methods>(bitPattern: known.copy)
    else { return unsafe methods }
    return unsafe copy
  }

  private static func methods(of file: SyncTimes.File) -> Locked<Methods> {
    switch file {
    case .database: database
    case .wal: wal
    }
  }

  private static func copy(
    of methods: UnsafePointer<sqlite3_io_methods>, _ file: SyncTimes.File
  ) -> UnsafeMutablePointer<sqlite3_io_methods> {
    let copy = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    unsafe copy.initialize(to: methods.pointee)
    switch file {
    case .database: unsafe copy.pointee.xSync = { unsafe TimedVFS.sync($0, $1, .database) }
    case .wal: unsafe copy.pointee.xSync = { unsafe TimedVFS.sync($0, $1, .wal) }
    }
    return unsafe copy
  }

  private static func sync(_ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32, _ kind: SyncTimes.File) -> Int32
  {
    let known = methods(of: kind).withLock { $0.standard }
    guard let sync = unsafe UnsafePointer<sqlite3_io_methods>(bitPattern: known)?.pointee.xSync else {
      return SQLITE_IOERR
    }
    let start = Instant.now
    defer { SyncTimes.record(kind, since: start) }
    return unsafe sync(file, flags)
  }
}
