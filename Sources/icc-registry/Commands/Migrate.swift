import Registry
import RegistrySQLite

/// `migrate`
enum Migrate: Subcommand {
  static let name = "migrate"
  static let summary = "Brings the database's schema up to this program's, or says where it stands."
  static let description = """
    Applies the migrations that the database lacks, each in a transaction of its own, and makes the database where there never \
    was one. `serve` does the same when it starts. With --status it changes nothing and prints one line a migration.
    """
  static let options = [Option(name: "status", value: nil, meaning: "Print what is applied, and change nothing.")]

  static func run(_ arguments: Arguments, _ settings: Settings, _ console: any Console) throws(CommandFailure) {
    _ = try arguments.words()
    if !arguments.has("status") { try OpenedStore.with(settings) { _ in } }
    let migrations = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.migrations(of: settings.database.text)
    }
    for migration in migrations {
      try console.writeLine("\(migration.name)\t\(migration.appliedAt.map { "applied \($0)" } ?? "pending")")
    }
  }
}
