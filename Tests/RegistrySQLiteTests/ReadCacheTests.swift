import Registry
import SQLiteKit
import Testing

@testable import RegistrySQLite
import StoreConformance

/// A reader's cache between snapshots must show every change at once, by any committer, and only to
/// tokens that may see it.
@Suite struct ReadCacheTests {
  private let place = StoreUnderTest()
  private let other = OrganisationID(stored: "other")
  private let id = Samples.iccID(1)

  /// The committer: the store's own writer, or another connection, like that of a command next to a
  /// running server.
  enum Committer: CaseIterable {
    case ownWriter, otherConnection
  }

  private func opened() async throws -> SQLiteRegistryStore {
    let store = try place.open()
    try await store.write { writer in
      try writer.insert(Samples.icc(1))
      try writer.insert(Samples.token(1), hash: Samples.hash(1))
    }
    return store
  }

  @Test func `an unchanged ICC is rendered once`() async throws {
    let store = try await opened()
    var renderings = 0
    for turn in 0..<3 {
      let icc = try store.read { reader in
        try reader.renderedICC(id, in: .all) { icc in
          renderings += 1
          return Array(icc.name.text.utf8)
        }
      }
      #expect(icc?.bytes == Array("ICC 1".utf8) && icc?.version == 1 && icc?.isDeleted == false, "turn \(turn)")
    }
    #expect(renderings == 1)
  }

  @Test func `a change of another row does not render an ICC again`() async throws {
    let store = try await opened()
    var renderings: [String] = []
    func read() throws {
      _ = try store.read { reader in
        try reader.renderedICC(id, in: .organisation(.default)) { icc in
          renderings.append(icc.name.text)
          return []
        }
      }
    }
    try read()
    try await store.write { try $0.insert(Samples.icc(2)) }
    try read()
    #expect(renderings == ["ICC 1"])
    try place.connection().run("UPDATE iccs SET enabled = 0, version = 2 WHERE name = 'ICC 1'")
    try read()
    try read()
    #expect(renderings == ["ICC 1", "ICC 1"])
  }

  /// This identifies an ICC's state by its version alone.
  @Test func `the database rejects a change without a new version`() async throws {
    _ = try await opened()
    let beside = try place.connection()
    for change: SQL in [
      "UPDATE iccs SET enabled = 0", "UPDATE iccs SET status = 'verified', version = version - 1",
      "UPDATE iccs SET organisation = 'other', version = version + 1", "DELETE FROM iccs",
    ] {
      #expect(throws: SQLiteError.self) { try beside.run(change) }
    }
  }

  @Test(arguments: Committer.allCases) func `a revocation shows at the next read`(_ committer: Committer) async throws {
    let store = try await opened()
    func isRevoked() throws -> Bool? {
      try store.read { try $0.tokenThroughCache(Samples.hash(1)).map { $0.revokedAt != nil } }
    }
    #expect(try isRevoked() == false && isRevoked() == false)
    switch committer {
    case .ownWriter: try await store.write { try $0.revoke(Samples.tokenID(1), at: Samples.now) }
    case .otherConnection: try place.connection().run("UPDATE tokens SET revoked_at = 1")
    }
    #expect(try isRevoked() == true)
  }

  @Test(arguments: Committer.allCases) func `a changed ICC shows at the next read`(_ committer: Committer) async throws
  {
    let store = try await opened()
    func name() throws -> String? {
      try store.read { reader in
        try reader.renderedICC(id, in: .all) { Array($0.name.text.utf8) }.map {
          String(decoding: $0.bytes, as: UTF8.self)
        }
      }
    }
    #expect(try name() == "ICC 1" && name() == "ICC 1")
    switch committer {
    case .ownWriter:
      let before = try store.read { try $0.icc(id, in: .all) }
      let changed = Samples.icc(1, name: "new", externalID: try #require(before).externalID, version: 2)
      try await store.write { try $0.update(changed) }
    case .otherConnection: try place.connection().run("UPDATE iccs SET name = 'new', name_folded = 'new', version = 2")
    }
    #expect(try name() == "new")
  }

  @Test func `an ICC is cached for its scope only`() async throws {
    let store = try await opened()
    try await store.write { try $0.insert(Samples.organisation("other")) }
    let scopes: [(Scope, isSeen: Bool)] = [
      (.all, true), (.organisation(other), false), (.organisation(.default), true), (.organisation(other), false),
    ]
    for (scope, isSeen) in scopes + scopes {
      let icc = try store.read { try $0.renderedICC(id, in: scope) { _ in [1] } }
      #expect((icc != nil) == isSeen, "\(scope)")
    }
  }

  @Test func `every reader sees a commit`() async throws {
    let store = try await opened()
    func isRevoked(_ reader: any RegistryReader) throws -> Bool? {
      try reader.tokenThroughCache(Samples.hash(1)).map { $0.revokedAt != nil }
    }
    // A read inside a read borrows another connection: both have kept the token before it is
    // revoked.
    func both() throws -> [Bool?] {
      try store.read { first in
        try store.read { second in [try isRevoked(first), try isRevoked(second)] }
      }
    }
    #expect(try both() == [false, false])
    try await store.write { try $0.revoke(Samples.tokenID(1), at: Samples.now) }
    #expect(try both() == [true, true])
  }

  @Test func `a snapshot shows one state until its end`() async throws {
    let store = try await opened()
    let beside = try place.connection()
    try store.read { reader in
      #expect(try reader.icc(id, in: .all)?.version == 1)
      try beside.run("UPDATE iccs SET version = 2")
      #expect(try reader.icc(id, in: .all)?.version == 1)
      #expect(try reader.renderedICC(id, in: .all) { _ in [] }?.version == 1)
    }
    #expect(try store.read { try $0.renderedICC(id, in: .all) { _ in [] }?.version } == 2)
  }
}
