import PostgreSQLKit
import Registry
import RegistryStorage

/// Compares each ICC, token and organisation with the state that its events tell.
///
/// The events are read subject by subject through their index, a page at a time.
struct AuditReplay {
  /// The number of events in memory.
  private static let pageLimit = 1_000

  let connection: PostgreSQLConnection
  private var found = BoundedFindings()

  init(_ connection: PostgreSQLConnection) { self.connection = connection }

  /// Returns the differences.
  mutating func run() throws(PostgreSQLError) -> [String] {
    var subject: AuditedSubject?
    var last: (subject: String, sequence: Int64) = ("", 0)
    while true {
      let page = try page(after: last.subject, last.sequence)
      for (event, id, sequence) in page {
        if let finished = subject, finished.id != id { try compare(finished) }
        if subject?.id != id { subject = AuditedSubject(id: id) }
        // An unreadable event is a finding of the chain.
        if let event { subject?.apply(event) }
        last = (id, sequence)
      }
      if page.count < Self.pageLimit { break }
    }
    if let subject { try compare(subject) }
    try rowsWithoutEvents()
    try externalIDsWithoutEvents()
    return found.lines
  }

  private func page(
    after subject: String, _ sequence: Int64
  ) throws(PostgreSQLError) -> [(event: AuditEvent?, subject: String, sequence: Int64)] {
    try connection.rows(
      """
      SELECT \(AuditEvent.columns) FROM events WHERE (subject, seq) > (\(subject), \(sequence))
      ORDER BY subject, seq LIMIT \(Self.pageLimit)
      """
    ) { row in (try? AuditEvent(row: row), row.text(7), row.integer(0)) }
  }

  private mutating func compare(_ subject: AuditedSubject) throws(PostgreSQLError) {
    if ICCID(subject.id) != nil {
      try compareICC(subject)
    } else if TokenID(subject.id) != nil {
      try compareToken(subject)
    } else {
      try compareOrganisation(subject)
    }
  }

  private mutating func compareICC(_ subject: AuditedSubject) throws(PostgreSQLError) {
    let row = try connection.first(
      "SELECT \(ICC.columns), name_folded, description_folded, prefix_folded FROM iccs WHERE id = \(subject.id)"
    ) { row throws(PostgreSQLError) in
      (number: row.integer(0), icc: try ICC(row: row), folded: [row.text(26), row.text(27), row.text(28)])
    }
    guard let row else { return addMissingRow(subject.id) }
    add(subject.id, subject.differences(from: row.icc))
    add(subject.id, subject.differences(from: try handOvers(ofICC: row.number)))
    let texts = [row.icc.name.text, row.icc.description.text, row.icc.prefix.text]
    if texts.map(\.folded) != row.folded { add(subject.id, ["a case-insensitive text does not belong to its text"]) }
    for (id, issued) in subject.externalIDs {
      add(subject.id, try externalIDDifferences(id, issued, row.number))
    }
  }

  private func handOvers(ofICC number: Int64) throws(PostgreSQLError) -> [(handOver: HandOver, hash: TokenHash)] {
    try connection.rows(
      """
      SELECT \(HandOver.columns), h.hash FROM hand_overs AS h JOIN iccs AS i ON i.seq = h.icc WHERE h.icc = \(number)
      """
    ) { row throws(PostgreSQLError) in (handOver: try HandOver(row: row), hash: TokenHash(bytes: row.bytes(11))) }
  }

  private func externalIDDifferences(
    _ id: String, _ issued: AuditedSubject.IssuedID, _ icc: Int64
  ) throws(PostgreSQLError) -> [String] {
    guard let bytes = ExternalID(hex: id)?.bytes else { return ["an event has a malformed external ID"] }
    let row = try connection.first(
      "SELECT icc, issued_at, retired_at FROM external_ids WHERE external_id = \(bytes)"
    ) { (icc: $0.integer(0), issuedAt: $0.timestamp(1), retiredAt: $0.timestampOrNil(2)) }
    let name = "the external ID \(id.prefix(8))…"
    guard let row else { return ["\(name) is not recorded as issued, but an event issued it"] }
    guard row.icc == icc else { return ["\(name) is recorded as another ICC's"] }
    let isSame = row.issuedAt == issued.issuedAt && row.retiredAt == issued.retiredAt
    return isSame ? [] : ["\(name) was not issued or retired at the recorded time"]
  }

  private mutating func compareToken(_ subject: AuditedSubject) throws(PostgreSQLError) {
    let row = try connection.first("SELECT \(Token.columns), hash FROM tokens WHERE id = \(subject.id)") {
      row throws(PostgreSQLError) in (token: try Token(row: row), hash: TokenHash(bytes: row.bytes(13)))
    }
    guard let row else { return addMissingRow(subject.id) }
    add(subject.id, subject.differences(from: row.token, row.hash))
    if !subject.hasFingerprint { add(subject.id, ["no event has a fingerprint of its hash"]) }
  }

  private mutating func compareOrganisation(_ subject: AuditedSubject) throws(PostgreSQLError) {
    let row = try connection.first(
      "SELECT \(Organisation.columns), deleted_at FROM organisations WHERE id = \(subject.id)"
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
}

extension AuditReplay {
  private mutating func rowsWithoutEvents() throws(PostgreSQLError) {
    let rows = try connection.rows(
      """
      SELECT id, '' FROM iccs WHERE NOT EXISTS (SELECT 1 FROM events WHERE subject = iccs.id)
      UNION ALL
      SELECT id, ' with the role ' || role FROM tokens WHERE NOT EXISTS (SELECT 1 FROM events WHERE subject = tokens.id)
      UNION ALL
      SELECT 'organisation ' || id, '' FROM organisations
        WHERE id <> 'default' AND NOT EXISTS (SELECT 1 FROM events WHERE subject = organisations.id)
      LIMIT 1000
      """
    ) { ($0.text(0), $0.text(1)) }
    for (subject, role) in rows { add(subject, ["it exists\(role), but no event created it"]) }
    let isDefaultUnused =
      try connection.first("SELECT 1 FROM events WHERE subject = 'default' LIMIT 1") { _ in 1 } == nil
    if isDefaultUnused { try compareOrganisation(AuditedSubject(id: OrganisationID.default.text)) }
  }

  /// Only retired ones: the others are those of the ICC's row.
  private mutating func externalIDsWithoutEvents() throws(PostgreSQLError) {
    let rows = try connection.rows(
      """
      SELECT i.id, encode(x.external_id, 'hex') FROM external_ids AS x JOIN iccs AS i ON i.seq = x.icc
      WHERE x.state = 'retired' AND NOT EXISTS (
        SELECT 1 FROM events AS e WHERE e.subject = i.id AND strpos(e.changes, encode(x.external_id, 'hex')) > 0)
      LIMIT 1000
      """
    ) { ($0.text(0), $0.text(1)) }
    for (icc, digits) in rows {
      add(icc, ["the external ID \(digits.prefix(8))… is recorded as issued, but no event issued it"])
    }
  }
}
