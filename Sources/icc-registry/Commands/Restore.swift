import Registry
import RegistrySQLite

/// The subcommand `restore`.
enum Restore: Subcommand {
  static let name = "restore"
  static let operands = "FILE"
  static let summary = "Replaces the database by a backup; the server must be stopped."
  static let description = """
    Checks FILE, a backup, as verify-database does, and replaces the database by it. No server may have the database open. \
    The old database is kept in the same folder, under the name that the command prints. Anchors and checkpoints that are \
    newer than the backup are ignored.
    """
  static let options = AuditEvidence.options

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    let file = try arguments.operands("FILE")[0]
    let database = try Maintenance.file(
      settings, orAdvise: "stop all instances and use `pg_restore --dbname=URI FILE` with an empty database")
    let evidence = try AuditEvidence(arguments)
    let result = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.restore(file, to: database, against: evidence, now: .now)
    }
    for note in result.notes { output.writeError(note) }
    output.writeError(
      "restored \(database) from \(file)"
        + (result.replaced.map { "; the old database is kept as \($0)" } ?? ""))
  }
}
