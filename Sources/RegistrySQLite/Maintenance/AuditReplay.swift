import Registry
import RegistryStorage
import SQLiteKit

/// Compares each ICC, token and organisation with the state that its events tell.
///
/// The events are read subject by subject through their index, so that one subject is in memory.
struct AuditReplay {
  let connection: SQLiteConnection
  let now: Timestamp
  private var found = BoundedFindings()
  /// Valid tokens that were created by a version that recorded no fingerprints.
  private var unproven: (count: Int, first: [String]) = (0, [])
  /// The first event with the fingerprint of a token's hash: later ones have one too.
  private var firstFingerprint: Int64?

  init(_ connection: SQLiteConnection, at now: Timestamp) {
    (self.connection, self.now) = (connection, now)
  }

  /// Returns the differences, and what cannot be proven.
  mutating func run() throws(SQLiteError) -> (findings: [String], notes: [String]) {
    firstFingerprint = try connection.integer(
      """
      SELECT min(e.seq) FROM tokens AS t JOIN events AS e ON e.subject = t.id AND e.kind = 'token.created'
        WHERE instr(e.changes, '"hashFingerprint":') > 0
      """)
    try replay()
    try rowsWithoutEvents()
    try externalIDsWithoutEvents()
    return (found.lines, notes)
  }

  private mutating func replay() throws(SQLiteError) {
    let events = try connection.statement(
      "SELECT " + AuditEvent.columns + " FROM events INDEXED BY events_subject ORDER BY subject, seq")
    defer { events.reset() }
    var subject: AuditedSubject?
    while try events.step() {
      // An unknown kind is a finding of the chain.
      guard EventKind(rawValue: events.text(2)) != nil else { continue }
      let event = try AuditEvent(row: events)
      if let finished = subject, finished.id != event.subject { try compare(finished) }
      if subject?.id != event.subject { subject = AuditedSubject(id: event.subject) }
      subject?.apply(event)
    }
    if let subject { try compare(subject) }
  }

  private mutating func compare(_ subject: AuditedSubject) throws(SQLiteError) {
    if ICCID(subject.id) != nil {
      try compareICC(subject)
    } else if TokenID(subject.id) != nil {
      try compareToken(subject)
    } else {
      try compareOrganisation(subject)
    }
  }

  private mutating func compareICC(_ subject: AuditedSubject) throws(SQLiteError) {
    let row = try connection.first("SELECT " + ICC.columns + " FROM iccs WHERE id = ?", [.text(subject.id)]) {
      row throws(SQLiteError) in (number: row.integer(0), icc: try ICC(row: row))
    }
    guard let row else { return addMissingRow(subject.id) }
    add(subject.id, subject.differences(from: row.icc))
    add(subject.id, subject.differences(from: try handOvers(ofICC: row.number)))
    let foldedName = try connection.text("SELECT name_folded FROM iccs WHERE seq = ?", .integer(row.number))
    if foldedName != row.icc.name.text.folded { add(subject.id, ["name_folded does not belong to its name"]) }
    for (id, issued) in subject.externalIDs {
      add(subject.id, try externalIDDifferences(id, issued, row.number))
    }
  }

  private func handOvers(ofICC number: Int64) throws(SQLiteError) -> [(handOver: HandOver, hash: TokenHash)] {
    try connection.rows(
      "SELECT " + HandOver.columns + ", h.hash FROM hand_overs AS h JOIN iccs AS i ON i.seq = h.icc WHERE h.icc = ?",
      [.integer(number)]
    ) { row throws(SQLiteError) in (handOver: try HandOver(row: row), hash: TokenHash(bytes: row.blob(11))) }
  }

  private func externalIDDifferences(
    _ id: String, _ issued: AuditedSubject.IssuedID, _ icc: Int64
  ) throws(SQLiteError) -> [String] {
    guard let bytes = ExternalID(hex: id)?.bytes else { return ["an event has a malformed external ID"] }
    let row = try connection.first(
      "SELECT icc, issued_at, retired_at FROM external_ids WHERE external_id = ?", [.blob(bytes)]
    ) { (icc: $0.integer(0), issuedAt: $0.timestamp(1), retiredAt: $0.timestampOrNil(2)) }
    let name = "the external ID \(id.prefix(8))…"
    guard let row else { return ["\(name) is not recorded as issued, but an event issued it"] }
    guard row.icc == icc else { return ["\(name) is recorded as another ICC's"] }
    let isSame = row.issuedAt == issued.issuedAt && row.retiredAt == issued.retiredAt
    return isSame ? [] : ["\(name) was not issued or retired at the recorded time"]
  }

