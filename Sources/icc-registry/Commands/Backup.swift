import RegistrySQLite

/// The subcommand `backup`.
enum Backup: Subcommand {
  static let name = "backup"
  static let operands = "FILE"
  static let summary = "Copies the database into a new file, also while the server runs."
  static let description = """
    Copies the database into FILE, which must not exist. The copy is one consistent state that contains every change \
    acknowledged before the command started. A running server goes on serving. FILE is complete and synced when the command \
    exits with 0.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    let file = try arguments.operands("FILE")[0]
    try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.backUp(settings.database.text, to: file)
    }
    output.writeError("backed up \(settings.database.text) to \(file)")
  }
}
