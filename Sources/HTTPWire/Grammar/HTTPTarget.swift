/// The resource that a request names, from the request-target of RFC 9112 section 3.2.
package struct HTTPTarget: Hashable, Sendable {
  /// The target as it stood in the request line, for logs. ASCII, 0x21 to 0x7E.
  package let text: String
  /// The path's segments, split at `/` and then percent-decoded once: `/v1/a%2Fb` is `["v1",
  /// "a/b"]`, `/` is `[""]`, `/v1/` is `["v1", ""]`. Empty where `isAsterisk`, and in the authority
  /// form. Dot segments are unchanged.
  package let segments: [String]
  /// The text after the first `?`, not decoded but with valid percent-encodings; nil without a `?`.
  package let query: String?
  /// The host and port that a target in absolute form, or in the authority form of `CONNECT`,
  /// names; nil in the others.
  package let authority: String?

  /// A target of the given parts.
  package init(text: String, segments: [String], query: String?, authority: String? = nil) {
    self.text = text
    self.segments = segments
    self.query = query
    self.authority = authority
  }

  /// True if the server as a whole is asked: by the `*` of `OPTIONS *` (RFC 9112 section 3.2.4), or
  /// by `OPTIONS` of an absolute form without a path (RFC 9110 section 4.2.3).
  package var isAsterisk: Bool { segments.isEmpty && authority != text }

  /// True if this is an `http` or `https` URI (RFC 9112 section 3.2.2).
  package var isAbsolute: Bool { authority != nil && authority != text }
}