  private mutating func compareToken(_ subject: AuditedSubject) throws(SQLiteError) {
    let row = try connection.first(
      "SELECT " + Token.columns + ", hash FROM tokens WHERE id = ?", [.text(subject.id)]
    ) { row throws(SQLiteError) in (token: try Token(row: row), hash: TokenHash(bytes: row.blob(13))) }
    guard let row else { return addMissingRow(subject.id) }
    add(subject.id, subject.differences(from: row.token, row.hash))
    if !subject.hasFingerprint { noteUnproven(row.token, created: subject.creation) }
  }

  private mutating func noteUnproven(_ token: Token, created: Int64?) {
    if let created, let firstFingerprint, created > firstFingerprint {
      return add(token.id.text, ["event \(created) has no fingerprint of its hash, although earlier events have one"])
    }
    guard token.isValid(at: now) else { return }
    unproven.count += 1
    if unproven.count <= 10 { unproven.first.append(token.id.text) }
  }

  private mutating func compareOrganisation(_ subject: AuditedSubject) throws(SQLiteError) {
    let row = try connection.first(
      "SELECT " + Organisation.columns + ", deleted_at FROM organisations WHERE id = ?", [.text(subject.id)]
    ) { (organisation: Organisation(row: $0), deletedAt: $0.timestampOrNil(6)) }
    guard let row else { return addMissingRow("organisation \(subject.id)") }
    add("organisation \(subject.id)", subject.differences(from: row.organisation, deletedAt: row.deletedAt))
  }

  private mutating func add(_ subject: String, _ differences: [String]) {
    found.append(contentsOf: differences.map { "\(subject): \($0)" })
  }

  private mutating func addMissingRow(_ subject: String) {
    add(subject, ["it has events, but its row is missing"])
  }

  private var notes: [String] {
    guard unproven.count > 0 else { return [] }
    let more = unproven.count > unproven.first.count ? ", …" : ""
    return [
      "not provable: the hashes of \(unproven.count) valid tokens from before fingerprints were recorded ("
        + unproven.first.joined(separator: ", ") + more + "); replace them with POST /v1/session/rotate"
    ]
  }
}

extension AuditReplay {
  private mutating func rowsWithoutEvents() throws(SQLiteError) {
    let rows = try connection.statement(
      """
      SELECT id, '' FROM iccs WHERE NOT EXISTS (SELECT 1 FROM events WHERE subject = iccs.id)
      UNION ALL
      SELECT id, ' with the role ' || role FROM tokens WHERE NOT EXISTS (SELECT 1 FROM events WHERE subject = tokens.id)
      UNION ALL
      SELECT 'organisation ' || id, '' FROM organisations
        WHERE id <> 'default' AND NOT EXISTS (SELECT 1 FROM events WHERE subject = organisations.id)
      """)
    defer { rows.reset() }
    while try rows.step() { add(rows.text(0), ["it exists\(rows.text(1)), but no event created it"]) }
    let isDefaultUnused = try connection.integer("SELECT 1 FROM events WHERE subject = 'default' LIMIT 1") == nil
    if isDefaultUnused { try compareOrganisation(AuditedSubject(id: OrganisationID.default.text)) }
  }

  /// Only retired ones: the others are those of the ICC's row.
  private mutating func externalIDsWithoutEvents() throws(SQLiteError) {
    let rows = try connection.statement(
      """
      SELECT i.id, lower(hex(x.external_id)) AS digits FROM external_ids AS x JOIN iccs AS i ON i.seq = x.icc
        WHERE x.state = 'retired' AND NOT EXISTS (
          SELECT 1 FROM events AS e WHERE e.subject = i.id AND instr(e.changes, lower(hex(x.external_id))) > 0)
      """)
    defer { rows.reset() }
    while try rows.step() {
      add(rows.text(0), ["the external ID \(rows.text(1).prefix(8))… is recorded as issued, but no event issued it"])
    }
  }
}
