import RegistrySQLite

/// The subcommand `verify-database`.
enum VerifyDatabase: Subcommand {
  static let name = "verify-database"
  static let summary = "Checks the database: structure, references and the audit trail."
  static let description = """
    Checks every page, index and reference of the database, and the hash chain of the audit trail, which shows a removed or \
    changed event. Prints one line per error and exits with 1; prints nothing and exits with 0 if there is none.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let findings = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.findings(in: settings.database.text)
    }
    for finding in findings { try output.writeLine(finding) }
    if !findings.isEmpty {
      throw .failed(
        "the database \(settings.database.text) has errors; restore a backup with `icc-registry restore FILE`")
    }
    output.writeError("the database \(settings.database.text) has no errors")
  }
}
