import Registry
import SQLiteKit

extension AuditEvent {
  /// The columns of `init(row:)`, in its order.
  static let columns: SQL =
    "seq, at, kind, actor, address, request_id, organisation, subject, version, changes, number"

  init(row: SQLiteStatement) throws(SQLiteError) {
    guard let kind = EventKind(rawValue: row.text(2)) else { throw .unreadable("events.kind") }
    self.init(
      sequence: row.integer(0), number: row.integerOrNil(10), at: row.timestamp(1), kind: kind,
      actor: Actor(stored: row.text(3)),
      address: row.textOrNil(4), requestID: row.textOrNil(5),
      organisation: row.textOrNil(6).map(OrganisationID.init(stored:)), subject: row.text(7),
      version: row.integerOrNil(8), changes: row.text(9))
  }
}

extension AuditHead {
  /// Reads the end of the audit trail.
  init(of connection: SQLiteConnection) throws(SQLiteError) {
    let last = try connection.first("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1") { row in
      AuditHead(sequence: row.integer(0), hash: row.blob(1))
    }
    self = last ?? .start
  }
}

extension SQLiteReader {
  func auditHead() throws(StoreError) -> AuditHead {
    try mappingErrors { () throws(SQLiteError) in try AuditHead(of: connection) }
  }

  func events(
    of icc: ICCID, _ page: PageRequest, in scope: Scope, for audience: EventAudience
  ) throws(StoreError) -> Page<AuditEvent> {
    // Through the ICC's row in scope, so that the events of an ICC out of scope are not read. The
    // `+` keeps the search on the index of subjects (https://sqlite.org/optoverview.html#uplus).
    let (iccInScope, scoped) = scope.condition("organisation")
    let condition = " AND subject = (SELECT id FROM " + scope.iccs + " WHERE id = ? AND" + iccInScope + ") AND"
    let (inScope, values) = scope.condition("+organisation")
    let visible: SQL = audience == .administrators ? "" : " AND administrators_only = 0"
    return try events(condition + inScope + visible, [.text(icc.text)] + scoped + values, page)
  }

  func events(
    _ page: PageRequest, in scope: Scope, for audience: EventAudience
  ) throws(StoreError) -> Page<AuditEvent> {
    let (inScope, values) = scope.condition("organisation")
    return try events(" AND" + inScope + Self.visible(to: audience), values, page)
  }

  /// Returns the condition that limits the feed to an audience. It begins with the condition of the
  /// index `events_organisation`, so that the alarms about other organisations are not read.
  private static func visible(to audience: EventAudience) -> SQL {
    let ownEvents: SQL = " AND organisation IS NOT NULL AND kind NOT IN ('user-arn.shared', 'icc.released')"
    return switch audience {
    case .tenants: ownEvents + " AND administrators_only = 0"
    case .managers: ownEvents
    case .administrators: ""
    }
  }

  private func events(
    _ condition: SQL, _ values: [SQLiteValue], _ page: PageRequest
  ) throws(StoreError) -> Page<AuditEvent> {
    try self.page(
      "SELECT " + AuditEvent.columns + " FROM events WHERE seq > ?" + condition + " ORDER BY seq LIMIT ?",
      [.integer(page.after)] + values, page, AuditEvent.init(row:))
  }
}
