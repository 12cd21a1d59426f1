import Registry
import Testing

/// The rules about the life of tokens.
@Suite struct TokenRuleTests {
  private static let day: Int64 = 86_400_000
  private static let now = TransitionTests.updated

  private static func maker(endingAfter days: Int64?) -> Token {
    Token(
      id: TokenID(stored: "tok_maker"), name: "m", role: .admin, createdAt: now,
      createdBy: .commandLine, expiresAt: days.map { TokenLifetime.end(afterDays: $0, from: now) })
  }

  @Test(arguments: [
    (-1, false), (0, false), (1, true), (3650 * day, true), (3650 * day + 1, false), (Int64.max, false),
  ])
  func `a token ends in the future, and within ten years`(milliseconds: Int64, isAllowed: Bool) throws {
    let end = Self.now.adding(milliseconds: milliseconds)
    #expect(Self.isCreated(endingAt: end, maker: nil, TokenLifetime()) == isAllowed)
  }

  @Test(arguments: [(90, true), (91, false)] as [(Int64, Bool)])
  func `a token ends within the configured days`(days: Int64, isAllowed: Bool) {
    let lifetime = TokenLifetime(defaultDays: 30, maxDays: 90)
    let end = TokenLifetime.end(afterDays: days, from: Self.now)
    #expect(Self.isCreated(endingAt: end, maker: nil, lifetime) == isAllowed)
  }

  @Test(arguments: [(5, 5, true), (5, 6, false), (nil, 3650, true)] as [(Int64?, Int64, Bool)])
  func `a token ends no later than its maker`(makersDays: Int64?, days: Int64, isAllowed: Bool) {
    let end = TokenLifetime.end(afterDays: days, from: Self.now)
    let maker = Self.maker(endingAfter: makersDays)
    #expect(Self.isCreated(endingAt: end, maker: maker, TokenLifetime()) == isAllowed)
    let new = NewToken(name: "t", role: .admin, expiresAt: end)
    let errors = TokenLifecycle.errors(of: new, maker: maker, TokenLifetime(), at: Self.now)
    #expect(errors.map(\.code) == (isAllowed ? [] : ["expires-at.after-your-token"]))
  }

  @Test(
    arguments: [(30, 90, nil, 30), (90, 30, nil, 30), (30, 90, 7, 7), (30, 90, 45, 30)]
      as [(
        Int64, Int64, Int64?, Int64
      )])
  func `the default end is within the maximum and the maker's end`(
    defaultDays: Int64, maxDays: Int64, makersDays: Int64?, expected: Int64
  ) {
    let end = TokenLifetime(defaultDays: defaultDays, maxDays: maxDays)
      .defaultEnd(maker: makersDays.map { Self.maker(endingAfter: $0) }, from: Self.now)
    #expect(end == TokenLifetime.end(afterDays: expected, from: Self.now))
  }

  private static func isCreated(endingAt end: Timestamp, maker: Token?, _ lifetime: TokenLifetime) -> Bool {
    let new = NewToken(name: "t", role: .admin, expiresAt: end)
    let created = try? TokenLifecycle.create(
      new, id: TokenID(stored: "tok_0"), mark: .init(of: .random()), maker: maker, lifetime,
      .commandLine(now: now), in: MemoryStore())
    return created?.expiresAt == end
  }
}
