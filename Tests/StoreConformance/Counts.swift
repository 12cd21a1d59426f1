import Registry
import Testing

/// The counts that quotas need.
enum CountConformance {
  static let requirements: [StoreRequirement] = [
    StoreRequirement("the live ICCs of an organisation are counted", countsICCs),
    StoreRequirement("the live ICCs are counted by their status", countsStatuses),
    StoreRequirement("the valid tokens of an organisation are counted up to a limit", countsTokens),
    StoreRequirement("the stored responses of a token are counted", countsResponses),
  ]

  @Sendable static func countsICCs(_ store: any RegistryStore) async throws {
    let count = { (id: String) in try store.read { try $0.iccCount(of: OrganisationID(stored: id)) } }
    #expect(try count("default") == 0 && count("unknown") == 0)
    let icc = Samples.icc(1)
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      try writer.insert(icc)
      try writer.insert(Samples.icc(2))
      try writer.insert(Samples.icc(3, deletedAt: Samples.now))
      try writer.insert(Samples.icc(4, organisation: OrganisationID(stored: "other")))
    }
    #expect(try count("default") == 2 && count("other") == 1)
    _ = try await store.write(dryRun: true) { try $0.insert(Samples.icc(5)) }
    #expect(try count("default") == 2)
    for (version, deletedAt, expected) in [(2, Samples.now, 1), (3, Samples.now, 1), (4, nil, 2)]
      as [(Int64, Timestamp?, Int)]
    {
      let next = Samples.icc(1, externalID: icc.externalID, version: version, deletedAt: deletedAt)
      try await store.write { try $0.update(next) }
      #expect(try count("default") == expected, "version \(version)")
    }
  }

  @Sendable static func countsStatuses(_ store: any RegistryStore) async throws {
    let counts = { (id: String?) in try store.read { try $0.iccCounts(of: id.map(OrganisationID.init(stored:))) } }
    #expect(try counts(nil) == [:] && counts("default") == [:] && counts("unknown") == [:])
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      for number in 1...3 { try writer.insert(Samples.icc(number)) }
      try writer.insert(Samples.icc(4, deletedAt: Samples.now))
      try writer.insert(Samples.icc(5, organisation: OrganisationID(stored: "other")))
    }
    let status = Samples.icc(1).status
    #expect(try counts("default") == [status: 3] && counts("other") == [status: 1] && counts(nil) == [status: 4])
  }

  @Sendable static func countsTokens(_ store: any RegistryStore) async throws {
    let ends: [Timestamp?] = [nil, nil] + [-1, 0, 1, 2].map { Samples.now.adding(milliseconds: $0) }
    try await store.write { writer in
      for (index, end) in ends.enumerated() {
        let token = Samples.token(index + 1, role: .viewer, organisation: .default, expiresAt: end)
        try writer.insert(token, hash: Samples.hash(ofToken: index + 1))
      }
      try writer.insert(Samples.token(9), hash: Samples.hash(ofToken: 9))
    }
    let count = { (limit: Int) in
      try store.read { try $0.validTokenCount(of: .default, at: Samples.now, upTo: limit) }
    }
    #expect(try count(10) == 4 && count(4) == 4 && count(3) == 3)
    try await store.write { try $0.revoke(Samples.tokenID(1), at: Samples.now) }
    #expect(try count(10) == 3)
    #expect(
      try store.read { try $0.validTokenCount(of: OrganisationID(stored: "other"), at: Samples.now, upTo: 9) } == 0)
  }

  @Sendable static func countsResponses(_ store: any RegistryStore) async throws {
    let record = { (token: Int, key: String, time: Timestamp) in
      IdempotencyRecord(
        token: Samples.tokenID(token), key: key, fingerprint: [UInt8](repeating: 1, count: 32), createdAt: time,
        status: 201, location: nil, entityTag: nil, body: [1])
    }
    let later = Samples.now.adding(milliseconds: 9)
    let records = [
      record(1, "a", Samples.now), record(1, "b", later), record(2, "a", Samples.now), record(1, "b", later),
    ]
    try await store.write { writer in
      for number in 1...3 { try writer.insert(Samples.token(number), hash: Samples.hash(ofToken: number)) }
      for record in records { try writer.save(record) }
    }
    let counts = {
      try store.read { reader in try (1...3).map { try reader.idempotencyRecordCount(of: Samples.tokenID($0)) } }
    }
    #expect(try counts() == [2, 1, 0])
    for expected in [1, 1, 0] {
      let deleted = try await store.write { try $0.deleteIdempotencyRecords(before: later, atMost: 1) }
      #expect(deleted == expected)
    }
    #expect(try counts() == [1, 0, 0])
  }
}
