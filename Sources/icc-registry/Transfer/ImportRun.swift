import Registry
import RegistryAPI
import System

/// The import of one file: a check of all entries, and then the writing in batches.
struct ImportRun: Sendable {
  /// The number of entries of one transaction: a running server waits for one at a time.
  static let batchCount = 250

  let path: String
  let format: TransferFormat
  /// The organisation that all entries must have; nil for any.
  let organisation: OrganisationID?
  let connector: ConnectorIdentity
  let output: any CommandOutput

  /// An entry that can be imported.
  struct Item: Sendable {
    let line: Int
    let values: ImportedICC
  }

  /// The results of a check or of the writing.
  struct Counts {
    /// The ICCs that are imported.
    var new = 0
    /// The ICCs that an earlier import has made.
    var unchanged = 0
    /// The new ICCs that are held.
    var held = 0
    /// The lines with errors.
    var invalid = 0
  }

  /// Returns the values of an entry, or its errors.
  func values(of entry: TransferEntry, at now: Timestamp) throws(InvalidValue) -> ImportedICC {
    let values = try ICCRecord.read(try entry.content.get(), organisation: organisation ?? .default, connector, at: now)
    if let organisation, values.new.organisation != organisation {
      throw InvalidValue(diagnostics: [
        Diagnostic(
          pointer: "/organisation", code: "organisation.not-settable",
          detail: "The entry belongs to \(values.new.organisation), not to \(organisation).",
          hint: "Remove the entry, or run the command without --organisation.")
      ])
    }
    return values
  }

  /// Prints the errors of an entry, one a line.
  func report(_ errors: [Diagnostic], line: Int) {
    for error in errors {
      let field = error.pointer.isEmpty ? "" : "\(error.pointer.dropFirst()): "
      let hint = error.hint.map { " " + $0 } ?? ""
      output.writeError(printable("\(path):\(line): \(field)\(error.detail)\(hint)"))
    }
  }

  /// Shows the progress on a terminal.
  func show(_ verb: String, _ readBytes: Int64) {
    let size = File.size(path) ?? 0
    output.showProgress("\(verb) \(size == 0 ? 100 : min(100, readBytes * 100 / size))% of \(path)")
  }

  /// Runs `body`, and reports an error of the file as a failure.
  func reading<Value: ~Copyable>(_ body: () throws(SystemError) -> Value) throws(CommandFailure) -> Value {
    do throws(SystemError) {
      return try body()
    } catch {
      throw .failed("cannot read \(path): \(error.message)")
    }
  }
}
