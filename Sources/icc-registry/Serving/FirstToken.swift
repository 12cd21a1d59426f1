import Registry
import RegistryStorage

/// The administrator's token that `serve` creates if the registry has no token. It is only shown on
/// a terminal: standard output of a service ends in a journal or a container's log, where others
/// read it. It ends after a day, unless it is replaced with `POST /v1/session/rotate`.
enum FirstToken {
  /// The life of the token.
  static let days: Int64 = 1

  /// Creates and prints the token, if the database has none. Without a terminal the log says how to
  /// create one.
  static func make(
    in store: any DatabaseStore, url: String, _ lifetime: TokenLifetime, _ output: any CommandOutput, _ log: Log
  ) throws {
    guard try store.read({ try $0.tokens(PageRequest(limit: 1), in: .all) }).items.isEmpty else { return }
    guard output.isTerminal else {
      return log.event(.warning, "no-token") { line in
        line.field("hint", "create one with: icc-registry token create --role admin --name first")
      }
    }
    let new = NewToken(
      name: "first", role: .admin, expiresAt: TokenLifetime.end(afterDays: days, from: .now))
    try output.write(banner(try TokenMaker.create(new, by: .firstStart, lifetime, in: store), url: url))
  }

  /// The text for standard output. A token must never be in the log.
  private static func banner(_ text: String, url: String) -> String {
    """

    This registry has no token yet. This is the administrator's token; it is not shown again, and
    it expires in 24 hours:

        \(text)

    Try it:

        curl -H 'Authorization: Bearer \(text)' \(url)/v1/iccs

    Replace it with one that lives longer:

        curl -X POST -H 'Authorization: Bearer \(text)' \(url)/v1/session/rotate

    Or open the console and sign in with the token:

        \(url)/console/


    """
  }
}
