import Registry
import PostgreSQLKit
import RegistryPostgreSQL
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
    let status = try status(settings, applies: !arguments.has("status"))
    for (name, appliedAt) in status {
      try output.writeLine("\(name)\t\(appliedAt.map { "applied \($0)" } ?? "pending")")
    }
  }

  private typealias Status = [(name: String, appliedAt: Timestamp?)]

  private static func status(_ settings: Settings, applies: Bool) throws(CommandFailure) -> Status {
    if applies { try OpenedStore.with(settings, for: .migration) { _ in } }
    switch settings.database {
    case .file(let path):
      return try Maintenance.run { () throws(MaintenanceError) in
        try DatabaseMaintenance.migrations(of: path).map { ($0.name, $0.appliedAt) }
      }
    case .server(let address):
      do {
        return try Migrations(address).status().map { ($0.migration.name, $0.appliedAt) }
      } catch {
        throw .failed(error.description)
      }
    }
  }
}
