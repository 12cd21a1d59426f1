import PostgreSQLKit
import Registry
import RegistryPostgreSQL
import RegistrySQLite
import RegistryStorage
import SQLiteKit
import Text

/// The subcommand `copy`.
enum Copy: Subcommand {
  static let name = "copy"
  static let summary = "Copies a registry with its history between SQLite and PostgreSQL."
  static let description = """
    Copies ICCs, external IDs, tokens, organisations, the audit trail and everything else from one database into an empty one. \
    Tokens and cursors of the source work with the copy.

    It reads one consistent state of SOURCE, which a server may use meanwhile; what is written later is not in the copy, so stop \
    the servers of SOURCE before the copy that you keep. No server may use TARGET. Before it keeps anything, it compares every \
    value of TARGET with SOURCE.

    For each table it prints the name, the number of rows and the SHA-256 of all values, then the end of the audit trail as \
    SEQ:HASH. If it is interrupted, TARGET has no data, and you can repeat it.
    """
  static let options = [
    Option(name: "from", value: "FILE|URI", meaning: "The database to copy.", isRequired: true),
    Option(
      name: "to", value: "FILE|URI", meaning: "The database to fill: a new file, or an empty one.", isRequired: true),
  ]
  static var settings: [Setting] { [] }

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let (from, to) = (try location("from", arguments), try location("to", arguments))
    do {
      let source: any CopySource
      switch from {
      case .file(let path): source = try SQLiteCopySource(path)
      case .server(let address): source = try PostgreSQLCopySource(address)
      }
      let target: any CopyTarget
      switch to {
      case .file(let path): target = try SQLiteCopyTarget(path, now: .now)
      case .server(let address): target = try PostgreSQLCopyTarget(address, now: .now)
      }
      var copy = DatabaseCopy(from: source, to: target) { output.showProgress("copied \($1) rows of \($0)") }
      let (tables, head) = try copy.run()
      for table in tables { try output.writeLine("\(table.table)\t\(table.count)\t\(Hexadecimal.text(table.digest))") }
      try output.writeLine(head.description)
      output.writeError("copied \(from) to \(to); all values are equal")
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .failed("nothing was copied to \(to): \(text(of: error))")
    }
  }

  private static func location(_ option: String, _ arguments: Arguments) throws(CommandFailure) -> DatabaseLocation {
    let text = try arguments.required(option)
    let location: DatabaseLocation
    do throws(SettingError) {
      location = try DatabaseLocation(text: text)
    } catch {
      throw .usage("--\(option) \(error.requirement), but is \(quoted(text))")
    }
    if location.containsPassword { throw .passwordShown(option) }
    return location
  }

  private static func text(of error: any Error) -> String {
    switch error {
    case let error as CopyError: error.description
    case let error as SQLiteError: error.description
    case let error as PostgreSQLError: error.description
    default: "unexpected error: \(error)"
    }
  }
}
