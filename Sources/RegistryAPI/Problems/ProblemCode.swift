/// The codes of error responses (`application/problem+json`, RFC 9457). Codes are stable; their
/// texts can change.
package enum ProblemCode: String, Sendable, CaseIterable {
  case malformedRequest = "malformed-request"
  case malformedJSON = "malformed-json"
  case unauthenticated
  case forbidden
  case notFound = "not-found"
  case methodNotAllowed = "method-not-allowed"
  case notAcceptable = "not-acceptable"
  case requestTimeout = "request-timeout"
  case nameTaken = "name.taken"
  case organisationUnknown = "organisation.unknown"
  case organisationTaken = "organisation.taken"
  case organisationNotEmpty = "organisation.not-empty"
  case organisationIsDefault = "organisation.is-default"
  case tooManyICCs = "organisation.too-many-iccs"
  case tooManyTokens = "organisation.too-many-tokens"
  case rotationPending = "rotation.pending"
  case rotationNotPending = "rotation.not-pending"
  case iccIsDraft = "icc.is-draft"
  case iccHasNoKey = "icc.has-no-key"
  case iccHasDynamicReference = "icc.has-dynamic-reference"
  case iccInUse = "icc.in-use"
  case iccIsDisabled = "icc.is-disabled"
  case usageTooMany = "usage.too-many"
  case handOverTooMany = "hand-over.too-many"
  case handOverOver = "hand-over.over"
  case verificationInProgress = "verification.in-progress"
  case verificationNotConfigured = "verification.not-configured"
  case tokenIsOwn = "token.is-own"
  case idempotencyKeyInProgress = "idempotency-key.in-progress"
  case idempotencyKeyReused = "idempotency-key.reused"
  case tooManyIdempotencyKeys = "idempotency-key.too-many"
  case preconditionFailed = "precondition-failed"
  case contentTooLarge = "content-too-large"
  case targetTooLong = "target-too-long"
  case unsupportedMediaType = "unsupported-media-type"
  case expectationFailed = "expectation-failed"
  case validationFailed = "validation-failed"
  case tooManyRequests = "too-many-requests"
  case verificationQueueFull = "verification.queue-full"
  case verificationTooSoon = "verification.too-soon"
  case rateLimitExceeded = "rate-limit.exceeded"
  case checkQueueFull = "check.queue-full"
  case readQueueFull = "read.queue-full"
  case headerTooLarge = "header-too-large"
  case connectorUnsupported = "connector.unsupported"
  case filterTooBroad = "filter.too-broad"
  case internalError = "internal-error"
  case methodUnknown = "method-unknown"
  case unavailable
  case httpVersion = "http-version-not-supported"
  case storageFull = "storage-full"

  /// The HTTP status of the code.
  package var status: Int {
    switch self {
    case .malformedRequest, .malformedJSON, .connectorUnsupported, .filterTooBroad: 400
    case .unauthenticated: 401
    case .forbidden: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .notAcceptable: 406
    case .requestTimeout: 408
    case .nameTaken, .organisationUnknown, .organisationTaken, .organisationNotEmpty, .organisationIsDefault,
      .rotationPending, .rotationNotPending, .iccIsDraft, .iccHasNoKey, .iccHasDynamicReference, .iccInUse,
      .iccIsDisabled, .usageTooMany, .handOverTooMany,
      .verificationInProgress, .verificationNotConfigured, .tokenIsOwn, .idempotencyKeyInProgress, .tooManyICCs,
      .tooManyTokens:
      409
    case .handOverOver: 410
    case .preconditionFailed: 412
    case .contentTooLarge: 413
    case .targetTooLong: 414
    case .unsupportedMediaType: 415
    case .expectationFailed: 417
    case .idempotencyKeyReused, .validationFailed: 422
    case .tooManyRequests, .rateLimitExceeded, .verificationQueueFull, .verificationTooSoon, .checkQueueFull,
      .readQueueFull, .tooManyIdempotencyKeys:
      429
    case .headerTooLarge: 431
    case .internalError: 500
    case .methodUnknown: 501
    case .unavailable: 503
    case .httpVersion: 505
    case .storageFull: 507
    }
  }

  /// The code for a message that could not be read as a request.
  init(faultStatus: Int) {
    self =
      switch faultStatus {
      case 408: .requestTimeout
      case 413: .contentTooLarge
      case 414: .targetTooLong
      case 417: .expectationFailed
      case 429: .tooManyRequests
      case 431: .headerTooLarge
      case 501: .methodUnknown
      case 503: .unavailable
      case 505: .httpVersion
      case 500...599: .internalError
      default: .malformedRequest
      }
  }
}
