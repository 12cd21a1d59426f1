import Registry
import Testing

/// The transactions, external IDs and verifications of a store.
enum TransactionConformance {
  static let requirements: [StoreRequirement] = [
    StoreRequirement("a body that throws is undone alone", undoesAlone),
    StoreRequirement("a dry run returns its value and writes nothing", writesNothingInADryRun),
    StoreRequirement("one of many equal names is stored", storesOneOfEqualNames),
    StoreRequirement("a rotation moves external IDs through their states and none is issued again", rotatesExternalIDs),
    StoreRequirement("the newest verifications of each ICC are kept", keepsNewestVerifications),
    StoreRequirement("a verification of an unknown ICC is refused", refusesVerificationOfNothing),
    StoreRequirement("events have consecutive numbers and are limited to the scope", numbersEvents),
    StoreRequirement("the events of a subject are numbered without those of administrators", numbersWithinSubject),
    StoreRequirement("the end of the audit trail is the last event's", returnsAuditHead),
    StoreRequirement("the key of cursors has 32 bytes and stays", keepsCursorKey),
    StoreRequirement("a writable store says so", reportsWritable),
  ]

  private struct Refused: Error {}

  private static func verification(_ number: Int) -> Verification {
    Verification(
      iccVersion: Int64(number), startedAt: Samples.now, durationMilliseconds: number, retryAfterSeconds: nil,
      checks: [])
  }

  @Sendable static func numbersWithinSubject(_ store: any RegistryStore) async throws {
    let events: [(EventKind, Int)] = [
      (.iccCreated, 1), (.iccCreated, 2), (.userARNShared, 1), (.iccUpdated, 1), (.iccUpdated, 2), (.iccDeleted, 1),
    ]
    try await store.write { writer in
      for (kind, icc) in events { try writer.append(Samples.event(kind, icc)) }
    }
    let numbers = try store.read {
      try $0.events(PageRequest(), in: .all, for: .administrators).items.map(\.number)
    }
    #expect(numbers == [1, 1, nil, 2, 2, 3])
  }

  @Sendable static func returnsAuditHead(_ store: any RegistryStore) async throws {
    #expect(try store.read { try $0.auditHead() } == .start)
    var heads: Set<AuditHead> = []
    for number in 1...3 {
      let sequence = try await store.write { try $0.append(Samples.event(.iccUpdated, number)) }
      let head = try store.read { try $0.auditHead() }
      #expect(head.sequence == sequence && head.hash.count == 32)
      #expect(AuditHead(head.description) == head)
      heads.insert(head)
    }
    #expect(heads.count == 3)
  }

  @Sendable static func keepsCursorKey(_ store: any RegistryStore) async throws {
    let key = try store.read { try $0.cursorKey() }
    #expect(key.count == 32 && Set(key).count > 8)
    try await store.write { try $0.insert(Samples.icc(1)) }
    #expect(try store.read { try $0.cursorKey() } == key)
  }

