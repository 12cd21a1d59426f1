import Registry
import System

/// The subcommand `token list`.
enum TokenList: Subcommand {
  static let name = "token list"
  static let summary = "Lists all tokens, without their texts."
  static let description = """
    Lists all tokens, one per line, oldest first, tab-separated: identifier, role, organisations (- for \
    no limit), state, time of creation, time of last use, last four characters (- if unknown), address blocks (- for no \
    limit), name. The texts of the tokens cannot be listed: the \
    database does not have them.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let now = Timestamp.now
    let tokens = try OpenedStore.with(settings) { store in
      var tokens: [Token] = []
      var after: Int64? = 0
      while let start = after {
        let page = try store.read { try $0.tokens(PageRequest(after: start, limit: 200), in: .all) }
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
      token.id.text, token.role.rawValue, listed(token.organisations.map(\.text)), state, token.createdAt.description,
      token.lastUsedAt?.description ?? "never", token.lastFour ?? "-",
      listed(token.addressBlocks.map(\.description)), token.name,
    ].joined(separator: "\t")
  }

  private static func listed(_ texts: [String]) -> String {
    texts.isEmpty ? "-" : texts.joined(separator: ",")
  }
}
