import PostgreSQLKit
import Registry

extension PostgreSQLWriter {
  /// Records an external ID as issued. The table's primary key rejects one that was issued before.
  func issue(
    _ id: ExternalID, _ state: IssuedExternalID.State, _ icc: Int64, _ time: Timestamp
  ) throws(StoreError) {
    try change(
      """
      INSERT INTO external_ids (external_id, icc, state, issued_at)
      VALUES (\(id.bytes), \(icc), \(state.rawValue), \(time.milliseconds))
      """)
  }

  /// Updates the table of issued external IDs to the ICC's: first the retired ones, then the
  /// promoted one, then the new one, so that an ICC never has two in the same state.
  func updateExternalIDs(of icc: ICC, _ row: Int64) throws(StoreError) {
    let known = try externalIDsInUse(row)
    for id in known.keys where id != icc.externalID && id != icc.pendingExternalID {
      try change(
        """
        UPDATE external_ids SET state = 'retired', retired_at = \(icc.updatedAt.milliseconds)
        WHERE external_id = \(id.bytes)
        """)
    }
    try setState(icc.externalID, .live, known[icc.externalID], row, icc.updatedAt)
    if let pending = icc.pendingExternalID { try setState(pending, .pending, known[pending], row, icc.updatedAt) }
  }

  private func setState(
    _ id: ExternalID, _ state: IssuedExternalID.State, _ known: IssuedExternalID.State?, _ row: Int64, _ time: Timestamp
  ) throws(StoreError) {
    guard let known else { return try issue(id, state, row, time) }
    if known == state { return }
    try change("UPDATE external_ids SET state = \(state.rawValue) WHERE external_id = \(id.bytes)")
  }

  private func externalIDsInUse(_ icc: Int64) throws(StoreError) -> [ExternalID: IssuedExternalID.State] {
    let rows = try rows(
      "SELECT external_id, state FROM external_ids WHERE icc = \(icc) AND state <> 'retired'"
    ) { row throws(PostgreSQLError) -> (ExternalID, IssuedExternalID.State) in
      guard let id = ExternalID(bytes: row.bytes(0)) else { throw .unreadable("external_ids.external_id") }
      guard let state = IssuedExternalID.State(rawValue: row.text(1)) else { throw .unreadable("external_ids.state") }
      return (id, state)
    }
    return Dictionary(rows) { first, _ in first }
  }
}
