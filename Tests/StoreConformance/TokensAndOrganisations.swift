import Registry
import System
import Testing

/// The tokens, organisations and idempotent responses of a store.
enum AccessConformance {
  static let requirements: [StoreRequirement] = [
    StoreRequirement("a token is found by hash and by identifier", findsTokens),
    StoreRequirement("the time of the first revocation stays", keepsFirstRevocation),
    StoreRequirement("the unrevoked tokens are found by maker, in cascade, and by organisation", findsUnrevokedTokens),
    StoreRequirement("a token keeps its limits, and is found in the scope of its organisations", findsTokensInScope),
    StoreRequirement("organisations and events are found in the scope of some", findsOthersInScope),
    StoreRequirement("a use is rounded down to the minute and never moves back", notesUses),
    StoreRequirement("a new store has the default organisation", hasDefaultOrganisation),
    StoreRequirement("an organisation in use is not deleted", keepsOrganisationsInUse),
    StoreRequirement("an organisation is renamed with its next version alone", renamesOrganisations),
    StoreRequirement("a stored response is returned, replaced and deleted by age", storesResponses),
  ]
  private static let other = OrganisationID(stored: "other")

  @Sendable static func findsTokens(_ store: any RegistryStore) async throws {
    let token = Samples.token(1, role: .editor, organisation: .default, expiresAt: Samples.now)
    try await store.write { try $0.insert(token, hash: Samples.hash(1)) }
    try store.read { (reader: any RegistryReader) throws -> Void in
      #expect(try reader.token(Samples.hash(1)) == token && reader.token(token.id) == token)
      #expect(try reader.token(Samples.hash(2)) == nil && reader.token(Samples.tokenID(2)) == nil)
      #expect(try reader.tokens(PageRequest(), in: .all).items == [token])
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

  /// 1 sees all; 2 belongs to the default organisation, 3 to it and another, 4 to the other, 5 to
  /// none.
  @Sendable static func findsTokensInScope(_ store: any RegistryStore) async throws {
    let third = OrganisationID(stored: "third")
    let blocks = ["10.0.0.0/8", "2001:db8::/32"].compactMap(AddressBlock.init)
    let tokens = [
      Samples.token(1, role: .connector, organisations: [], addressBlocks: blocks),
      Samples.token(2, role: .owner, organisations: [.default]),
      Samples.token(3, role: .connector, organisations: [other, .default], addressBlocks: blocks),
      Samples.token(4, role: .auditor, organisations: [other]), Samples.token(5, role: .monitor, organisations: []),
    ]
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      for (number, token) in tokens.enumerated() { try writer.insert(token, hash: Samples.hash(UInt8(number))) }
    }
    try store.read { (reader: any RegistryReader) throws -> Void in
      for (number, token) in tokens.enumerated() { #expect(try reader.token(Samples.hash(UInt8(number))) == token) }
      for (scope, expected) in [
        (.all, [1, 2, 3, 4, 5]), (.organisation(.default), [2]), (Scope([other, .default]), [2, 3, 4]),
        (Scope([other, third]), [4]), (Scope([third]), []), (Scope([]), []),
      ] as [(Scope, [Int])] {
        #expect(
          try reader.tokens(PageRequest(), in: scope).items.map(\.id) == expected.map(Samples.tokenID), "\(scope)")
        #expect(tokens.filter(scope.contains).map(\.id) == expected.map(Samples.tokenID), "\(scope)")
      }
      #expect(
        try reader.unrevokedTokens(of: other, madeBy: nil).map(\.id) == [Samples.tokenID(3), Samples.tokenID(4)])
    }
    let ofNone = Samples.token(6, role: .connector, organisations: [.default, third])
    await #expect(throws: StoreError.constraint) {
      try await store.write { try $0.insert(ofNone, hash: Samples.hash(6)) }
    }
  }

  @Sendable static func findsOthersInScope(_ store: any RegistryStore) async throws {
    let third = OrganisationID(stored: "third")
    try await store.write { writer in
      for name in ["other", "third"] { try writer.insert(Samples.organisation(name)) }
      for (number, organisation) in [OrganisationID.default, other, third, other].enumerated() {
        try writer.insert(Samples.icc(number + 1, organisation: organisation))
        try writer.append(Samples.event(organisation: organisation, number + 1))
      }
    }
    try store.read { (reader: any RegistryReader) throws -> Void in
      for (scope, organisations, numbers) in [
        (.all, ["default", "other", "third"], [1, 2, 3, 4]), (Scope([other]), ["other"], [2, 4]),
        (Scope([third, .default]), ["default", "third"], [1, 3]), (Scope([]), [], []),
      ] as [(Scope, [String], [Int])] {
        #expect(try reader.organisations(PageRequest(), in: scope).items.map(\.id.text) == organisations)
        let page = PageRequest(limit: 10)
        let ids = numbers.map(Samples.iccID)
        #expect(try reader.iccs(ICCFilter(), page, in: scope).items.map(\.id) == ids)
        #expect(
          try reader.events(page, in: scope, for: .tenants).items.map(\.subject) == ids.map(\.text))
        for number in 1...4 {
          let id = Samples.iccID(number)
          #expect(try (reader.icc(id, in: scope) != nil) == numbers.contains(number))
          #expect(try (reader.version(of: id, in: scope) != nil) == numbers.contains(number))
          let events = try reader.events(of: id, page, in: scope, for: .tenants)
          #expect(!events.items.isEmpty == numbers.contains(number))
        }
        var filter = ICCFilter()
        filter.organisation = third
        #expect(try reader.iccs(filter, page, in: scope).items.map(\.id) == ids.filter { $0 == Samples.iccID(3) })
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
    #expect(try store.read { try $0.organisations(PageRequest(), in: .all).items.map(\.id) } == [.default])
  }

  @Sendable static func renamesOrganisations(_ store: any RegistryStore) async throws {
    let named = { @Sendable (name: String, version: Int64) in
      Organisation(
        id: .default, name: name, version: version, createdAt: Timestamp(milliseconds: 0), createdBy: .commandLine)
    }
    try await store.write { try $0.update(named("First", 2)) }
    for version in [1, 2, 4] as [Int64] {
      await #expect(throws: StoreError.constraint) { try await store.write { try $0.update(named("Other", version)) } }
    }
    let found = try #require(try store.read { try $0.organisation(.default) })
    #expect(found.name == "First" && found.version == 2)
  }

  @Sendable static func keepsOrganisationsInUse(_ store: any RegistryStore) async throws {
    let icc = Samples.icc(1, organisation: other)
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      try writer.insert(icc)
      try writer.insert(
        Samples.token(1, role: .viewer, organisation: OrganisationID(stored: "other")), hash: Samples.hash(1))
    }
    let next = Organisation(id: other, name: "Other", version: 2, createdAt: Samples.now, createdBy: .commandLine)
    let delete = { @Sendable (writer: any RegistryWriter) throws in try writer.delete(next, at: Samples.now) }
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
      _ = try await store.write { try $0.deleteIdempotencyRecords(before: Timestamp(milliseconds: before), atMost: 9) }
      #expect(try store.read { try $0.idempotencyRecord(token: Samples.tokenID(1), key: "k") != nil } == remains)
    }
  }
}
