import Text

extension FetchedCredentials {
  private static let instancePath = "/latest/meta-data/iam/security-credentials/"

  /// The keys of the EC2 instance's role, from version 2 of the instance metadata service (AWS EC2
  /// user guide, configuring-instance-metadata-service). A session token is fetched first, which a
  /// request forged through another server could not do. Returns nil if the environment names an
  /// invalid endpoint.
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
