import Registry
import System

/// The option `--organisation` of the commands that move ICCs.
enum TransferOrganisation {
  /// Returns the organisation, or nil without the option.
  static func read(_ arguments: Arguments) throws(CommandFailure) -> OrganisationID? {
    guard let text = arguments["organisation"] else { return nil }
    guard let id = OrganisationID(text) else {
      throw .usage("--organisation must be 1 to 63 of a-z, 0-9 and -, but is \(quoted(text))")
    }
    return id
  }
}
