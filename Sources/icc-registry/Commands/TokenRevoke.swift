import Registry

/// The subcommand `token revoke`.
enum TokenRevoke: Subcommand {
  static let name = "token revoke"
  static let operands = "ID"
  static let summary = "Revokes a token; a running server rejects it from its next request."
  static let description = """
    Revokes the token with this identifier (`token list` shows it; it is not the token's text). A running server rejects the \
    token from its next request, also on open connections. A revoked token stays revoked.
    """

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    let text = try arguments.operands("ID")[0]
    if text.hasPrefix("iccr_") {
      throw .usage("ID is the token's identifier, tok_…, as `token list` shows it, not its text")
    }
    guard let id = TokenID(text) else {
      throw .usage("\(quoted(text)) is not a token identifier: tok_ and 26 characters")
    }
    try OpenedStore.with(settings) { store in
      do {
        try Waiting.result {
          try await store.write(dryRun: false) {
            try TokenLifecycle.revoke(id, .commandLine(now: .now), in: $0)
          }
        }
      } catch LifecycleError.notFound {
        throw CommandFailure.failed("there is no token \(id); `icc-registry token list` lists the tokens")
      }
    }
  }
}
