import Text

extension FetchedCredentials {
  /// The keys of the ECS task's or EKS pod's role, from where the platform says in the environment
  /// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html); nil
  /// where it says nothing. `readFile` gives a file's text, for a token that the platform renews
  /// there.
  package static func container(
    environment: [(name: String, value: String)], clock: @escaping @Sendable () -> Int,
    readFile: @escaping @Sendable (String) -> String?
  ) -> FetchedCredentials? {
    let value = { (name: String) in environment.first { $0.name == name && !$0.value.isEmpty }?.value }
    let relative = value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").map { "http://169.254.170.2" + $0 }
    guard let (endpoint, path) = (relative ?? value("AWS_CONTAINER_CREDENTIALS_FULL_URI")).flatMap(parts) else {
      return nil
    }
    let (token, file) = (
      value("AWS_CONTAINER_AUTHORIZATION_TOKEN"), value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    )
    return FetchedCredentials(clock: clock) { (transport, deadline) throws(AWSCredentialsError) in
      let read = file.flatMap(readFile).map { String(decoding: $0.utf8.prefix(while: ASCII.isVisible), as: UTF8.self) }
      let fields = (read ?? token).map { [AWSRequest.Field("authorization", $0)] } ?? []
      let request = AWSRequest("GET", endpoint, path: path, fields: fields)
      return try keys(in: content(of: request, transport, deadline))
    }
  }

  /// Returns the endpoint and the path of the credentials. Plain HTTP is allowed only for the hosts
  /// that AWS allows: the machine itself and the two link-local addresses of ECS and EKS.
  private static func parts(_ text: String) -> (AWSEndpoint, String)? {
    let start = text.hasPrefix("https://") ? 8 : 7
    let slash = text.dropFirst(start).firstIndex(of: "/") ?? text.endIndex
    guard let endpoint = AWSEndpoint(configured: String(text[..<slash])) else { return nil }
    let host = endpoint.authority.split(separator: ":").first.map(String.init) ?? ""
    let near = ["127.0.0.1", "localhost", "169.254.170.2", "169.254.170.23"]
    guard endpoint.isSecure || near.contains(host) else { return nil }
    let path = String(text[slash...])
    guard path.utf8.allSatisfy({ ASCII.isVisible($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
    else { return nil }
    return (endpoint, path.isEmpty ? "/" : path)
  }
}
