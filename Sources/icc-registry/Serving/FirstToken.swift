import Registry
import RegistrySQLite

/// The administrator's token that `serve` creates if the registry has no token.
enum FirstToken {
  /// Creates and prints the token, if the database has none.
  static func make(in store: SQLiteRegistryStore, url: String, _ output: any CommandOutput) throws {
    guard try store.read({ try $0.tokens(PageRequest(limit: 1)) }).items.isEmpty else { return }
    let text = try TokenMaker.create(
      NewToken(name: "first", role: .admin, organisation: nil, expiresAt: nil), in: store)
    try output.write(banner(text, url: url))
  }

  /// The text for standard output. A token must never be in the log.
  private static func banner(_ text: String, url: String) -> String {
    """

    This registry has no token yet. This is the administrator's token; it is not shown again:

        \(text)

    Try it:

        curl -H 'Authorization: Bearer \(text)' \(url)/v1/iccs

    Or open the console and sign in with the token:

        \(url)/console/


    """
  }
}
