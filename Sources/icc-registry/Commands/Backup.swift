import RegistrySQLite

/// `backup`
enum Backup: Subcommand {
  static let name = "backup"
  static let operands = "FILE"
  static let summary = "Copies the database into a new file, also beside a running server."
  static let description = """
    Copies the database into FILE, which must not exist yet. The copy is one consistent state with everything that was answered \
    before the command began; a running server goes on serving. FILE is whole and on the disk when the command ends with 0.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ console: any Console) throws(CommandFailure) {
    let file = try arguments.words("FILE")[0]
    try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.backUp(settings.database.text, to: file)
    }
    console.say("backed up \(settings.database.text) to \(file)")
  }
}
