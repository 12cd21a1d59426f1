import HTTPWire
import Registry

extension Problem {
  /// The problem for a change that the domain's rules do not allow.
  init(rejecting error: LifecycleError) {
    switch error {
    case .notFound: self.init(.notFound)
    case .versionMismatch(let current):
      self.init(
        .preconditionFailed, "The current version is \(current). Fetch it and retry with its ETag.",
        headers: [Self.entityTag(current)])
    case .nameTaken(let other):
      self.init(
        .nameTaken,
        errors: [
          RequestError(.pointer("/name"), "name.taken", "The ICC \(other.name.text) (\(other.id)) has this name.")
        ],
        conflicts: [other])
    case .invalid(let diagnostics): self.init(.validationFailed, errors: Self.errors(diagnostics))
    case .organisationUnknown(let id):
      self.init(
        .organisationUnknown,
        errors: [RequestError(.pointer("/organisation"), "organisation.unknown", "Unknown organisation \(id).")])
    case .organisationTaken(let id):
      self.init(
        .organisationTaken,
        errors: [RequestError(.pointer("/id"), "organisation.taken", "The ID \(id) is in use, or was used before.")])
    case .organisationNotEmpty(let first, let count):
      let listed = count > first.count ? "; `conflicts` lists the first \(first.count)" : ""
      self.init(
        .organisationNotEmpty, "The organisation has \(count) ICCs\(listed). Delete all of them, then retry.",
        conflicts: first)
    case .tooManyICCs(let limit):
      self.init(
        .tooManyICCs,
        "The organisation has \(limit) ICCs, the maximum. Delete ICCs that are not used, or ask an administrator.")
    case .tooManyTokens(let limit):
      self.init(
        .tooManyTokens,
        "The organisation has \(limit) valid tokens, the maximum. Revoke tokens that are not used.")
    case .organisationIsDefault: self.init(.organisationIsDefault)
    case .rotationPending(let icc): self.init(.rotationPending, headers: [Self.entityTag(icc.version)])
    case .inUse(let usages):
      self.init(.iccInUse)
      self.usages = usages
    case .disabled: self.init(.iccIsDisabled)
    case .tooManyUsages: self.init(.usageTooMany)
    case .tooManyHandOvers: self.init(.handOverTooMany)
    case .handOverOver: self.init(.handOverOver)
    case .noRotationPending(let icc): self.init(.rotationNotPending, headers: [Self.entityTag(icc.version)])
    }
  }

  /// The problem for a failure of the store: it says what the client can do, and nothing internal.
  init(store error: StoreError) {
    let cause = "store: \(error)"
    switch error {
    case .busy, .closed, .stalled, .readerStalled, .overloaded, .unreachable, .outcomeUnknown:
      self.init(.unavailable, headers: [Self.retryAfter(1)], cause: cause)
    case .readOnly, .filesLost, .damageFound: self.init(.unavailable, headers: [Self.retryAfter(60)], cause: cause)
    case .syncFailed, .walTooLarge: self.init(.unavailable, headers: [Self.retryAfter(10)], cause: cause)
    case .tooBroad: self.init(.filterTooBroad, cause: cause)
    case .full: self.init(.storageFull, headers: [Self.retryAfter(30)], cause: cause)
    case .ioFailure, .corrupt, .notADatabase, .constraint, .internalFailure:
      self.init(.internalError, cause: cause)
    }
  }

  private static func errors(_ diagnostics: [Diagnostic]) -> RequestErrors {
    var errors = RequestErrors()
    errors.append(contentsOf: diagnostics.map(RequestError.init))
    return errors
  }

  private static func entityTag(_ version: Int64) -> HTTPHeaders.Field {
    HTTPHeaders.Field("ETag", EntityTag.text(of: version))
  }
}
