import RegistrySQLite

/// `verify-database`
enum VerifyDatabase: Subcommand {
  static let name = "verify-database"
  static let summary = "Examines the database: structure, references and the chain of audit events."
  static let description = """
    Examines every page, index and reference of the database, and the hash chain of the audit trail, where a removed or altered \
    event shows. Prints what it finds, one fault on a line, and then fails; prints nothing and ends with 0 where all is sound.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ console: any Console) throws(CommandFailure) {
    _ = try arguments.words()
    let findings = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.findings(in: settings.database.text)
    }
    for finding in findings { try console.writeLine(finding) }
    if !findings.isEmpty {
      throw .failed(
        "the database \(settings.database.text) is not sound; restore a backup with `icc-registry restore FILE`")
    }
    console.say("the database \(settings.database.text) is sound")
  }
}
