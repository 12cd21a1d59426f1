import Glibc
import System
import TestSupport
import Testing

@Suite struct FileTests {
  private let folder = TemporaryFolder()

  @Test func `a written file has its text and mode 0600`() throws {
    try File.write("text", to: folder("file"))
    #expect(try File.read(folder("file")) == Array("text".utf8))
    #expect(folder.mode(of: "file") == 0o600)
    #expect(File.size(folder("file")) == 4)
    try File.write("x", to: folder("file"))
    #expect(try File.read(folder("file")) == Array("x".utf8))
  }

  @Test(arguments: [0, 1, 16_383, 16_384, 16_385, File.maximumReadSize])
  func `a file is read whole up to the limit`(length: Int) throws {
    folder.write([UInt8](repeating: 7, count: length), to: "file")
    #expect(try File.read(folder("file")).count == length)
  }

  @Test func `a file one byte past the limit is refused`() {
    folder.write([UInt8](repeating: 7, count: File.maximumReadSize + 1), to: "file")
    #expect(throws: SystemError("read", folder("file"), number: EFBIG)) { try File.read(folder("file")) }
  }

  @Test func `the prefix of a short file is the whole file`() throws {
    folder.write([1, 2, 3], to: "file")
    #expect(try File.prefix(folder("file"), 2) == [1, 2])
    #expect(try File.prefix(folder("file"), 100) == [1, 2, 3])
  }

  @Test func `a rename replaces the file of the new name`() throws {
    folder.write([1], to: "old")
    folder.write([2], to: "new")
    try File.rename(folder("old"), to: folder("new"))
    #expect(folder.names == ["new"])
    #expect(folder.content(of: "new") == [1])
  }

  @Test func `a missing file may be removed, but not synced or renamed`() throws {
    try File.remove(folder("none"))
    #expect(!File.exists(folder("none")))
    #expect(throws: SystemError("open", folder("none"), number: ENOENT)) { try File.sync(folder("none")) }
    #expect(throws: SystemError("rename", folder("none"), number: ENOENT)) {
      try File.rename(folder("none"), to: folder("other"))
    }
  }

  @Test(arguments: [("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("a/b/", "a/b", "")])
  func `a path has a folder and a name`(path: String, folder: String, name: String) {
    #expect(File.folder(of: path) == folder)
    #expect(File.name(of: path) == name)
  }

  @Test func `an error names the call, the file and the reason`() {
    let error = SystemError("open", "/x", number: EACCES)
    #expect(error.description == "open /x: Permission denied")
    #expect(SystemError("eventfd", number: EMFILE).description == "eventfd: Too many open files")
  }

  @Test func `a lock is held by one open file at a time`() throws {
    let first = try Descriptor(opening: folder("lock"), O_RDWR | O_CREAT)
    #expect(try first.tryLock())
    #expect(try !Descriptor(opening: folder("lock"), O_RDWR).tryLock())
  }

  @Test func `a write waits for a pipe that another process made non-blocking`() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    let output = try Descriptor(ends[0], from: "pipe")
    let input = try Descriptor(ends[1], from: "pipe")
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
    let reader = ends[0]
    let received = Locked<[UInt8]>([])
    let thread = try SystemThread.start {
      while let part = try? Descriptor.read(reader), !part.isEmpty { received.withLock { $0 += part } }
    }
    try input.write(bytes)
    _ = consume input
    thread.join()
    withExtendedLifetime(output) {}
    #expect(received.withLock { $0 } == bytes)
  }
}

extension Descriptor {
  fileprivate static func read(_ number: Int32) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe Glibc.read(number, &bytes, bytes.count)
    guard count >= 0 else { throw SystemError("read") }
    return Array(bytes.prefix(count))
  }
}
