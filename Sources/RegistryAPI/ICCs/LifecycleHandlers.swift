import HTTPWire
import Registry

/// Changes ICCs: each handler reads its whole input, then applies the lifecycle's rules in one
/// transaction.
enum LifecycleHandlers {
  static func patch(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    let connector = call.services.settings.connector
    let change = try ICCPatch.read(&input, connector)
    return try await changing(id, call, token, dryRun: isDryRun, showsPolicyChange: true) {
      let icc = try ICCLifecycle.change(id, change, if: $0, $1, in: $2)
      try icc.checkPolicyLengths(connector)
      return icc
    }
  }

  static func delete(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    let isDryRun = try dryRun(call)
    let condition = try Preconditions.versionCondition(call.request.headers)
    let context = call.context(token, isDryRun: isDryRun)
    try await call.write(token, dryRun: isDryRun) { writer in
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
    let isDryRun = try dryRun(call)
    return try await changing(id, call, token, dryRun: isDryRun, showsPolicyChange: showsPolicyChange) {
      try take(id, $0, $1, $2)
    }
  }

  private static func dryRun(_ call: Call) throws(Problem) -> Bool {
    var input = try call.input()
    let isDryRun = input.flag("dryRun")
    try input.finish()
    return isDryRun
  }

  /// Runs a change and returns the representation; `showsPolicyChange` adds whether the customer
  /// must update AWS.
  private static func changing(
    _ id: ICCID, _ call: Call, _ token: Token, dryRun: Bool, showsPolicyChange: Bool,
    _ change: @escaping @Sendable (VersionCondition, ChangeContext, any RegistryWriter) throws -> ICC
  ) async throws -> APIResponse {
    let condition = try Preconditions.versionCondition(call.request.headers)
    let context = call.context(token, isDryRun: dryRun)
    let representation = ICCRepresentation(call.services.settings, for: token.scope)
    return try await call.write(token, dryRun: dryRun) { writer in
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
