package import Glibc

/// A folder of its own under the system's temporary one, gone with everything in it when its owner is.
package final class TemporaryFolder: Sendable {
  /// The folder's path.
  package let path: String

  /// Makes the folder.
  package init() {
    let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/icc-registry-test-XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer { bytes in
      unsafe bytes.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) } ?? "/nonexistent"
    }
  }

  deinit {
    for name in names { unsafe unlink(self(name)) }
    unsafe rmdir(path)
  }

  /// The path of a file in the folder.
  package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// The names of the files in the folder.
  package var names: [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes the bytes into the file, which is made if it has to be, from `offset` on.
  package func write(_ bytes: [UInt8], to name: String, at offset: Int = 0) {
    let descriptor = unsafe open(self(name), O_WRONLY | O_CREAT, 0o600)
    _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
    close(descriptor)
  }

  /// Everything in the file; nothing where there is none.
  package func content(of name: String) -> [UInt8] {
    let descriptor = unsafe open(self(name), O_RDONLY)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe part.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count <= 0 { return content }
      content += part[..<count]
    }
  }

  /// Cuts the file, or makes it longer.
  package func truncate(_ name: String, to size: Int) {
    unsafe _ = Glibc.truncate(self(name), off_t(size))
  }

  /// Removes the file.
  package func remove(_ name: String) {
    unsafe unlink(self(name))
  }

  /// The file's permission bits; 0 where there is none.
  package func mode(of name: String) -> mode_t {
    var status = stat()
    return unsafe stat(self(name), &status) == 0 ? status.st_mode & 0o777 : 0
  }
}
