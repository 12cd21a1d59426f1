import Registry
import RegistrySQLite

/// `restore`
enum Restore: Subcommand {
  static let name = "restore"
  static let operands = "FILE"
  static let summary = "Puts a backup in the database's place; the server must be stopped."
  static let description = """
    Checks FILE, a backup, and puts it in the database's place. No server may have the database open. What stood there before is \
    kept beside it, under the name that the command prints.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ console: any Console) throws(CommandFailure) {
    let file = try arguments.words("FILE")[0]
    let kept = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.restore(file, to: settings.database.text, now: .now)
    }
    console.say(
      "restored \(settings.database.text) from \(file)" + (kept.map { "; what was there is kept as \($0)" } ?? ""))
  }
}
