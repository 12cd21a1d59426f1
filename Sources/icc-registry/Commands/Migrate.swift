import Registry
import RegistrySQLite

/// The subcommand `migrate`.
enum Migrate: Subcommand {
  static let name = "migrate"
  static let summary = "Applies pending migrations, or lists them with --status."
  static let description = """
    Applies the pending migrations, each in its own transaction, and creates the database if it never existed. `serve` does the \
    same when it starts. With --status it changes nothing and prints one line per migration.
    """
  static let options = [Option(name: "status", value: nil, meaning: "List the migrations and change nothing.")]

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    if !arguments.has("status") { try OpenedStore.with(settings, for: .migration) { _ in } }
    let migrations = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.migrations(of: settings.database.text)
    }
    for migration in migrations {
      try output.writeLine("\(migration.name)\t\(migration.appliedAt.map { "applied \($0)" } ?? "pending")")
    }
  }
}
