import HTTPWire
import JSON
import Registry

/// Reads, checks, changes and verifies the one ICC of a link, for its bearer.
enum LinkHandlers {
  static func read(_ call: Call, _ handOver: HandOver, _ icc: ICC) async throws -> APIResponse {
    APIResponse(200, .json, HandOverRepresentation.view(of: icc, handOver, call.services.settings))
  }

  static func setup(_ call: Call, _ handOver: HandOver, _ icc: ICC) async throws -> APIResponse {
    try await inPool(call, handOver, .readQueueFull) { reader in
      let response = try SetupHandler.read(call, reader) { icc }
      return { response }
    }
  }

  static func check(_ call: Call, _ handOver: HandOver, _ icc: ICC) async throws -> APIResponse {
    try await inPool(call, handOver, .checkQueueFull) { reader in
      try CheckHandler.check(call, reader, namesOthers: false) { icc }
    }
  }

  /// Sets the User ARN, and nothing else. The change fails if import jobs use the ICC.
  static func change(_ call: Call, _ handOver: HandOver, _ icc: ICC) async throws -> APIResponse {
    var input = try call.input()
    let settings = call.services.settings
    let role = input.value("userArn", required: true) { text throws(InvalidValue) in
      try UserARN(validating: text, connector: settings.connector)
    }
    try input.finish()
    var change = ICCChange()
    change.userARN = .set(role)
    let context = call.context(handOver)
    return try await write(call, handOver) { [change] writer in
      let changed = try ICCLifecycle.change(icc.id, change, context, in: writer)
      try changed.checkPolicyLengths(settings.connector)
      var response = APIResponse(200, .json, HandOverRepresentation.view(of: changed, handOver, settings))
      if changed.sharedRole != nil, changed.sharedRole != icc.sharedRole { response.alarm = changed }
      return response
    }
  }

  static func verify(_ call: Call, _ handOver: HandOver, _ icc: ICC) async throws -> APIResponse {
    var input = try call.input()
    try input.finish()
    guard icc.userARN != nil else { throw VerificationHandlers.withoutRole }
    let verification = try await VerificationHandlers.result(of: icc, call)
    let context = call.context(handOver).at(call.services.settings.clock())
    return try await write(call, handOver) { writer in
      _ = try ICCLifecycle.record(verification, of: icc, context, in: writer)
      return APIResponse(200, .json, [UInt8](verification.text.utf8))
    }
  }

  /// Runs work on a thread of the pool, for the organisation of the ICC.
  private static func inPool(
    _ call: Call, _ handOver: HandOver, _ queueFull: ProblemCode,
    _ body: @escaping @Sendable (any RegistryReader) throws -> Route.Rest
  ) async throws -> APIResponse {
    try await call.services.pool.run(
      WorkPool.Work(owner: handOver.scope, queueFull: queueFull) {
        let rest = try call.services.store.read(body)
        return try rest()
      })
  }

  /// Runs a change, unless the link was revoked since the request was authenticated.
  private static func write(
    _ call: Call, _ handOver: HandOver, _ body: @escaping @Sendable (any RegistryWriter) throws -> APIResponse
  ) async throws -> APIResponse {
    try await call.services.store.write(for: handOver.scope, dryRun: false) { writer in
      let present = try writer.handOvers(of: handOver.icc, in: handOver.scope).first { $0.id == handOver.id }
      guard let present, present.revokedAt == nil else { throw LifecycleError.handOverOver(handOver) }
      return try body(writer)
    }
  }
}

extension Call {
  /// The bearer of a link, as the lifecycle's rules see it.
  fileprivate func context(_ handOver: HandOver) -> ChangeContext {
    ChangeContext(
      actor: Actor(handOver.id), scope: handOver.scope, address: address, requestID: identity.id, now: now)
  }
}
