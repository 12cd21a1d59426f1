import Glibc
import Registry
import RegistrySQLite
import Testing
import StoreConformance

/// On a small file system of its own, which only root can mount.
@Suite(.enabled(if: geteuid() == 0), .serialized) struct FullDiskTests {
  private func withMount(_ body: (String) async throws -> Void) async throws {
    var template = Array("/tmp/icc-registry-mount-XXXXXX".utf8CString)
    let path = unsafe template.withUnsafeMutableBufferPointer { bytes in
      unsafe bytes.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) } ?? ""
    }
    try #require(unsafe mount("tmpfs", path, "tmpfs", 0, "size=2m,mode=0700") == 0)
    defer {
      unsafe umount2(path, 2)
      unsafe rmdir(path)
    }
    try await body(path)
  }

  private func fill(_ path: String) {
    let descriptor = unsafe open("\(path)/filler", O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    let block = [UInt8](repeating: 1, count: 4096)
    while unsafe block.withUnsafeBytes({ unsafe write(descriptor, $0.baseAddress, $0.count) }) > 0 {}
  }

  @Test func `reads continue on a full disk and writes recover`() async throws {
    try await withMount { path in
      let store = try SQLiteRegistryStore(path: "\(path)/r.db", purpose: .server, now: Samples.now) { _ in }
      defer { store.close() }
      try await store.write { try $0.insert(Samples.icc(1)) }
      fill(path)
      await #expect(throws: StoreError.full) {
        for number in 2...2_000 { try await store.write { try $0.insert(Samples.icc(number)) } }
      }
      await #expect(throws: StoreError.full) { try await store.checkReady() }
      let readable = try store.read { try $0.icc(Samples.iccID(1), in: .all)?.id }
      #expect(readable == Samples.iccID(1))
      unsafe unlink("\(path)/filler")
      try await store.checkReady()
      try await store.write { try $0.insert(Samples.icc(5_000)) }
    }
  }

  @Test func `a full disk at the start is named`() async throws {
    try await withMount { path in
      fill(path)
      do throws(StoreOpeningError) {
        _ = try SQLiteRegistryStore(path: "\(path)/r.db", purpose: .server, now: Samples.now) { _ in }
        Issue.record("made a database on a full disk")
      } catch {
        #expect(error == .full("\(path)/r.db"))
      }
    }
  }

  @Test func `a read-only file system is a clear error`() async throws {
    try await withMount { path in
      try SQLiteRegistryStore(path: "\(path)/r.db", purpose: .server, now: Samples.now) { _ in }.close()
      try #require(unsafe mount("tmpfs", path, "tmpfs", 32 | 1, "size=2m,mode=0700") == 0)
      for purpose in [.server, .command] as [StorePurpose] {
        do throws(StoreOpeningError) {
          _ = try SQLiteRegistryStore(path: "\(path)/r.db", purpose: purpose, now: Samples.now) { _ in }
          Issue.record("opened a database that can only be read")
        } catch {
          #expect(error == .readOnly("\(path)/r.db"))
        }
      }
    }
  }
}
