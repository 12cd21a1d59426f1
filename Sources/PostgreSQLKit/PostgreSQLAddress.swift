/// The address of a database: a connection URI of libpq
/// (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING).
package struct PostgreSQLAddress: Hashable, Sendable, CustomStringConvertible {
  private static let schemes = ["postgres://", "postgresql://"]

  /// The URI as given. It can contain a password, so it is never shown.
  package let uri: String

  /// An address; nil for a text that is not a URI with one of the schemes `postgres` and
  /// `postgresql`.
  package init?(_ text: String) {
    guard Self.schemes.contains(where: text.hasPrefix), !text.utf8.contains(0) else { return nil }
    uri = text
  }

  /// True if the URI contains a password, which everyone sees who can list processes if it is an
  /// argument.
  package var containsPassword: Bool {
    let user = authority.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    return user.count > 1 && user[0].contains(":") || uri.contains("password=")
  }

  /// The hosts and the database, without user, password and parameters. For messages and the log.
  package var description: String {
    let rest = afterScheme.prefix { $0 != "?" }
    let place = rest.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).last ?? rest
    return "postgres://" + place
  }

  private var afterScheme: Substring {
    let scheme = Self.schemes.first(where: uri.hasPrefix) ?? ""
    return uri.dropFirst(scheme.count)
  }

  private var authority: Substring { afterScheme.prefix { $0 != "/" && $0 != "?" } }
}
