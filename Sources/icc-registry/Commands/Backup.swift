import Registry
import RegistrySQLite
import System

/// The subcommand `backup`.
enum Backup: Subcommand {
  static let name = "backup"
  static let operands = "FILE"
  static let summary = "Copies the database into a new file, also while the server runs."
  static let description = """
    Copies the database into FILE, which must not exist. The copy is one consistent state that contains every change \
    acknowledged before the command started. A running server goes on serving. FILE is complete and synced when the command \
    exits with 0.

    The server cannot empty its write-ahead log before the copy is complete: choose a rate at which it does not reach the \
    setting maxWalBytes. On a terminal the command shows its progress. /metrics shows the age of the last backup.
    """
  static let options = [
    Option(
      name: "rate", value: "MB",
      meaning: "The maximum number of megabytes to copy per second. The default is unlimited.")
  ]

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    let file = try arguments.operands("FILE")[0]
    let database = try Maintenance.file(
      settings, orAdvise: "use `pg_dump --format=custom --file=FILE URI`, or pg_basebackup for the whole server")
    let pace = BackupPace(maxBytesPerSecond: try rate(arguments)) { copied, total in
      output.showProgress("copied \(total == 0 ? 100 : copied * 100 / total)% of \(total / 1_000_000) MB")
    }
    let result = try Maintenance.run { () throws(MaintenanceError) in
      try DatabaseMaintenance.backUp(database, to: file, now: .now, pace)
    }
    for removed in result.removedFiles { output.writeError("removed \(removed), which a killed backup had left") }
    if let error = result.recordingError { output.writeError("the age of this backup is not in /metrics: \(error)") }
    output.writeError("backed up \(database) to \(file)")
  }

  /// Returns the rate in bytes per second.
  private static func rate(_ arguments: Arguments) throws(CommandFailure) -> Int? {
    guard let text = arguments["rate"] else { return nil }
    guard let megabytes = Int(text), (1...100_000).contains(megabytes) else {
      throw .usage("--rate must be a number of megabytes from 1 to 100000, but is \(quoted(text))")
    }
    return megabytes * 1_000_000
  }
}
