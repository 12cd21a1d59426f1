import JSON
import Registry

/// Reads the fields of a new hand-over from a request body.
enum HandOverInput {
  static func new(_ input: inout InputReader, at now: Timestamp) throws(Problem) -> NewHandOver {
    let days = input.integerField("expiresInDays", in: 1...HandOverLifecycle.maxDays) ?? HandOverLifecycle.defaultDays
    let uses = input.integerField("maxUses", in: 1...HandOverLifecycle.maxUses) ?? HandOverLifecycle.defaultUses
    let permissions = permissions(&input)
    try input.finish()
    return NewHandOver(
      permissions: permissions, expiresAt: TokenLifetime.end(afterDays: days, from: now), maxUses: uses)
  }

  private static func permissions(_ input: inout InputReader) -> Set<HandOverPermission> {
    let words = input.texts("allow") ?? []
    for (index, word) in words.enumerated() where HandOverPermission(rawValue: word) == nil {
      let names = HandOverPermission.allCases.map(\.rawValue).joined(separator: ", ")
      input.report(
        RequestError(
          .pointer("/allow/\(index)"), "allow.unknown", "A link cannot allow this.",
          hint: "It can allow \(names)."))
    }
    return Set(words.compactMap(HandOverPermission.init))
  }
}
