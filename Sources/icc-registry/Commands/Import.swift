import Registry
import System

/// The subcommand `import`.
enum Import: Subcommand {
  static let name = "import"
  static let operands = "FILE"
  static let summary = "Imports existing ICCs with their external IDs from a file."
  static let description = """
    Imports ICCs that exist elsewhere, with the external IDs that their customers' trust policies require, so that no customer \
    changes anything. FILE has one JSON object a line, or is CSV with a header; `icc-registry help moving` describes the fields.

    Checks the whole file first and prints each error with its line. Without --apply it then says what would be imported, and \
    writes nothing. With --apply it imports in batches, also while the server runs. It can be interrupted and repeated: an entry \
    that was imported before is not imported again.
    """
  static let options = [
    TransferFormat.option(default: "The form of FILE. The default is csv if its name ends in .csv, else ndjson."),
    Option(
      name: "organisation", value: "ID",
      meaning: "The organisation of all entries. The default is that of each entry, or \"default\"."),
    Option(name: "dry-run", value: nil, meaning: "Checks only, which is the default."),
    Option(name: "apply", value: nil, meaning: "Imports the ICCs if the file has no error."),
  ]
  static let settings = Setting.all.filter { $0.name == "database" || $0.name.hasPrefix("connector") }

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    let path = try arguments.operands("FILE")[0]
    if arguments.has("apply"), arguments.has("dry-run") { throw .usage("--apply and --dry-run exclude each other") }
    let named = try TransferFormat.read(arguments)
    let organisation = try TransferOrganisation.read(arguments)
    guard File.exists(path) else { throw .usage("there is no file \(quoted(path))") }
    guard File.isRegular(path) else { throw .usage("\(quoted(path)) is not a regular file, and it is read twice") }
    let run = ImportRun(
      path: path, format: named ?? (path.hasSuffix(".csv") ? .csv : .ndjson), organisation: organisation,
      connector: settings.connector, output: output)
    let line = try OpenedStore.with(settings) { store in
      let file = try run.check(store)
      if file.counts.invalid > 0 { throw failure(file.counts, path) }
      return arguments.has("apply") ? done(try run.write(file, to: store), path) : plan(file.counts, path)
    }
    try output.writeLine(line)
  }

  private static func failure(_ counts: ImportRun.Counts, _ path: String) -> CommandFailure {
    let entries = counts.invalid == 1 ? "1 entry" : "\(counts.invalid) entries"
    return .failed("\(entries) of \(path) cannot be imported, so nothing was written. Correct the file and try again")
  }

  private static func plan(_ counts: ImportRun.Counts, _ path: String) -> String {
    "\(path): \(counts.new) ICCs can be imported, \(counts.unchanged) are in the registry already. Nothing was "
      + "written. Repeat the command with --apply to import."
  }

  private static func done(_ counts: ImportRun.Counts, _ path: String) -> String {
    let held =
      counts.held == 0
      ? "" : " \(counts.held) are held, because another organisation uses their role: see GET /v1/alarms."
    return "\(path): \(counts.new) ICCs were imported, \(counts.unchanged) were in the registry already.\(held)"
  }
}
