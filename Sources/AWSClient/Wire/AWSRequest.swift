import Text

/// A request to a service, not yet signed.
package struct AWSRequest: Sendable {
  /// A header field; the name in small letters.
  package struct Field: Equatable, Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: String

    /// A field.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// `GET` or `POST`.
  package let method: String
  /// The endpoint of the request.
  package let endpoint: AWSEndpoint
  /// The path, with a slash at its beginning, encoded once, as it is sent and signed.
  package let path: String
  /// The query's names and values, not encoded.
  package let query: [Field]
  /// Header fields besides `host` and those of the signature.
  package var fields: [Field]
  /// The content.
  package let body: [UInt8]

  /// A request of the given parts; the path's segments are given unencoded.
  package init(
    _ method: String, _ endpoint: AWSEndpoint, path: String = "/", query: [Field] = [], fields: [Field] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.endpoint = endpoint
    self.path = PercentEncoding.encode(path, keepingSlashes: true)
    self.query = query
    self.fields = fields
    self.body = body
  }

  /// The query, encoded and in the order of Signature V4, as it is sent too.
  package var encodedQuery: String {
    query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
      .sorted { $0 < $1 }
      .map { $0.0 + "=" + $0.1 }.joined(separator: "&")
  }

  /// The whole address.
  package var url: String {
    endpoint.text + path + (query.isEmpty ? "" : "?" + encodedQuery)
  }
}
