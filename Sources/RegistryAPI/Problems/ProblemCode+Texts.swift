extension ProblemCode {
  /// The summary, the same for every occurrence of the code (RFC 9457 section 3.1.3).
  package var title: String { texts.title }

  /// The meaning of the code and what the client can do: the text of its page.
  package var explanation: String { texts.explanation }

  private var texts: (title: String, explanation: String) {
    switch self {
    case .malformedRequest, .malformedJSON, .requestTimeout, .contentTooLarge, .targetTooLong, .headerTooLarge,
      .unsupportedMediaType, .expectationFailed, .methodUnknown, .httpVersion, .notAcceptable, .methodNotAllowed:
      messageTexts
    case .unauthenticated, .forbidden, .notFound, .tooManyRequests, .rateLimitExceeded, .readQueueFull: accessTexts
    case .internalError, .unavailable, .storageFull: serverTexts
    case .rotationPending, .rotationNotPending, .iccIsDraft, .iccHasNoKey, .iccHasDynamicReference,
      .verificationInProgress, .verificationNotConfigured, .verificationQueueFull, .verificationTooSoon,
      .checkQueueFull,
      .handOverTooMany, .handOverOver,
      .connectorUnsupported, .filterTooBroad:
      iccTexts
    default: stateTexts
    }
  }

  private var messageTexts: (title: String, explanation: String) {
    switch self {
    case .malformedJSON:
      (
        "The body is not valid JSON.",
        "The body violates RFC 8259, repeats a field, is not UTF-8, or is nested deeper than 32 levels. See `errors` "
          + "for the position."
      )
    case .requestTimeout: ("Request timeout.", "Send the whole request within the server's time limits.")
    case .contentTooLarge:
      (
        "The request body is too large.",
        "Request bodies are limited to 64 KiB by default; `detail` gives this server's limit."
      )
    case .targetTooLong: ("The request target is too long.", "Shorten the path or the query.")
    case .headerTooLarge:
      (
        "The request header is too large.",
        "Send fewer or shorter header fields. The default limits are 16 KiB and 100 lines; `detail` says which limit was "
          + "exceeded."
      )
    case .unsupportedMediaType:
      (
        "Unsupported media type.",
        "Send Content-Type: application/json to create and application/merge-patch+json to change, in UTF-8 and without "
          + "Content-Encoding."
      )
    case .expectationFailed: ("Unsupported Expect header.", "Only 100-continue is supported.")
    case .methodUnknown: ("Unknown method.", "Use a method of RFC 9110 or PATCH.")
    case .httpVersion: ("Unsupported HTTP version.", "Use HTTP/1.0 or HTTP/1.1.")
    case .notAcceptable:
      ("No acceptable media type.", "Add one of the media types that this endpoint can return to Accept.")
    case .methodNotAllowed: ("Method not allowed.", "The Allow header lists the methods of this endpoint.")
    default: ("Malformed request.", "The request, or one of its header fields, violates its grammar.")
    }
  }

  private var accessTexts: (title: String, explanation: String) {
    switch self {
    case .unauthenticated:
      (
        "A valid token is required.",
        "Send Authorization: Bearer with a token from an administrator. The token must not be expired or revoked."
      )
    case .forbidden: ("The token is not allowed to do this.", "Its role lacks the permission. Ask an administrator.")
    case .tooManyRequests:
      (
        "Too many failed attempts.",
        "This address sent too many invalid tokens. Retry after the time in the Retry-After header."
      )
    case .rateLimitExceeded:
      (
        "Too many requests of this organisation.",
        "All tokens of an organisation share a limit. Retry after the time in the Retry-After header, and "
          + "spread requests."
      )
    case .readQueueFull:
      (
        "Too many lists of this organisation are waiting.",
        "Lists and documents of a role are read in turn. Retry after the time in the Retry-After header, and send "
          + "fewer at the same time."
      )
    default: ("Not found.", "The resource does not exist, or your token has no access to it.")
    }
  }

  private var serverTexts: (title: String, explanation: String) {
    switch self {
    case .unavailable:
      (
        "Temporarily unavailable.",
        "Nothing was changed. Retry after the time in the Retry-After header."
      )
    case .storageFull:
      (
        "The storage is full.",
        "Nothing was changed. Reads still work; writes work again after the operator frees space."
      )
    default:
      (
        "Internal server error.",
        "The request is not known to be wrong. Report its requestId to the operator."
      )
    }
  }

  private var iccTexts: (title: String, explanation: String) {
    switch self {
    case .rotationPending:
      (
        "A rotation is in progress.",
        "Promote or cancel the pending external ID before you start another rotation."
      )
    case .rotationNotPending:
      ("No rotation is in progress.", "There is no pending external ID. Start a rotation first.")
    case .iccIsDraft: ("The ICC is a draft.", "Set userArn first: the customer's role is required.")
    case .iccHasNoKey: ("The ICC has no KMS key.", "Set kmsKeyArn if the bucket is encrypted with a KMS key.")
    case .iccHasDynamicReference:
      (
        "CloudFormation would change the policy.",
        "The prefix or a filename contains `{{resolve:`, which CloudFormation replaces with a value of the account. "
          + "Use format=cli or format=terraform."
      )
    case .iccInUse:
      (
        "Import jobs use the ICC.",
        "They are listed in `usages`. Wait until they end, or repeat the request with force=true: they will fail."
      )
    case .iccIsDisabled: ("The ICC is disabled.", "Enable it first: import jobs must not use a disabled ICC.")
    case .usageTooMany:
      ("The ICC has too many usages.", "An ICC can have up to 100 usages at a time. End those that are over.")
    case .handOverTooMany:
      (
        "The ICC has too many links.",
        "An ICC can have up to 20 links at a time that are open. Revoke those that are not needed."
      )
    case .handOverOver:
      (
        "This link is no longer valid.",
        "It has expired, was used too often or was withdrawn. Ask the person who sent it for a new one."
      )
    case .verificationInProgress:
      (
        "A verification of this ICC is in progress.",
        "Wait until it ends. GET /v1/iccs/{id}/verifications shows its completed checks in inProgress."
      )
    case .verificationNotConfigured:
      (
        "Verification is not configured.",
        "This registry has no AWS credentials: the operator must set awsCredentials. Everything else works; "
          + "POST /v1/iccs/{id}/check checks policies without AWS."
      )
    case .verificationTooSoon:
      (
        "This ICC was verified a moment ago.",
        "Retry after the time in the Retry-After header. The operator sets the pause with verifyPauseSeconds."
      )
    case .checkQueueFull:
      (
        "Too many policy checks of this organisation are waiting.",
        "Retry after the time in the Retry-After header. Check one set-up at a time."
      )
    case .connectorUnsupported:
      (
        "The registry has S3 cross-account connectors only.",
        "GPG keys and SFTP host keys belong to other configs of InfoSum's API, which this registry does not keep."
      )
    case .filterTooBroad:
      (
        "The list took too long.",
        "Narrow it, for example to one organisation. In InfoSum's API, name eq and id eq use an index; or leave out "
          + "order_by, and read a page with a smaller number."
      )
    default:
      ("Too many verifications are waiting.", "Retry after the time in the Retry-After header.")
    }
  }

  private var stateTexts: (title: String, explanation: String) {
    switch self {
    case .nameTaken:
      (
        "The name is already in use.",
        "Another ICC of the organisation has this name, ignoring case. See `conflicts`."
      )
    case .organisationUnknown: ("Unknown organisation.", "GET /v1/organisations lists the organisations.")
    case .organisationTaken:
      (
        "The organisation ID is already in use.",
        "Choose another ID. The ID of a deleted organisation cannot be used again."
      )
    case .organisationNotEmpty:
      ("The organisation still has ICCs.", "Delete all of them, then retry. `conflicts` lists up to 100.")
    case .tooManyICCs:
      (
        "The organisation has as many ICCs as allowed.",
        "Delete ICCs that are not used. The operator sets the limit with maxIccsPerOrganisation; deleted ICCs do not "
          + "count."
      )
    case .tooManyTokens:
      (
        "The organisation has as many tokens as allowed.",
        "Revoke tokens that are not used. The operator sets the limit with maxTokensPerOrganisation; expired and "
          + "revoked tokens do not count."
      )
    case .tooManyIdempotencyKeys:
      (
        "The token has used as many idempotency keys as allowed.",
        "Each response is stored for 24 hours. Retry later, or send the request without an Idempotency-Key. The "
          + "operator sets the limit with maxIdempotencyKeysPerToken."
      )
    case .organisationIsDefault:
      ("The default organisation cannot be deleted.", "Every registry has it.")
    case .tokenIsOwn:
      (
        "A token cannot revoke itself.",
        "Use another administrator's token, or the command on the server, so that you do not lock yourself out."
      )
    case .idempotencyKeyInProgress:
      ("The first request with this Idempotency-Key is in progress.", "Wait for its response, or retry shortly.")
    case .idempotencyKeyReused:
      ("The Idempotency-Key was used for another request.", "Use a new key for each different request.")
    case .preconditionFailed:
      (
        "The precondition failed.",
        "The resource has changed since you read it. Fetch it again and retry with the new ETag."
      )
    default: ("The request is invalid.", "See `errors` for each problem.")
    }
  }
}
