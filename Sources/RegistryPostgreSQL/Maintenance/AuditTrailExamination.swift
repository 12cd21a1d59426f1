import PostgreSQLKit
import Registry

/// Recomputes the chain of events, which detects rows that were changed, added or removed.
struct AuditTrailExamination {
  /// The number of events in memory.
  private static let pageLimit = 1_000

  let connection: PostgreSQLConnection

  private struct Link {
    let event: AuditEvent?
    let sequence: Int64
    let hash: [UInt8]
    let isForAdministrators: Bool
  }

  func findings() throws(PostgreSQLError) -> [String] {
    var previous = AuditHead(sequence: 0, hash: AuditHead.start.hash)
    while true {
      let page = try page(after: previous.sequence)
      for link in page {
        let sequence = previous.sequence + 1
        guard link.sequence == sequence else { return ["event \(sequence) of the audit trail is missing"] }
        guard Self.isIntact(link, after: previous.hash) else {
          return ["event \(sequence) of the audit trail was altered"]
        }
        previous = AuditHead(sequence: sequence, hash: link.hash)
      }
      if page.count < Self.pageLimit { return try misnumbered() }
    }
  }

  private func page(after sequence: Int64) throws(PostgreSQLError) -> [Link] {
    try connection.rows(
      """
      SELECT \(AuditEvent.columns), hash, administrators_only FROM events
      WHERE seq > \(sequence) ORDER BY seq LIMIT \(Self.pageLimit)
      """
    ) { row in
      Link(
        event: try? AuditEvent(row: row), sequence: row.integer(0), hash: row.bytes(11),
        isForAdministrators: row.integer(12) == 1)
    }
  }

  private static func isIntact(_ link: Link, after previous: [UInt8]) -> Bool {
    guard let event = link.event else { return false }
    return link.isForAdministrators == event.kind.isForAdministratorsOnly
      && EventChain.hash(of: event, sequence: link.sequence, after: previous) == link.hash
  }

  /// The numbers of events within their subject, which are not part of the chain.
  private func misnumbered() throws(PostgreSQLError) -> [String] {
    let wrong = try connection.first(
      """
      SELECT seq FROM (
        SELECT seq, number, row_number() OVER (PARTITION BY subject ORDER BY seq) AS expected
        FROM events WHERE NOT administrators_only) AS numbered
      WHERE number IS DISTINCT FROM expected ORDER BY seq LIMIT 1
      """
    ) { $0.integer(0) }
    return wrong.map { ["event \($0) of the audit trail has the wrong number within its subject"] } ?? []
  }
}
