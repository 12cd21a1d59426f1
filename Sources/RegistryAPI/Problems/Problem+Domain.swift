import HTTPWire
import Registry

extension Problem {
  /// The domain's problems, one by one.
  init(refusing refusal: LifecycleError) {
    switch refusal {
    case .notFound: self.init(.notFound)
    case .versionMismatch(let current):
      self.init(.preconditionFailed, "The present version is \(current).", headers: [Self.entityTag(current)])
    case .nameTaken(let other):
      self.init(
        .nameTaken, errors: [RequestError(.pointer("/name"), "name.taken", "The name belongs to \(other.id).")],
        conflicts: [other])
    case .invalid(let diagnostics): self.init(.validationFailed, errors: diagnostics.map(RequestError.init))
    case .organisationUnknown(let id):
      self.init(
        .organisationUnknown,
        errors: [RequestError(.pointer("/organisation"), "organisation.unknown", "There is no organisation \(id).")])
    case .organisationTaken(let id):
      self.init(
        .organisationTaken,
        errors: [RequestError(.pointer("/id"), "organisation.taken", "The identifier \(id) is, or was, in use.")])
    case .organisationNotEmpty(let iccs): self.init(.organisationNotEmpty, conflicts: iccs)
    case .organisationIsDefault: self.init(.organisationIsDefault)
    case .rotationPending(let icc): self.init(.rotationPending, headers: [Self.entityTag(icc.version)])
    case .noRotationPending(let icc): self.init(.rotationNotPending, headers: [Self.entityTag(icc.version)])
    }
  }

  /// The store's failures: what the client can do differs, the inside stays inside.
  init(store error: StoreError) {
    let cause = "store: \(error)"
    switch error {
    case .busy, .closed: self.init(.unavailable, headers: [Self.retryAfter(1)], cause: cause)
    case .readOnly: self.init(.unavailable, headers: [Self.retryAfter(60)], cause: cause)
    case .full: self.init(.storageFull, headers: [Self.retryAfter(30)], cause: cause)
    case .ioFailure, .corrupt, .notADatabase, .constraint, .internalFailure:
      self.init(.internalError, cause: cause)
    }
  }

  private static func entityTag(_ version: Int64) -> HTTPHeaders.Field {
    HTTPHeaders.Field("ETag", EntityTag.text(of: version))
  }
}
