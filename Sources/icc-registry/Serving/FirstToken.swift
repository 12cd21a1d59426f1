import Registry
import RegistrySQLite

/// The administrator's token that a registry without any token gets when it is first served.
enum FirstToken {
  /// Makes it and shows it, where the database has no token at all.
  static func make(in store: SQLiteRegistryStore, url: String, _ console: any Console) throws {
    guard try store.read({ try $0.tokens(PageRequest(limit: 1)) }).items.isEmpty else { return }
    let text = try TokenMaker.create(
      NewToken(name: "first", role: .admin, organisation: nil, expiresAt: nil), in: store)
    try console.write(banner(text, url: url))
  }

  /// Standard output, not the log: a token must never stand in a log.
  private static func banner(_ text: String, url: String) -> String {
    """

    This registry has no token yet. Here is one for its administrator; it is shown this once:

        \(text)

    Try it:

        curl -H 'Authorization: Bearer \(text)' \(url)/v1/iccs


    """
  }
}
