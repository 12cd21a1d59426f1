import OpenSSLKit
import Testing
import Text

@testable import AWSClient

/// Signature V4 against answers that others worked out.
@Suite struct SignatureTests {
  private static let keys = AWSCredentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: nil)
  private static let temporary = AWSCredentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: "TOKEN/+=")
  private static let time = SigningTime(secondsSinceEpoch: 1_440_938_160)

  /// From AWS's published test suite (`aws-sig-v4-test-suite`): service `service`, Region `us-east-1`.
  @Test(
    arguments: [
      ("GET", "/", [], [], "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
      ("POST", "/", [], [], "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
      (
        "GET", "/", [("Param2", "value2"), ("Param1", "value1")], [], "",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
      ),
      (
        "POST", "/", [], [("content-type", "application/x-www-form-urlencoded")], "Param1=value1",
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
      ),
      (
        "GET", "/", [], [("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")], "",
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"
      ),
    ] as [(String, String, [(String, String)], [(String, String)], String, String)])
  func `a request of AWS's published suite has its signature`(
    method: String, path: String, query: [(String, String)], fields: [(String, String)], body: String,
    signature: String
  ) throws {
    let endpoint = try #require(AWSEndpoint(configured: "https://example.amazonaws.com"))
    let request = AWSRequest(
      method, endpoint, path: path, query: query.map { .init($0.0, $0.1) }, fields: fields.map { .init($0.0, $0.1) },
      body: Array(body.utf8))
    let signed = SignatureV4(Self.keys, region: "us-east-1", service: "service").signed(request, at: Self.time)
    #expect(Self.signature(signed) == signature)
  }

  @Test func `a call to STS has the expected signature`() throws {
    let endpoint = try #require(AWSRegion("eu-west-1", in: .aws).map(AWSEndpoint.sts))
    let body =
      "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fgood"
      + "&RoleSessionName=infosum"
    let request = AWSRequest(
      "POST", endpoint, fields: [.init("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
      body: Array(body.utf8))
    let signed = SignatureV4(Self.temporary, region: "eu-west-1", service: "sts").signed(request, at: Self.time)
    #expect(Self.signature(signed) == "645e49bf8cd06032be6e398bae3f3765e51348188ac821cef56e219d470f1cba")
    #expect(Self.authorization(signed).contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,"))
  }

  @Test func `a call to S3 has the expected signature`() throws {
    let endpoint = try #require(AWSRegion("eu-west-1", in: .aws).map(AWSEndpoint.s3))
    let request = AWSRequest(
      "GET", endpoint, path: "/acme-data",
      query: [.init("prefix", "in coming/é+"), .init("max-keys", "1"), .init("list-type", "2")])
    #expect(
      request.url
        == "https://s3.eu-west-1.amazonaws.com/acme-data?list-type=2&max-keys=1&prefix=in%20coming%2F%C3%A9%2B")
    let signed = SignatureV4(Self.temporary, region: "eu-west-1", service: "s3").signed(request, at: Self.time)
    #expect(Self.signature(signed) == "a88e7ced4672a34ed0ef5c60cb8b08107ea14f5f0768671d66f2a8ca394f95f7")
    #expect(
      Self.authorization(signed).contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,"))
  }

  /// RFC 4231, test cases 1, 2 and 6.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ]) func `HMAC-SHA-256 gives the published codes`(key: [UInt8], message: String, code: String) {
    #expect(Hexadecimal.text(HMACSHA256.code(of: Array(message.utf8), key: key)) == code)
  }

  @Test(arguments: [
    (0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
    (951_868_800, "20000301T000000Z"), (1_440_938_160, "20150830T123600Z"), (4_107_542_399, "21000228T235959Z"),
    (4_107_542_400, "21000301T000000Z"), (1_795_478_399, "20261123T235959Z"),
  ]) func `a time is written as AWS writes it`(seconds: Int, text: String) {
    #expect(SigningTime(secondsSinceEpoch: seconds).text == text)
  }

  @Test func `the description of keys contains no secret`() {
    for text in [String(describing: Self.temporary), String(reflecting: Self.temporary), "\(Self.temporary)"] {
      #expect(!text.contains("wJalr") && !text.contains("TOKEN"))
    }
    var dumped = ""
    dump(Self.temporary, to: &dumped)
    #expect(!dumped.contains("wJalr") && !dumped.contains("TOKEN"))
  }

  static func authorization(_ request: AWSRequest) -> String {
    request.fields.first { $0.name == "authorization" }?.value ?? ""
  }

  static func signature(_ request: AWSRequest) -> String {
    String(authorization(request).split(separator: "Signature=").last ?? "")
  }
}
