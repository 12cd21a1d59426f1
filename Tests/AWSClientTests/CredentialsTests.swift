import System
import Testing
import Text

@testable import AWSClient

@Suite struct CredentialsTests {
  private static let answer = """
    {"Code":"Success","AccessKeyId":"ID","SecretAccessKey":"S","Token":"T","Expiration":"2026-11-24T00:00:00Z"}
    """

  @Test(arguments: ["Code", "AccessKeyId", "SecretAccessKey", "Token", "Expiration"])
  func `an answer without keys is rejected`(missing: String) {
    let body = Array(Self.answer.replacing("\"\(missing)\"", with: "\"x\"").utf8)
    #expect((ExpiringCredentials(body) == nil) == (missing != "Code"))
    #expect(ExpiringCredentials(Array(Self.answer.replacing("\"T\"", with: #""T\r\nx: y""#).utf8)) == nil)
  }

  /// Answers with what it is given, one after the other.
  private final class Metadata: AWSTransport {
    var answers: [AWSResponse] = []
    var asked: [AWSRequest] = []
    func send(_ request: AWSRequest, until deadline: Deadline) throws(AWSTransportError) -> AWSResponse {
      asked.append(request)
      return answers.isEmpty ? AWSResponse(status: 500) : answers.removeFirst()
    }
  }

  private final class Clock: Sendable {
    let seconds: Locked<Int>
    init(_ seconds: Int) { self.seconds = Locked(seconds) }
  }

  private static func ok(_ text: String) -> AWSResponse { AWSResponse(status: 200, body: Array(text.utf8)) }

  @Test func `keys are fetched again before they expire and used until they do`() throws {
    let end = try Int(#require(RFC3339.milliseconds("2026-11-24T00:00:00Z")) / 1000)
    let clock = Clock(end - 3600)
    let source = try #require(FetchedCredentials.instance(environment: []) { clock.seconds.withLock { $0 } })
    let metadata = Metadata()
    metadata.answers = [Self.ok("tok"), Self.ok("the-role\n"), Self.ok(Self.answer)]
    let fetch = { try source.credentials(over: metadata, until: Deadline(milliseconds: 1000)).accessKeyID }
    #expect(try fetch() == "ID" && fetch() == "ID")
    #expect(
      metadata.asked.map { $0.method + " " + $0.url } == [
        "PUT http://169.254.169.254/latest/api/token",
        "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/the-role",
      ])
    #expect(metadata.asked[1].fields == [.init("x-aws-ec2-metadata-token", "tok")])
    clock.seconds.withLock { $0 = end - 299 }
    #expect(try fetch() == "ID", "fetching fails, and the keys still hold")
    #expect(metadata.asked.count == 4)
    clock.seconds.withLock { $0 = end }
    #expect(throws: AWSCredentialsError.unreadable(500)) { try fetch() }
    metadata.answers = [Self.ok("to\r\nk"), Self.ok("r"), Self.ok(Self.answer)]
    #expect(throws: AWSCredentialsError.unreadable(200)) { try fetch() }
  }

  @Test(arguments: [
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/1", "http://169.254.170.2/v2/credentials/1"),
    (
      "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials",
      "http://169.254.170.23/v1/credentials"
    ),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost:99/", "http://localhost:99/"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "https://keys.example/a", "https://keys.example/a"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://keys.example/a", nil),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.2.example/", nil),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://user@127.0.0.1/", nil),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "file:///etc/passwd", nil),
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", ".evil.example/", nil), ("OTHER", "", nil),
  ]) func `a container's keys are fetched from an allowed endpoint`(name: String, value: String, url: String?) throws {
    let source = FetchedCredentials.container(
      environment: [
        (name, value), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "old"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/f"),
      ],
      clock: { 0 }
    ) { $0 == "/f" ? "fresh\n" : nil }
    guard let url else { return #expect(source == nil) }
    let metadata = Metadata()
    metadata.answers = [Self.ok(Self.answer)]
    _ = try #require(source).credentials(over: metadata, until: Deadline(milliseconds: 1000))
    #expect(metadata.asked.map(\.url) == [url])
    #expect(metadata.asked[0].fields == [.init("authorization", "fresh")])
  }
}
