import Registry
import RegistrySQLite
import RegistryStorage
import SQLiteKit
import TestSupport
import Testing
import StoreConformance

@Suite struct AuditTests {
  private let place = StoreUnderTest()

  private func filled() async throws -> SQLiteRegistryStore {
    let store = try place.open()
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      for number in 1...3 {
        try writer.create(Samples.icc(number))
      }
      try writer.append(Samples.event(.userARNShared, 1))
      try writer.append(Samples.event(.iccUpdated, organisation: OrganisationID(stored: "other"), 1))
    }
    return store
  }

  @Test func `events come in commit order within the scope`() async throws {
    let store = try await filled()
    let rows: [(Scope, Bool, [Int64], [Int64])] = [
      (.all, true, [1, 2, 3, 4, 5], [1, 4, 5]), (.all, false, [1, 2, 3, 5], [1, 5]),
      (.organisation(.default), false, [1, 2, 3], [1]),
      // The trail of an ICC belongs to its own organisation, whatever an event of it says.
      (.organisation(OrganisationID(stored: "other")), true, [5], []),
    ]
    for (scope, all, everything, ofFirst) in rows {
      try store.read { (reader: any RegistryReader) throws -> Void in
        let events = try reader.events(PageRequest(), in: scope, for: all ? .administrators : .tenants).items
        #expect(events.map(\.sequence) == everything)
        let own = try reader.events(
          of: Samples.iccID(1), PageRequest(), in: scope, for: all ? .administrators : .tenants
        ).items
        #expect(own.map(\.sequence) == ofFirst)
      }
    }
    let page = try store.read {
      try $0.events(PageRequest(after: 1, limit: 2), in: .all, for: .administrators)
    }
    #expect(page.items.map(\.sequence) == [2, 3] && page.next == 3)
    #expect(page.items.first?.changes.contains(#""name":{"before":null,"after":"ICC 2"}"#) == true)
  }

  /// A database with events of three ICCs, an alarm and a change, as the lifecycle writes them.
  private func lived() async throws {
    let store = try place.open()
    try await store.write { writer in
      for number in 1...3 { try writer.create(Samples.icc(number)) }
      try writer.append(Samples.event(.userARNShared, 1, version: nil))
      var change = ICCChange()
      change.description = .set(ICCDescription(stored: "changed"))
      _ = try ICCLifecycle.change(Samples.iccID(1), change, .commandLine(now: Samples.now), in: writer)
    }
    store.close()
  }

  @Test func `an intact database has no findings`() async throws {
    try await lived()
    let report = try DatabaseMaintenance.examine(place.folder("r.db"), now: Samples.now)
    #expect(report.findings.isEmpty && report.notes.isEmpty)
    let last = try place.connection().first("SELECT hash FROM events WHERE seq = 5") { $0.blob(0) }
    #expect(report.head == AuditHead(sequence: 5, hash: try #require(last)))
  }

  @Test(
    arguments: [
      ("UPDATE events SET actor = 'nobody' WHERE seq = 2", "event 2 of the audit trail was altered"),
      ("UPDATE events SET organisation = NULL WHERE seq = 5", "event 5 of the audit trail was altered"),
      ("UPDATE events SET at = at + 1 WHERE seq = 2", "event 2 of the audit trail was altered"),
      ("UPDATE events SET address = '192.0.2.9' WHERE seq = 4", "event 4 of the audit trail was altered"),
      ("UPDATE events SET address = NULL WHERE seq = 4", "event 4 of the audit trail was altered"),
      ("UPDATE events SET request_id = 'other' WHERE seq = 2", "event 2 of the audit trail was altered"),
      ("UPDATE events SET subject = 'icc_0' WHERE seq = 2", "event 2 of the audit trail was altered"),
      ("UPDATE events SET version = 2 WHERE seq = 2", "event 2 of the audit trail was altered"),
      ("UPDATE events SET changes = '{}' WHERE seq = 2", "event 2 of the audit trail was altered"),
      ("UPDATE events SET hash = zeroblob(32) WHERE seq = 5", "event 5 of the audit trail was altered"),
      (
        "UPDATE events SET administrators_only = 1, number = NULL WHERE seq = 3",
        "event 3 of the audit trail was altered"
      ),
      ("UPDATE events SET kind = 'icc.unheard' WHERE seq = 1", "event 1 of the audit trail was altered"),
      (
        "UPDATE events SET number = 9 WHERE seq = 5",
        "event 5 of the audit trail has the wrong number within its subject"
      ),
      ("DELETE FROM events WHERE seq = 2", "event 2 of the audit trail is missing"),
      ("DELETE FROM events WHERE seq >= 4", "the audit trail ends at event 3, but event 5 was issued"),
      ("DELETE FROM events", "the audit trail ends at event 0, but event 5 was issued"),
      (
        "UPDATE external_ids SET state = 'retired', retired_at = 1 WHERE icc = 1",
        "the live external ID of icc_00000000000000000000000001 differs from the one that was issued"
      ),
      (
        "DELETE FROM external_ids WHERE icc = 2",
        "the live external ID of icc_00000000000000000000000002 differs from the one that was issued"
      ),
      (
        "INSERT INTO idempotency_keys VALUES ('tok_x', 'k', zeroblob(32), 0, 201, NULL, NULL, x'00')",
        "a row in idempotency_keys refers to a missing row in tokens"
      ),
    ] as [(String, String)])
  func `a changed audit trail is found`(_ script: String, _ finding: String) async throws {
    try await lived()
    do {
      let connection = try place.connection()
      for trigger in ["events_are_never_altered", "events_are_never_removed", "external_ids_stay"] {
        try connection.runScript("DROP TRIGGER \(trigger)")
      }
      try connection.runScript(script)
    }
    let findings = try DatabaseMaintenance.examine(place.folder("r.db"), now: Samples.now).findings
    // The script had to drop triggers, which is a finding of its own. An altered event also contradicts the rows.
    #expect(
      findings.filter { $0.hasSuffix(finding) || $0.contains(" of the audit trail ") } == [finding], "\(findings)")
  }
}
