/// The form of a file of ICCs.
enum TransferFormat: String, CaseIterable {
  /// One JSON object a line.
  case ndjson
  /// RFC 4180, with a header.
  case csv

  /// The option of the commands.
  static func option(default meaning: String) -> Option {
    Option(name: "format", value: allCases.map(\.rawValue).joined(separator: "|"), meaning: meaning)
  }

  /// Returns the format that the option names, or nil without the option.
  static func read(_ arguments: Arguments) throws(CommandFailure) -> TransferFormat? {
    guard let text = arguments["format"] else { return nil }
    guard let format = TransferFormat(rawValue: text) else {
      throw .usage("--format must be ndjson or csv, but is \(quoted(text))")
    }
    return format
  }
}
