import Registry
import RegistrySQLite

/// The subcommand `restore`.
enum Restore: Subcommand {
  static let name = "restore"
  static let operands = "FILE"
  static let summary = "Replaces the database by a backup; the server must be stopped."
  static let description = """
    Checks FILE, a backup, and replaces the database by it. No server may have the database open. The old database is kept in \
    the same folder, under the name that the command prints.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    let file = try arguments.operands("FILE")[0]
    let kept = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.restore(file, to: settings.database.text, now: .now)
    }
    output.writeError(
      "restored \(settings.database.text) from \(file)" + (kept.map { "; the old database is kept as \($0)" } ?? ""))
  }
}
