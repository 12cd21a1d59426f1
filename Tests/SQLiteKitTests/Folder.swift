import Glibc

/// A folder of its own under the system's temporary one, gone with the test.
final class Folder: Sendable {
  let path: String

  init() {
    let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/sqlitekit-XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer { bytes in
      unsafe bytes.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) } ?? "/nonexistent"
    }
  }

  deinit {
    for name in names { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// The names of the files in the folder.
  var names: [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  func write(_ bytes: [UInt8], to name: String, at offset: Int = 0) {
    let descriptor = unsafe open(self(name), O_WRONLY | O_CREAT, 0o600)
    _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
    close(descriptor)
  }

  func mode(of name: String) -> mode_t {
    var status = stat()
    return unsafe stat(self(name), &status) == 0 ? status.st_mode & 0o777 : 0
  }
}
