package import Registry

/// The side of a copy that is read: one snapshot of a database.
package protocol CopySource {
  /// Calls `body` with the values of each row in the order of the key.
  func rows(of table: CopiedTable, _ body: ([CopiedValue]) throws -> Void) throws
}

/// The side of a copy that is written: a transaction in an empty database.
package protocol CopyTarget: CopySource {
  /// Inserts rows. They are not checked or counted by triggers: those of the source were.
  func insert(_ rows: [[CopiedValue]], into table: CopiedTable) throws
  /// Keeps what was copied. Without it nothing is.
  func commit() throws
}

/// The reason why nothing was copied, as a sentence fragment with the action to take.
package struct CopyError: Error, CustomStringConvertible {
  /// The text for the operator.
  package let description: String

  /// Creates the error.
  package init(_ description: String) { self.description = description }
}

/// Copies a registry with its whole history from one database to another, and compares both before
/// anything is kept.
package struct DatabaseCopy {
  /// The number of rows that are in memory at a time. A row has 64 KiB at most, almost always much
  /// less.
  private static let batchRows = 250

  /// The rows of a table in both databases.
  package struct Summary: Sendable {
    /// The table's name.
    package let table: String
    /// The number of rows.
    package let count: Int
    /// The SHA-256 of all values: 32 bytes.
    package let digest: [UInt8]
  }

  private let source: any CopySource
  private let target: any CopyTarget
  private let progress: (String, Int) -> Void
  private var head = AuditHead.start

  /// A copy. `progress` is called after each batch with the table's name and its rows so far.
  package init(
    from source: any CopySource, to target: any CopyTarget, progress: @escaping (String, Int) -> Void
  ) {
    (self.source, self.target, self.progress) = (source, target, progress)
  }

  /// Copies all tables, and returns their summaries and the end of the audit trail. Throws if a
  /// table differs afterwards.
  package mutating func run() throws -> (tables: [Summary], head: AuditHead) {
    var summaries: [Summary] = []
    for table in CopiedTable.all {
      let copied = try copy(table)
      let found = try summary(of: table)
      guard copied.count == found.count, copied.digest == found.digest else {
        throw CopyError("the copy of the table \(table.name) differs from the source. Nothing was kept")
      }
      summaries.append(copied)
    }
    try target.commit()
    return (summaries, head)
  }

  private mutating func copy(_ table: CopiedTable) throws -> Summary {
    var digest = TableDigest()
    var batch: [[CopiedValue]] = []
    var last: [CopiedValue] = []
    try source.rows(of: table) { row in
      digest.add(row)
      batch.append(row)
      last = row
      guard batch.count == Self.batchRows else { return }
      try target.insert(batch, into: table)
      batch.removeAll(keepingCapacity: true)
      progress(table.name.description, digest.count)
    }
    if !batch.isEmpty { try target.insert(batch, into: table) }
    if table.name.description == "events", case .integer(let sequence)? = last.first, case .bytes(let hash)? = last.last
    {
      head = AuditHead(sequence: sequence, hash: hash)
    }
    return Summary(table: table.name.description, count: digest.count, digest: digest.digest())
  }

  private func summary(of table: CopiedTable) throws -> Summary {
    var digest = TableDigest()
    try target.rows(of: table) { digest.add($0) }
    return Summary(table: table.name.description, count: digest.count, digest: digest.digest())
  }
}
