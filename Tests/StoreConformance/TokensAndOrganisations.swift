import Registry
import Testing

/// The tokens, organisations and idempotent responses of a store.
enum AccessConformance {
  static let requirements: [StoreRequirement] = [
    StoreRequirement("a token is found by hash and by identifier", findsTokens),
    StoreRequirement("the time of the first revocation stays", keepsFirstRevocation),
    StoreRequirement("the unrevoked tokens are found by maker, in cascade, and by organisation", findsUnrevokedTokens),
    StoreRequirement("a use is rounded down to the minute and never moves back", notesUses),
    StoreRequirement("a new store has the default organisation", hasDefaultOrganisation),
    StoreRequirement("an organisation in use is not deleted", keepsOrganisationsInUse),
    StoreRequirement("a stored response is returned, replaced and deleted by age", storesResponses),
  ]
  private static let other = OrganisationID(stored: "other")

  @Sendable static func findsTokens(_ store: any RegistryStore) async throws {
    let token = Samples.token(1, role: .editor, organisation: .default, expiresAt: Samples.now)
    try await store.write { try $0.insert(token, hash: Samples.hash(1)) }
    try store.read { (reader: any RegistryReader) throws -> Void in
      #expect(try reader.token(Samples.hash(1)) == token && reader.token(token.id) == token)
      #expect(try reader.token(Samples.hash(2)) == nil && reader.token(Samples.tokenID(2)) == nil)
      #expect(try reader.tokens(PageRequest()).items == [token])
    }
    await #expect(throws: StoreError.constraint) {
      try await store.write { try $0.insert(Samples.token(2), hash: Samples.hash(1)) }
    }
  }

  @Sendable static func keepsFirstRevocation(_ store: any RegistryStore) async throws {
    try await store.write { try $0.insert(Samples.token(1), hash: Samples.hash(1)) }
    for time in [5, 9] {
      try await store.write { try $0.revoke(Samples.tokenID(1), at: Timestamp(milliseconds: Int64(time))) }
    }
    #expect(try store.read { try $0.token(Samples.tokenID(1))?.revokedAt } == Timestamp(milliseconds: 5))
  }

  /// 1 has made 2 and 3, 2 has made 4, 4 has made 5; 6 is of another family. 2 and 3 are revoked.
  @Sendable static func findsUnrevokedTokens(_ store: any RegistryStore) async throws {
    try await store.write { writer in
      for (number, maker, organisation) in [
        (1, nil, nil), (2, 1, nil), (3, 1, nil), (4, 2, OrganisationID.default), (5, 4, nil), (6, nil, .default),
      ] as [(Int, Int?, OrganisationID?)] {
        let token = Samples.token(
          number, role: organisation == nil ? .admin : .viewer, organisation: organisation,
          createdBy: maker.map { Actor(Samples.tokenID($0)) } ?? .commandLine)
        try writer.insert(token, hash: Samples.hash(ofToken: number))
      }
      for number in 2...3 { try writer.revoke(Samples.tokenID(number), at: Samples.now) }
    }
    try store.read { (reader: any RegistryReader) throws -> Void in
      for (maker, expected) in [(1, [1, 4, 5]), (2, [4, 5]), (3, []), (5, [5]), (6, [6]), (7, [])] as [(Int, [Int])] {
        #expect(
          try reader.unrevokedTokens(fromMaker: Samples.tokenID(maker)).map(\.id) == expected.map(Samples.tokenID))
      }
      for (organisation, maker, expected) in [
        (.default, nil, [4, 6]), (nil, .commandLine, [1, 6]), (.default, .commandLine, [6]),
        (nil, Actor(Samples.tokenID(2)), [4]), (other, nil, []),
      ] as [(OrganisationID?, Actor?, [Int])] {
        let found = try reader.unrevokedTokens(of: organisation, madeBy: maker)
        #expect(found.map(\.id) == expected.map(Samples.tokenID))
      }
    }
  }

  @Sendable static func notesUses(_ store: any RegistryStore) async throws {
    try await store.write { try $0.insert(Samples.token(1), hash: Samples.hash(1)) }
    for (used, noted) in [(130_000, 120_000), (70_000, 120_000), (180_000, 180_000)] as [(Int64, Int64)] {
      try await store.write { try $0.noteUses([Samples.tokenID(1): Timestamp(milliseconds: used)]) }
      #expect(try store.read { try $0.token(Samples.tokenID(1))?.lastUsedAt } == Timestamp(milliseconds: noted))
    }
  }

  @Sendable static func hasDefaultOrganisation(_ store: any RegistryStore) async throws {
    #expect(try store.read { try $0.organisations(PageRequest()).items.map(\.id) } == [.default])
  }

  @Sendable static func keepsOrganisationsInUse(_ store: any RegistryStore) async throws {
    let icc = Samples.icc(1, organisation: other)
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      try writer.insert(icc)
      try writer.insert(
        Samples.token(1, role: .viewer, organisation: OrganisationID(stored: "other")), hash: Samples.hash(1))
    }
    let delete = { @Sendable (writer: any RegistryWriter) throws in
      try writer.delete(OrganisationID(stored: "other"), at: Samples.now)
    }
    await #expect(throws: StoreError.constraint) { try await store.write(delete) }
    let deleted = Samples.icc(1, organisation: other, externalID: icc.externalID, version: 2, deletedAt: Samples.now)
    try await store.write { try $0.update(deleted) }
    await #expect(throws: StoreError.constraint) { try await store.write(delete) }
    try await store.write { try $0.revoke(Samples.tokenID(1), at: Samples.now) }
    try await store.write(delete)
    #expect(try store.read { try $0.organisation(OrganisationID(stored: "other")) } == nil)
    #expect(try store.read { try $0.icc(icc.id, in: .all) } == deleted)
    await #expect(throws: StoreError.constraint) { try await store.write(delete) }
    await #expect(throws: StoreError.constraint) {
      try await store.write { try $0.insert(Samples.organisation("other")) }
    }
    await #expect(throws: StoreError.constraint) {
      try await store.write { try $0.insert(Samples.icc(2, organisation: OrganisationID(stored: "other"))) }
    }
  }

  @Sendable static func storesResponses(_ store: any RegistryStore) async throws {
    try await store.write { try $0.insert(Samples.token(1), hash: Samples.hash(1)) }
    func record(_ body: [UInt8], _ time: Int64) -> IdempotencyRecord {
      IdempotencyRecord(
        token: Samples.tokenID(1), key: "k", fingerprint: [UInt8](repeating: 1, count: 32),
        createdAt: Timestamp(milliseconds: time), status: 201, location: "/v1/iccs/x", entityTag: nil, body: body)
    }
    for kept in [record([0, 1], 10), record([], 20)] {
      try await store.write { try $0.save(kept) }
      #expect(try store.read { try $0.idempotencyRecord(token: Samples.tokenID(1), key: "k") } == kept)
    }
    for (before, remains) in [(20, true), (21, false)] as [(Int64, Bool)] {
      try await store.write { try $0.deleteIdempotencyRecords(before: Timestamp(milliseconds: before)) }
      #expect(try store.read { try $0.idempotencyRecord(token: Samples.tokenID(1), key: "k") != nil } == remains)
    }
  }
}
