extension ProblemCode {
  /// The same words for every answer of this code (RFC 9457 section 3.1.3).
  package var title: String { texts.title }

  /// What the code means and what a client can do: the text of its page.
  package var explanation: String { texts.explanation }

  private var texts: (title: String, explanation: String) {
    switch self {
    case .malformedRequest, .malformedJSON, .requestTimeout, .contentTooLarge, .targetTooLong, .headerTooLarge,
      .unsupportedMediaType, .expectationFailed, .methodUnknown, .httpVersion, .notAcceptable, .methodNotAllowed:
      messageTexts
    case .unauthenticated, .forbidden, .notFound, .tooManyRequests: accessTexts
    case .internalError, .unavailable, .storageFull: serverTexts
    default: stateTexts
    }
  }

  private var messageTexts: (title: String, explanation: String) {
    switch self {
    case .malformedJSON:
      (
        "The body is not JSON.",
        "The body breaks the grammar of RFC 8259, has a member twice, is not UTF-8, or nests deeper than 32 levels. "
          + "The entry in errors says where."
      )
    case .requestTimeout: ("The request came too slowly.", "Send the whole request within the server's time limits.")
    case .contentTooLarge:
      (
        "The body is too large.",
        "A body has at most 64 KiB where the server is not configured otherwise; detail says how much."
      )
    case .targetTooLong: ("The address is too long.", "Shorten the path or the query.")
    case .headerTooLarge:
      (
        "The header is too large.",
        "Send fewer or shorter header fields: 16 KiB and 100 lines where the server is not configured otherwise. The "
          + "detail says which limit it was."
      )
    case .unsupportedMediaType:
      (
        "The body's media type is not supported.",
        "Creates take Content-Type: application/json, changes application/merge-patch+json, both in UTF-8 without "
          + "Content-Encoding."
      )
    case .expectationFailed: ("The expectation cannot be met.", "The only expectation known here is 100-continue.")
    case .methodUnknown: ("The method is not known.", "Use a method of RFC 9110 or PATCH.")
    case .httpVersion: ("The HTTP version is not supported.", "Speak HTTP/1.1 or HTTP/1.0.")
    case .notAcceptable:
      ("Nothing acceptable can be sent.", "Accept names none of the media types that this address offers.")
    case .methodNotAllowed: ("The method is not allowed here.", "The Allow header lists the methods of this address.")
    default: ("The request is malformed.", "The message, or one of its header fields, breaks its grammar.")
    }
  }

  private var accessTexts: (title: String, explanation: String) {
    switch self {
    case .unauthenticated:
      (
        "A valid token is needed.",
        "Send Authorization: Bearer with a token that an administrator created, and that is neither expired nor revoked."
      )
    case .forbidden: ("The token may not do this.", "Its role does not include the action. Ask an administrator.")
    case .tooManyRequests:
      ("Too many failed attempts.", "Wrong tokens came from this address too often. Wait as Retry-After says.")
    default:
      (
        "There is no such thing.",
        "Nothing exists at this address, or nothing that the token may see: the two are answered alike."
      )
    }
  }

  private var serverTexts: (title: String, explanation: String) {
    switch self {
    case .unavailable: ("The server cannot do this now.", "Try again as Retry-After says; nothing was changed.")
    case .storageFull:
      ("The storage is full.", "Nothing was changed. Reads go on; writes work again once the operator made room.")
    default:
      (
        "Something failed inside the server.",
        "Nothing is known to be wrong with the request. Tell the operator its requestId."
      )
    }
  }

  private var stateTexts: (title: String, explanation: String) {
    switch self {
    case .nameTaken:
      ("The name is taken.", "Another live ICC of the organisation has this name, ignoring case: see conflicts.")
    case .organisationUnknown: ("There is no such organisation.", "GET /v1/organisations lists those that exist.")
    case .organisationTaken:
      (
        "The organisation's identifier is taken.",
        "An identifier is used once, also after its organisation was deleted."
      )
    case .organisationNotEmpty:
      ("The organisation still has live ICCs.", "Delete the ICCs that conflicts lists, all of them, then try again.")
    case .organisationIsDefault: ("The default organisation stays.", "Every registry has it.")
    case .rotationPending:
      ("A rotation is under way.", "Promote or cancel the pending external ID before another is drawn.")
    case .rotationNotPending: ("No rotation is under way.", "There is no pending external ID: rotate first.")
    case .iccIsDraft:
      ("The ICC is a draft.", "The document names the customer's role: set userArn first.")
    case .iccHasNoKey:
      (
        "The ICC has no KMS key.",
        "There is no key to write a policy for: set kmsKeyArn if the bucket is encrypted with one."
      )
    case .verificationUnderWay:
      (
        "This ICC is being verified already.",
        "Wait for the other verification: its checks so far are in GET /v1/iccs/{id}/verifications, under inProgress."
      )
    case .verificationNotConfigured:
      (
        "This registry does not verify.",
        "It has no AWS credentials of InfoSum's: the operator sets awsCredentials. All else works; "
          + "POST /v1/iccs/{id}/check judges policies without AWS."
      )
    case .verificationQueueFull:
      ("Too many verifications wait.", "Try again as Retry-After says.")
    case .tokenIsOwn:
      (
        "A token does not revoke itself.",
        "Revoke it with another administrator's token or with the command, so that nobody is locked out by a slip."
      )
    case .idempotencyKeyInProgress:
      ("The first request with this key is under way.", "Wait for its answer, or try again in a moment.")
    case .idempotencyKeyReused:
      ("The idempotency key was used for another request.", "Take a fresh key for each different request.")
    case .preconditionFailed:
      ("The precondition does not hold.", "It was changed since it was read: read it again and decide anew.")
    default:
      ("The request has faults.", "Each entry of errors names a place, a stable code, what is wrong, and what to do.")
    }
  }
}
