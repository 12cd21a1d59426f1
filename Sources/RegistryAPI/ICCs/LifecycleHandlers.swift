import HTTPWire
import Registry

/// Changes ICCs: each handler reads its whole input, then applies the lifecycle's rules in one
/// transaction.
enum LifecycleHandlers {
  static func patch(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    var input = try call.input()
    let flags = Flags(&input)
    let connector = call.services.settings.connector
    let change = try ICCPatch.read(&input, connector)
    return try await changing(id, call, token, flags, showsPolicyChange: true) {
      let icc = try ICCLifecycle.change(id, change, if: $0, $1, in: $2)
      try icc.checkPolicyLengths(connector)
      return icc
    }
  }

  static func delete(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    let flags = try flags(call)
    let condition = try Preconditions.versionCondition(call.request.headers)
    let context = call.context(token, isDryRun: flags.isDryRun, isForced: flags.isForced)
    try await call.write(token, dryRun: flags.isDryRun) { writer in
      _ = try ICCLifecycle.delete(id, if: condition, context, in: writer)
    }
    return .noContent
  }

  static func restore(_ call: Call, _ token: Token) async throws -> APIResponse {
    let quotas = call.services.settings.quotas
    return try await step(call, token) { try ICCLifecycle.restore($0, if: $1, within: quotas, $2, in: $3) }
  }

  static func enable(_ call: Call, _ token: Token) async throws -> APIResponse {
    try await step(call, token) { try ICCLifecycle.setEnabled(true, $0, if: $1, $2, in: $3) }
  }

  static func disable(_ call: Call, _ token: Token) async throws -> APIResponse {
    try await step(call, token) { try ICCLifecycle.setEnabled(false, $0, if: $1, $2, in: $3) }
  }

  static func release(_ call: Call, _ token: Token) async throws -> APIResponse {
    try await step(call, token) { try ICCLifecycle.release($0, if: $1, $2, in: $3) }
  }

  static func rotate(_ call: Call, _ token: Token) async throws -> APIResponse {
    try await step(call, token, showsPolicyChange: true) {
      try ICCLifecycle.rotate($0, to: .random(), if: $1, $2, in: $3)
    }
  }

  static func promote(_ call: Call, _ token: Token) async throws -> APIResponse {
    try await step(call, token, showsPolicyChange: true) { try ICCLifecycle.promote($0, if: $1, $2, in: $3) }
  }

  static func cancel(_ call: Call, _ token: Token) async throws -> APIResponse {
    try await step(call, token, showsPolicyChange: true) { try ICCLifecycle.cancel($0, if: $1, $2, in: $3) }
  }
}

extension LifecycleHandlers {
  private typealias Step =
    @Sendable (ICCID, VersionCondition, ChangeContext, any RegistryWriter) throws -> ICC

  /// Runs a step without a body.
  private static func step(
    _ call: Call, _ token: Token, showsPolicyChange: Bool = false, _ take: @escaping Step
  ) async throws -> APIResponse {
    let id = try call.iccID()
    let flags = try flags(call)
    return try await changing(id, call, token, flags, showsPolicyChange: showsPolicyChange) {
      try take(id, $0, $1, $2)
    }
  }

  /// The flags in the query of a change.
  private struct Flags {
    let isDryRun: Bool
    let isForced: Bool

    init(_ input: inout InputReader) {
      isDryRun = input.flag("dryRun")
      isForced = input.flag("force")
    }
  }

  private static func flags(_ call: Call) throws(Problem) -> Flags {
    var input = try call.input()
    let flags = Flags(&input)
    try input.finish()
    return flags
  }

  /// Runs a change and returns the representation; `showsPolicyChange` adds whether the customer
  /// must update AWS.
  private static func changing(
    _ id: ICCID, _ call: Call, _ token: Token, _ flags: Flags, showsPolicyChange: Bool,
    _ change: @escaping @Sendable (VersionCondition, ChangeContext, any RegistryWriter) throws -> ICC
  ) async throws -> APIResponse {
    let condition = try Preconditions.versionCondition(call.request.headers)
    let context = call.context(token, isDryRun: flags.isDryRun, isForced: flags.isForced)
    let representation = ICCRepresentation(call.services.settings, for: token.scope)
    return try await call.write(token, dryRun: flags.isDryRun) { writer in
      guard let before = try writer.icc(id, in: context.scope) else { throw LifecycleError.notFound }
      let icc = try change(condition, context, writer)
      let others = showsPolicyChange ? try RoleICCs.first(besides: icc, writer) : []
      let bytes =
        showsPolicyChange
        ? representation.bytes(of: icc, changedFrom: before, sharingRoleWith: others) : representation.bytes(of: icc)
      var response = APIResponse(200, .json, bytes, entityTag: EntityTag.text(of: icc.version))
      if icc.sharedRole != nil, icc.sharedRole != before.sharedRole { response.alarm = icc }
      return response
    }
  }
}
