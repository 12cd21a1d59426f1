import Text

extension FetchedCredentials {
  private static let instancePath = "/latest/meta-data/iam/security-credentials/"

  /// The keys of the EC2 instance's role, by version 2 of the instance's metadata service: a
  /// session token first, which a request forged through somebody else could not fetch
  /// (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html).
  /// Nil where the environment names an endpoint that is none.
  package static func instance(
    environment: [(name: String, value: String)], clock: @escaping @Sendable () -> Int
  ) -> FetchedCredentials? {
    let named = environment.first { $0.name == "AWS_EC2_METADATA_SERVICE_ENDPOINT" && !$0.value.isEmpty }?.value
    guard let endpoint = AWSEndpoint(configured: named ?? "http://169.254.169.254") else { return nil }
    return FetchedCredentials(clock: clock) { (transport, deadline) throws(AWSCredentialsError) in
      let asking = AWSRequest(
        "PUT", endpoint, path: "/latest/api/token",
        fields: [.init("x-aws-ec2-metadata-token-ttl-seconds", "300"), .init("content-length", "0")])
      let token = AWSRequest.Field("x-aws-ec2-metadata-token", try word(asking, transport, deadline))
      let role = try word(AWSRequest("GET", endpoint, path: instancePath, fields: [token]), transport, deadline)
      let request = AWSRequest("GET", endpoint, path: instancePath + role, fields: [token])
      return try keys(in: content(of: request, transport, deadline))
    }
  }

  /// The first line of an answer, which becomes part of another request.
  private static func word(
    _ request: AWSRequest, _ transport: any AWSTransport, _ deadline: Deadline
  ) throws(AWSCredentialsError) -> String {
    let line = try content(of: request, transport, deadline).prefix { $0 != UInt8(ascii: "\n") }
    guard (1...1024).contains(line.count), line.allSatisfy(ASCII.isVisible) else {
      throw .unreadable(200)
    }
    return String(decoding: line, as: UTF8.self)
  }
}
