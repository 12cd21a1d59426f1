import System

extension TokenLifecycle {
  /// The maximum number of browsers that one token keeps signed in. Another one signs out the
  /// browser that signed in first.
  package static let maxDevices = 10

  /// Creates the token of a browser that stays signed in: with the name, role and limits of the
  /// caller's token, until `end`, or until that token ends if this is earlier.
  package static func keepSignedIn(
    with token: Token, until end: Timestamp, id: TokenID, mark: Mark, _ lifetime: TokenLifetime, within quotas: Quotas,
    _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Token {
    let new = NewToken(
      name: token.deviceName, role: token.role, organisations: token.organisations,
      addressBlocks: token.addressBlocks, expiresAt: min(end, token.expiresAt ?? end))
    let devices = try devices(of: token, writer)
    for device in devices.dropLast(maxDevices - 1) { try revoke(device, context, in: writer) }
    return try create(new, id: id, mark: mark, maker: token, lifetime, within: quotas, context, in: writer)
  }

  /// Returns the unrevoked tokens of the browsers that this token keeps signed in, oldest first.
  static func devices(of token: Token, _ reader: any RegistryReader) throws -> [Token] {
    try reader.unrevokedTokens(of: nil, madeBy: Actor(token.id)).filter { $0.isDevice(of: token) }
  }
}

extension Token {
  /// The end of the names of the tokens that keep browsers signed in.
  private static let deviceSuffix = " (signed-in browser)"

  /// The name of the tokens of its browsers: its own name, cut so that all is at most 128
  /// characters long, and a note.
  var deviceName: String {
    let kept = name.unicodeScalars.prefix(128 - Self.deviceSuffix.utf8.count)
    return String(String.UnicodeScalarView(kept)) + Self.deviceSuffix
  }

  /// Returns true if this is the token of a browser that `maker` keeps signed in. A token that
  /// `maker` has given the same name and role counts too, and so ends with it.
  func isDevice(of maker: Token) -> Bool {
    createdBy == Actor(maker.id) && role == maker.role && name == maker.deviceName
  }
}
