import Registry
import RegistrySQLite

/// The subcommand `token list`.
enum TokenList: Subcommand {
  static let name = "token list"
  static let summary = "Lists all tokens, without their texts."
  static let description = """
    Lists all tokens, one per line, oldest first, tab-separated: identifier, role, organisation (- for all), state, time of \
    creation, time of last use, last four characters (- if unknown), name. The texts of the tokens cannot be listed: the \
    database does not have them.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let now = Timestamp.now
    let tokens = try OpenedStore.with(settings) { store in
      var tokens: [Token] = []
      var after: Int64? = 0
      while let start = after {
        let page = try store.read { try $0.tokens(PageRequest(after: start, limit: 200)) }
        tokens += page.items
        after = page.next
      }
      return tokens
    }
    for token in tokens { try output.writeLine(line(token, now)) }
  }

  private static func line(_ token: Token, _ now: Timestamp) -> String {
    let state =
      token.revokedAt.map { "revoked \($0)" } ?? token.expiresAt.map {
        ($0 > now ? "expires " : "expired ") + $0.description
      }
      ?? "valid"
    return [
      token.id.text, token.role.rawValue, token.organisation?.text ?? "-", state, token.createdAt.description,
      token.lastUsedAt?.description ?? "never", token.lastFour ?? "-", token.name,
    ].joined(separator: "\t")
  }
}
