import HTTPWire
import JSON
import Registry

/// Verifies ICCs and lists their verifications.
enum VerificationHandlers {
  /// Verifies an ICC. The precondition is checked at the start, since the values of that version
  /// are verified.
  static func verify(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    var input = try call.input()
    try input.finish()
    let condition = try Preconditions.versionCondition(call.request.headers)
    let found = try await call.services.reads.run {
      try ICCLifecycle.verifiable(id, if: condition, in: token.scope, $0)
    }
    guard let icc = found else { throw withoutRole }
    let verification = try await result(of: icc, call)
    let context = call.context(token).at(call.services.settings.clock())
    return try await call.write(token, dryRun: false) { writer in
      let changed = try ICCLifecycle.record(verification, of: icc, context, in: writer)
      return APIResponse(200, .json, [UInt8](verification.text.utf8), entityTag: EntityTag.text(of: changed.version))
    }
  }

  /// Returns the verifications, also of a deleted ICC.
  static func history(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let id = try call.iccID()
    var input = try call.input()
    let seal = call.cursorSeal(token)
    let page = input.page(of: .verifications, seal)
    try input.finish()
    guard try reader.icc(id, in: token.scope) != nil else { throw Problem(.notFound) }
    let found = try reader.verifications(of: id, page, in: token.scope)
    let progress = call.services.settings.verifier?.progress(of: id)
    return PageResponse.make(found, .verifications, seal, more: { writeInProgress(progress, into: &$0) }) {
      text, writer in
      writer.raw(text.utf8.span)
    }
  }

  /// The problem of a draft.
  static let withoutRole = Problem(.iccIsDraft, "The ICC has no role that can be verified. Set userArn first.")

  /// Verifies an ICC with a role, and counts the verdict.
  static func result(of icc: ICC, _ call: Call) async throws(Problem) -> Verification {
    guard let verifier = call.services.settings.verifier else { throw Problem(.verificationNotConfigured) }
    do throws(VerificationRejection) {
      let verification = try await verifier.verify(icc, trace: call.identity.trace)
      call.services.metrics.note(verification.verdict)
      return verification
    } catch {
      switch error {
      case .notConfigured: throw Problem(.verificationNotConfigured)
      case .inProgress: throw Problem(.verificationInProgress, headers: [Problem.retryAfter(5)])
      case .tooSoon(let seconds): throw Problem(.verificationTooSoon, headers: [Problem.retryAfter(seconds)])
      case .queueFull: throw Problem(.verificationQueueFull, headers: [Problem.retryAfter(10)])
      case .stopping, .abandoned: throw Problem(.unavailable, headers: [Problem.retryAfter(10)])
      }
    }
  }

  private static func writeInProgress(_ progress: VerificationProgress?, into writer: inout JSONWriter) {
    writer.memberName("inProgress")
    guard let progress else { return writer.null() }
    writer.beginObject()
    writer.member("iccVersion", Int(progress.iccVersion))
    writer.member("startedAt", progress.startedAt.description)
    writer.memberName("checks")
    writer.array(of: progress.checks)
    writer.endObject()
  }
}
