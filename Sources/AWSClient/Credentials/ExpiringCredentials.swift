import JSON
import Text

/// Keys with an end, as the metadata services of EC2, ECS and EKS hand them out
/// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
struct ExpiringCredentials: Sendable {
  let credentials: AWSCredentials
  /// Seconds since 1970.
  let expiresAt: Int

  init(credentials: AWSCredentials, expiresAt: Int) {
    self.credentials = credentials
    self.expiresAt = expiresAt
  }

  /// The keys in an answer; nil where it holds none.
  init?(_ body: [UInt8]) {
    guard let answer = try? JSONValue(parsing: body, maximumDepth: 8),
      let id = answer["AccessKeyId"]?.stringValue, let secret = answer["SecretAccessKey"]?.stringValue,
      let token = answer["Token"]?.stringValue, !id.isEmpty, !secret.isEmpty,
      (id + token).utf8.allSatisfy(ASCII.isVisible),
      let end = answer["Expiration"]?.stringValue.flatMap(RFC3339.milliseconds)
    else { return nil }
    self.init(
      credentials: AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token),
      expiresAt: Int(end / 1000))
  }
}
