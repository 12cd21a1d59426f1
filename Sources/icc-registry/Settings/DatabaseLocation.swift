import PostgreSQLKit

/// The place of all data: a file of SQLite, or a database of PostgreSQL.
enum DatabaseLocation: SettingValue, CustomStringConvertible {
  case file(String)
  case server(PostgreSQLAddress)

  static let form = "FILE|URI"

  init(text: String) throws(SettingError) {
    guard !text.isEmpty, !text.utf8.contains(0) else {
      throw SettingError("must be the path of a file, or a URI that starts with postgres://")
    }
    self = PostgreSQLAddress(text).map { .server($0) } ?? .file(text)
  }

  /// The value as it was set. It can contain a password: messages and the log use `description`.
  var text: String {
    switch self {
    case .file(let path): path
    case .server(let address): address.uri
    }
  }

  /// The path, or the URI without user, password and parameters.
  var description: String {
    switch self {
    case .file(let path): path
    case .server(let address): address.description
    }
  }

  /// True if a password is part of the value.
  var containsPassword: Bool {
    if case .server(let address) = self { address.containsPassword } else { false }
  }
}
