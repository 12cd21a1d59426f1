import Text

/// The Security Token Service's `AssumeRole`
/// (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
package struct STS {
  /// A session that is asked for.
  package struct AssumedRole: Sendable {
    /// The role.
    package let roleARN: String
    /// The session's name.
    package let sessionName: String
    /// The external ID; nil to send none.
    package let externalID: String?
    /// The session policy: a document that limits the session further; nil for all that the role
    /// may do.
    package let policy: String?

    /// A session of the given parts.
    package init(roleARN: String, sessionName: String, externalID: String? = nil, policy: String? = nil) {
      self.roleARN = roleARN
      self.sessionName = sessionName
      self.externalID = externalID
      self.policy = policy
    }
  }

  /// A session that was given.
  package struct Session: Sendable {
    /// Its keys.
    package let credentials: AWSCredentials
    /// `arn:aws:sts::…:assumed-role/role/session`
    package let arn: String
  }

  /// The shortest time that STS gives, and all that a verification needs.
  static let durationSeconds = 900

  private let caller: AWSCaller
  private let endpoint: AWSEndpoint
  private let region: AWSRegion

  /// STS at an endpoint of a Region.
  package init(_ caller: AWSCaller, at endpoint: AWSEndpoint, in region: AWSRegion) {
    self.caller = caller
    self.endpoint = endpoint
    self.region = region
  }

  /// Asks for a session with these keys.
  package func assume(_ role: AssumedRole, with credentials: AWSCredentials) throws(AWSCallError) -> Session {
    let parameters: [(String, String?)] = [
      ("Action", "AssumeRole"), ("Version", "2011-06-15"), ("RoleArn", role.roleARN),
      ("RoleSessionName", role.sessionName), ("ExternalId", role.externalID), ("Policy", role.policy),
      ("DurationSeconds", String(Self.durationSeconds)),
    ]
    let form = parameters.compactMap { name, value in value.map { name + "=" + PercentEncoding.encode($0) } }
    let request = AWSRequest(
      "POST", endpoint,
      fields: [AWSRequest.Field("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
      body: Array(form.joined(separator: "&").utf8))
    let signature = SignatureV4(credentials, region: region.name, service: "sts")
    let response = try caller.send(request, signature)
    guard response.status == 200 else { throw AWSCaller.error(response) }
    guard let session = Self.session(response.body) else { throw .unreadable(response.status) }
    return session
  }

  private static func session(_ body: [UInt8]) -> Session? {
    guard let root = XMLReader.read(body), root.name == "AssumeRoleResponse", let result = root["AssumeRoleResult"],
      let keys = result["Credentials"], let arn = result["AssumedRoleUser"]?["Arn"]?.text,
      let id = keys["AccessKeyId"]?.text, let secret = keys["SecretAccessKey"]?.text,
      let token = keys["SessionToken"]?.text, isVisible(id), isVisible(token), !secret.isEmpty
    else { return nil }
    return Session(
      credentials: AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token), arn: arn)
  }

  /// Both become header values.
  private static func isVisible(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(ASCII.isVisible)
  }
}
