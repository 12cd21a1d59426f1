import OpenSSLKit
import Text

/// AWS Signature Version 4 in the header `Authorization`
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
package struct SignatureV4: Sendable {
  private let credentials: AWSCredentials
  private let region: String
  private let service: String

  /// A signer for a service in a Region.
  package init(_ credentials: AWSCredentials, region: String, service: String) {
    self.credentials = credentials
    self.region = region
    self.service = service
  }

  /// The request with the fields of its signature. Signed are all the fields that it has, the host
  /// and the time; S3 also requires the content's digest in a field of its own
  /// (`x-amz-content-sha256`), other services do not.
  package func signed(_ request: AWSRequest, at time: SigningTime) -> AWSRequest {
    var signed = request
    let digest = Hexadecimal.text(SHA256.digest(of: request.body))
    if service == "s3" { signed.fields.append(AWSRequest.Field("x-amz-content-sha256", digest)) }
    signed.fields.append(AWSRequest.Field("x-amz-date", time.text))
    if let token = credentials.sessionToken { signed.fields.append(AWSRequest.Field("x-amz-security-token", token)) }
    let fields = Self.canonical(signed.fields + [AWSRequest.Field("host", request.endpoint.authority)])
    let names = fields.map(\.name).joined(separator: ";")
    let scope = [time.date, region, service, "aws4_request"].joined(separator: "/")
    let canonical = [
      request.method, request.path, request.encodedQuery,
      fields.map { $0.name + ":" + $0.value + "\n" }.joined(), names, digest,
    ].joined(separator: "\n")
    let canonicalDigest = Hexadecimal.text(SHA256.digest(of: canonical))
    let text = ["AWS4-HMAC-SHA256", time.text, scope, canonicalDigest].joined(separator: "\n")
    let signature = Hexadecimal.text(HMACSHA256.code(of: Array(text.utf8), key: key(date: time.date)))
    signed.fields.append(
      AWSRequest.Field(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
      ))
    return signed
  }

  private func key(date: String) -> [UInt8] {
    let start = Array(("AWS4" + credentials.secretAccessKey).utf8)
    return [date, region, service, "aws4_request"].reduce(start) { HMACSHA256.code(of: Array($1.utf8), key: $0) }
  }

  /// Names in small letters and in order; values without space at their ends and with one space for
  /// several inside.
  private static func canonical(_ fields: [AWSRequest.Field]) -> [AWSRequest.Field] {
    fields.map { field in
      let words = field.value.utf8.split(separator: UInt8(ascii: " "))
      return AWSRequest.Field(
        field.name.lowercased(), words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "))
    }
    .sorted { $0.name < $1.name }
  }
}
