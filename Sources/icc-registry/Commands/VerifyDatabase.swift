import Registry
import RegistrySQLite

/// The subcommand `verify-database`.
enum VerifyDatabase: Subcommand {
  static let name = "verify-database"
  static let summary = "Checks the database for damage and tampering."
  static let description = """
    Checks every page, index and reference of the database, its schema, and the hash chain of the audit trail. Replays the \
    audit trail and compares it with every ICC, token and organisation, so that a row that was changed in another way shows. \
    Memory does not grow with the number of ICCs.

    Without errors it exits with 0 and prints the end of the audit trail as SEQ:HASH. Keep that elsewhere: with --anchor, a \
    later run shows if events up to it were rewritten. With errors it prints one line for each and exits with 1.
    """
  static let options = AuditEvidence.options

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let database = try Maintenance.file(
      settings, orAdvise: "verify-database reads files only. Check for damage with `pg_amcheck --heapallindexed URI`")
    let evidence = try AuditEvidence(arguments)
    let report = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.examine(database, against: evidence, now: .now)
    }
    for finding in report.findings { try output.writeLine(finding) }
    for note in report.notes { output.writeError(note) }
    if !report.findings.isEmpty {
      throw .failed(
        "the database \(database) has errors; restore a backup with `icc-registry restore FILE`")
    }
    try output.writeLine(report.head.description)
    output.writeError("the database \(database) has no errors")
  }
}
