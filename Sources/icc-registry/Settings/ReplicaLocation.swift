import PostgreSQLKit

/// The standby of a PostgreSQL server that answers reads.
enum ReplicaLocation: SettingValue {
  /// The primary answers all reads.
  case none
  /// One of the hosts of this URI.
  case server(PostgreSQLAddress)

  static let form = "URI"

  init(text: String) throws(SettingError) {
    guard !text.isEmpty else {
      self = .none
      return
    }
    guard let address = PostgreSQLAddress(text) else {
      throw SettingError("must be a URI that starts with postgres://, or empty")
    }
    self = .server(address)
  }

  var text: String { address?.uri ?? "" }

  /// The address; nil without a standby.
  var address: PostgreSQLAddress? { if case .server(let address) = self { address } else { nil } }

  /// True if a password is part of the value.
  var containsPassword: Bool { address?.containsPassword ?? false }
}
