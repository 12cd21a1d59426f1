import Glibc
import Registry
import SQLiteKit
import Synchronization
import System
import TestSupport
import Testing

@testable import RegistrySQLite
import StoreConformance

@Suite struct GroupingTests {
  private let place = StoreUnderTest()

  @Test(.timeLimit(.minutes(10))) func `waiting writes are committed together`() async throws {
    let store = try place.open()
    async let before = store.write { writer in
      usleep(300_000)
      return Self.commits(writer)
    }
    try await Task.sleep(for: .milliseconds(50))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...64 { group.addTask { try await store.write { try $0.insert(Samples.icc(number)) } } }
      try await group.waitForAll()
    }
    let after = try await store.write { Self.commits($0) }
    #expect(try store.read { try $0.iccs(ICCFilter(), PageRequest(limit: 100), in: .all).items.count } == 64)
    #expect(try await (1...8).contains(after - before), "64 writes made \(after) commits")
  }

  @Test(.timeLimit(.minutes(10))) func `a full database under a group of writes is reported as full to each`()
    async throws
  {
    let store = try place.open()
    async let first: Void = store.write { writer in
      usleep(300_000)
      let connection = (writer as? SQLiteWriter)?.connection
      let pages = try connection?.integer("PRAGMA page_count") ?? 0
      _ = try connection?.integer(pages < 100 ? "PRAGMA max_page_count = 100" : "PRAGMA max_page_count = 1000")
    }
    try await Task.sleep(for: .milliseconds(50))
    let name = String(repeating: "x", count: 20_000)
    let stored = await withTaskGroup(of: String?.self) { group in
      for number in 1...64 {
        group.addTask {
          let organisation = Organisation(
            id: OrganisationID(stored: "o\(number)"), name: name, createdAt: Samples.now, createdBy: .commandLine)
          do {
            try await store.write { try $0.insert(organisation) }
            return organisation.id.text
          } catch {
            #expect(error as? StoreError == .full)
            return nil
          }
        }
      }
      return await group.reduce(into: Set<String>()) { if let id = $1 { $0.insert(id) } }
    }
    try await first
    let kept = try store.read { try $0.organisations(PageRequest(limit: 200), in: .all).items.map(\.id.text) }
    #expect(stored.count < 64 && Set(kept).subtracting(["default"]) == stored)
    try await store.write { _ = try ($0 as? SQLiteWriter)?.connection.integer("PRAGMA max_page_count = 100000") }
    try await store.write { try $0.insert(Samples.organisation("later")) }
  }

  @Test(.timeLimit(.minutes(10))) func `the WAL is reused next to readers`() async throws {
    let store = try place.open()
    var salts: Set<[UInt8]> = []
    for batch in 0..<200 where salts.count < 3 {
      try await store.write { writer in
        for number in 1...50 { try writer.insert(Samples.icc(batch * 50 + number)) }
      }
      _ = try store.read { try $0.icc(Samples.iccID(1), in: .all) }
      // "Salt-1: random integer incremented with each checkpoint"
      // (https://sqlite.org/fileformat2.html#walformat).
      salts.insert(Array(place.folder.content(of: "r.db-wal")[16..<20]))
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(salts.count == 3)
    #expect(place.faults.withLock { $0.isEmpty })
  }

  @Test func `a revocation by another process shows at the next read`() async throws {
    let store = try place.open()
    try await store.write { writer in
      for number in 1...20 { try writer.insert(Samples.token(number), hash: Samples.hash(UInt8(number))) }
    }
    let other = try place.connection()
    for number in 1...20 {
      let hash = Samples.hash(UInt8(number))
      #expect(try store.read { try $0.token(hash) }?.revokedAt == nil)
      try other.run("UPDATE tokens SET revoked_at = 7 WHERE id = ?", .text(Samples.tokenID(number).text))
      #expect(try store.read { try $0.token(hash) }?.revokedAt == Timestamp(milliseconds: 7))
      if number % 4 == 0 { try other.checkpoint(.passive) }
    }
  }

  @Test func `a command next to a server does not wait for it`() async throws {
    let server = try place.open()
    try await server.write { try $0.insert(Samples.icc(1)) }
    let command = try place.open(.command)
    try await command.write { try $0.insert(Samples.icc(2)) }
    let closing = ContinuousClock().measure { command.close() }
    #expect(closing < .seconds(2))
    #expect(place.faults.withLock { $0.isEmpty })
    #expect(try server.read { try $0.icc(Samples.iccID(2), in: .all) } != nil)
  }

  private static func commits(_ writer: any RegistryWriter) -> Int {
    (writer as? SQLiteWriter)?.connection.commits ?? 0
  }
}
