import PostgreSQLKit
import Registry
import RegistryPostgreSQL
import RegistrySQLite
import RegistryStorage

/// The subcommand `verify-database`.
enum VerifyDatabase: Subcommand {
  static let name = "verify-database"
  static let summary = "Checks the database for damage and tampering."
  static let description = """
    Checks every page, index and reference of the database, its schema, and the hash chain of the audit trail. Replays the \
    audit trail and compares it with every ICC, token and organisation, so that a row that was changed in another way shows. \
    Memory does not grow with the number of ICCs. In a database of PostgreSQL, pg_amcheck checks pages and indexes.

    Without errors it exits with 0 and prints the end of the audit trail as SEQ:HASH. Keep that elsewhere: with --anchor, a \
    later run shows if events up to it were rewritten. With errors it prints one line for each and exits with 1.
    """
  static let options = AuditEvidence.options

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let evidence = try AuditEvidence(arguments)
    let report = try report(settings.database, evidence)
    let database = settings.database.description
    for finding in report.findings { try output.writeLine(finding) }
    for note in report.notes { output.writeError(note) }
    if !report.findings.isEmpty {
      throw .failed("the database \(database) has errors; restore a backup with `\(restore(settings.database))`")
    }
    try output.writeLine(report.head.description)
    output.writeError("the database \(database) has no errors")
  }

  private static func restore(_ database: DatabaseLocation) -> String {
    if case .file = database { "icc-registry restore FILE" } else { "pg_restore --dbname=URI FILE" }
  }

  private static func report(
    _ database: DatabaseLocation, _ evidence: AuditEvidence
  ) throws(CommandFailure) -> DatabaseReport {
    switch database {
    case .file(let path):
      return try Maintenance.run { () throws(MaintenanceError) in
        try DatabaseMaintenance.examine(path, against: evidence, now: .now)
      }
    case .server(let address):
      do {
        return try DatabaseExamination.examine(address, against: evidence)
      } catch let error as PostgreSQLOpeningError {
        throw .failed(error.description)
      } catch let error as AuditEvidenceExamination.Unreadable {
        throw .failed(MaintenanceError.evidence(error.file, reason: error.reason).description)
      } catch {
        throw .failed(StoreErrorText.text(of: error, database: database.description))
      }
    }
  }
}
