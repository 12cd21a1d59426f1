import JSON
import Registry

/// Reads the fields of a new hand-over from a request body.
enum HandOverInput {
  static func new(_ input: inout InputReader, at now: Timestamp) throws(Problem) -> NewHandOver {
    let days = number("expiresInDays", 1...HandOverLifecycle.maxDays, &input) ?? HandOverLifecycle.defaultDays
    let uses = number("maxUses", 1...HandOverLifecycle.maxUses, &input) ?? HandOverLifecycle.defaultUses
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

  private static func number(_ name: String, _ allowed: ClosedRange<Int64>, _ input: inout InputReader) -> Int64? {
    guard let value = input.field(name), !value.isNull else { return nil }
    if let number = value.numberValue?.double, let count = Int64(exactly: number), allowed.contains(count) {
      return count
    }
    let kind = value.numberValue == nil ? ".wrong-type" : ".out-of-range"
    input.report(
      RequestError(
        .pointer("/" + name), FieldErrors.subject(name) + kind,
        "The field \(name) must be an integer from \(allowed.lowerBound) to \(allowed.upperBound)."))
    return nil
  }
}