  @Sendable static func undoesAlone(_ store: any RegistryStore) async throws {
    await withTaskGroup(of: Void.self) { group in
      for number in 1...60 {
        group.addTask {
          do {
            try await store.write { writer in
              try writer.insert(Samples.icc(number))
              if number % 3 == 0 { throw Refused() }
            }
            #expect(number % 3 != 0)
          } catch { #expect(error is Refused && number % 3 == 0) }
        }
      }
    }
    let kept = try store.read { try $0.iccs(ICCFilter(), PageRequest(limit: 200), in: .all).items.map(\.id) }
    #expect(kept.sorted() == (1...60).filter { $0 % 3 != 0 }.map(Samples.iccID))
  }

  @Sendable static func writesNothingInADryRun(_ store: any RegistryStore) async throws {
    let seen = try await store.write(dryRun: true) { writer in
      try writer.insert(Samples.icc(1))
      try writer.append(Samples.event())
      return try writer.icc(Samples.iccID(1), in: .all)?.id
    }
    #expect(seen == Samples.iccID(1))
    #expect(try store.read { try $0.icc(Samples.iccID(1), in: .all) } == nil)
    #expect(try await store.write { try $0.append(Samples.event()) } == 1)
  }

  @Sendable static func storesOneOfEqualNames(_ store: any RegistryStore) async throws {
    let won = await withTaskGroup(of: Bool.self) { group in
      for number in 1...40 {
        group.addTask { (try? await store.write { try $0.insert(Samples.icc(number, name: "Twin")) }) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(won == 1)
  }

  @Sendable static func rotatesExternalIDs(_ store: any RegistryStore) async throws {
    let (a, b, c) = (ExternalID.random(), ExternalID.random(), ExternalID.random())
    let steps: [(ExternalID, ExternalID?, [IssuedExternalID.State?])] = [
      (a, nil, [.live, nil, nil]), (a, b, [.live, .pending, nil]), (b, nil, [.retired, .live, nil]),
      (b, c, [.retired, .live, .pending]), (b, nil, [.retired, .live, .retired]),
    ]
    for (index, (current, pending, states)) in steps.enumerated() {
      let icc = Samples.icc(1, externalID: current, pending: pending, version: Int64(index + 1))
      try await store.write { index == 0 ? try $0.insert(icc) : try $0.update(icc) }
      for (id, state) in zip([a, b, c], states) {
        let entry = try store.read { try $0.issuedExternalID(id, in: .organisation(.default)) }
        #expect(entry?.state == state && (entry?.retiredAt != nil) == (state == .retired))
      }
    }
    for (current, pending) in [(a, nil), (c, nil), (b, a)] as [(ExternalID, ExternalID?)] {
      await #expect(throws: StoreError.constraint) {
        try await store.write { try $0.update(Samples.icc(1, externalID: current, pending: pending, version: 6)) }
      }
    }
    for taken in [a, b, c, .sample] {
      await #expect(throws: StoreError.constraint) {
        try await store.write { try $0.insert(Samples.icc(2, externalID: taken)) }
      }
    }
  }

  @Sendable static func keepsNewestVerifications(_ store: any RegistryStore) async throws {
    try await store.write(dryRun: false) { writer in
      for number in 1...2 { try writer.insert(Samples.icc(number)) }
      for number in 1...7 { try writer.insert(verification(number), of: Samples.icc(1), keeping: 5) }
      try writer.insert(verification(9), of: Samples.icc(2), keeping: 5)
    }
    try store.read { (reader: any RegistryReader) throws -> Void in
      let first = try reader.verifications(of: Samples.iccID(1), PageRequest(limit: 3), in: .all)
      #expect(first.items == [7, 6, 5].map { verification($0).text })
      let next = try #require(first.next)
      let rest = try reader.verifications(of: Samples.iccID(1), PageRequest(after: next, limit: 3), in: .all)
      #expect(rest.items == [4, 3].map { verification($0).text } && rest.next == nil)
      let other = try reader.verifications(of: Samples.iccID(2), PageRequest(), in: .organisation(.default))
      #expect(other.items.count == 1)
      let stranger = Scope.organisation(OrganisationID(stored: "other"))
      #expect(try reader.verifications(of: Samples.iccID(1), PageRequest(), in: stranger).items.isEmpty)
    }
  }

  @Sendable static func refusesVerificationOfNothing(_ store: any RegistryStore) async throws {
    await #expect(throws: StoreError.self) {
      try await store.write(dryRun: false) { try $0.insert(verification(1), of: Samples.icc(1), keeping: 5) }
    }
  }

  @Sendable static func numbersEvents(_ store: any RegistryStore) async throws {
    let other = OrganisationID(stored: "other")
    try await store.write { try $0.insert(Samples.organisation("other")) }
    for (number, organisation) in [(1, OrganisationID.default), (2, other), (3, .default)] {
      try await store.write { writer in
        try writer.insert(Samples.icc(number, organisation: organisation))
        #expect(try writer.append(Samples.event(organisation: organisation, number)) == Int64(number))
      }
    }
    for (scope, expected) in [(Scope.all, [1, 2, 3]), (.organisation(.default), [1, 3]), (.organisation(other), [2])] {
      let events = try store.read { try $0.events(PageRequest(), in: scope, for: .administrators).items }
      #expect(events.map(\.sequence) == expected.map(Int64.init))
    }
  }

  @Sendable static func reportsWritable(_ store: any RegistryStore) async throws {
    try await store.checkReady()
  }
}
