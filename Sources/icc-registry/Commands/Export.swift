import JSON
import Registry
import RegistryAPI
import Text

/// The subcommand `export`.
enum Export: Subcommand {
  static let name = "export"
  static let summary = "Writes all ICCs in the form that import reads."
  static let description = """
    Writes every ICC that is not deleted to standard output, oldest first, in the form that `icc-registry import` reads. The \
    output contains external IDs: keep it as safe as the database. A running server goes on serving. The list is read in \
    parts: a change meanwhile is in the output or not.

    The CSV is for programs: a spreadsheet can run a cell that starts with = as a formula. For a spreadsheet, use the console's \
    Export.
    """
  static let options = [
    TransferFormat.option(default: "The form of the output. The default is ndjson."),
    Option(name: "organisation", value: "ID", meaning: "The organisation to export. The default is all."),
  ]

  /// The number of ICCs that are read at a time.
  private static let pageLimit = 200

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let format = try TransferFormat.read(arguments) ?? .ndjson
    var filter = ICCFilter()
    filter.organisation = try TransferOrganisation.read(arguments)
    try OpenedStore.with(settings) { store in
      if let organisation = filter.organisation, try store.read({ try $0.organisation(organisation) }) == nil {
        throw LifecycleError.organisationUnknown(organisation)
      }
      if format == .csv { try output.write(row(ICCRecord.fields)) }
      var after: Int64? = 0
      while let start = after {
        let page = try store.read { registry in
          try registry.iccs(filter, PageRequest(after: start, limit: pageLimit), in: .all)
        }
        try output.write(page.items.map { format == .csv ? row(ICCRecord.cells(of: $0)) : line($0) }.joined())
        after = page.next
      }
    }
  }

  private static func row(_ cells: [String]) -> String {
    var bytes: [UInt8] = []
    CSVWriter.append(cells, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func line(_ icc: ICC) -> String {
    var writer = JSONWriter(capacity: 1024)
    ICCRecord.write(icc, into: &writer)
    writer.endLine()
    return writer.text
  }
}
