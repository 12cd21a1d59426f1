import Glibc

/// A new folder of mode 0700 for files that are not needed after this process.
package struct TemporaryFolder: Sendable {
  /// The folder's path.
  package let path: String

  /// Creates a folder whose name starts with `prefix`, in the folder `parent` (mkdtemp(3)).
  package init(in parent: String, prefix: String) throws(SystemError) {
    var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
    let isCreated = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return unsafe mkdtemp(base) != nil
    }
    guard isCreated else { throw SystemError("mkdtemp", parent) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Removes the folder and the files in it. It must not contain folders.
  package func remove() throws(SystemError) {
    for name in try File.names(in: path) { try File.remove("\(path)/\(name)") }
    guard unsafe rmdir(path) == 0 else { throw SystemError("rmdir", path) }
  }
}
