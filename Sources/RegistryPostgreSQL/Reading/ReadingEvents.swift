import PostgreSQLKit
import Registry

extension AuditEvent {
  /// The columns of `init(row:)`, in its order.
  static let columns: PostgreSQLQuery =
    "seq, at, kind, actor, address, request_id, organisation, subject, version, changes, number"

  init(row: PostgreSQLRow) throws(PostgreSQLError) {
    guard let kind = EventKind(rawValue: row.text(2)) else { throw .unreadable("events.kind") }
    self.init(
      sequence: row.integer(0), number: row.integerOrNil(10), at: row.timestamp(1), kind: kind,
      actor: Actor(stored: row.text(3)),
      address: row.textOrNil(4), requestID: row.textOrNil(5),
      organisation: row.textOrNil(6).map(OrganisationID.init(stored:)), subject: row.text(7),
      version: row.integerOrNil(8), changes: row.text(9))
  }
}

extension PostgreSQLReader {
  func auditHead() throws(StoreError) -> AuditHead {
    try first("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1") { row in
      AuditHead(sequence: row.integer(0), hash: row.bytes(1))
    } ?? .start
  }

  func events(
    of icc: ICCID, _ page: PageRequest, in scope: Scope, for audience: EventAudience
  ) throws(StoreError) -> Page<AuditEvent> {
    let inScope = scope.condition("organisation")
    let visible: PostgreSQLQuery = audience == .administrators ? "" : " AND NOT administrators_only"
    return try events(
      """
      subject = (SELECT id FROM iccs WHERE id = \(icc.text) AND \(inScope)) AND \(inScope)\(visible)
      """, page)
  }

  func events(
    _ page: PageRequest, in scope: Scope, for audience: EventAudience
  ) throws(StoreError) -> Page<AuditEvent> {
    try events("\(scope.condition("organisation"))\(Self.visible(to: audience))", page)
  }

  /// Returns the condition that limits the feed to an audience. It begins with the condition of the
  /// index `events_organisation`, so that the alarms about other organisations are not read.
  private static func visible(to audience: EventAudience) -> PostgreSQLQuery {
    let ownEvents: PostgreSQLQuery =
      " AND organisation IS NOT NULL AND kind NOT IN ('user-arn.shared', 'icc.released')"
    return switch audience {
    case .tenants: "\(ownEvents) AND NOT administrators_only"
    case .managers: ownEvents
    case .administrators: ""
    }
  }

  private func events(_ condition: PostgreSQLQuery, _ page: PageRequest) throws(StoreError) -> Page<AuditEvent> {
    try self.page(
      "SELECT \(AuditEvent.columns) FROM events WHERE seq > \(page.after) AND \(condition) ORDER BY seq", page,
      AuditEvent.init(row:))
  }
}
