import Glibc

extension File {
  /// Appends a line and syncs it. Creates the file with mode 0600 if there is none. If a full disk
  /// has left a part of a line at the end, that is ended first, so that it does not spoil this one.
  package static func append(line: String, to path: String) throws(SystemError) {
    let isNew = !exists(path)
    let descriptor = try Descriptor(opening: path, O_RDWR | O_APPEND | O_CREAT)
    let isEmpty = lseek(descriptor.number, -1, SEEK_END) < 0
    let last = isEmpty ? [] : try descriptor.read(upTo: 1)
    let end = last == Array("\n".utf8) || last.isEmpty ? "" : "\n"
    try descriptor.write(Array((end + line + "\n").utf8))
    try descriptor.sync()
    if isNew { try syncFolder(of: path) }
  }
}
