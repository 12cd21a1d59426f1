import Testing

@testable import AWSClient

@Suite struct AddressTests {
  @Test(arguments: [
    ("eu-west-1", AWSPartition.aws, true), ("mx-central-1", .aws, true), ("ap-southeast-12", .aws, true),
    ("us-gov-west-1", .government, true), ("us-gov-west-1", .aws, false), ("us-iso-east-1", .aws, false),
    ("cn-north-1", .china, true), ("cn-north-1", .aws, false), ("eusc-de-east-1", .europeanSovereign, true),
    ("us-isof-south-1", .isoF, true), ("", .aws, false), ("eu-west-", .aws, false), ("eu-west", .aws, false),
    ("eu-west-1.evil.example", .aws, false), ("eu-west-1/", .aws, false), ("eu-wést-1", .aws, false),
    ("EU-west-1", .aws, false), ("eu-west-1\n", .aws, false), ("xx-west-1", .aws, false), ("eu--1", .aws, false),
    ("eu-west-1@evil", .aws, false), ("eu-west-1:80", .aws, false), ("eu-west1-1", .aws, false),
    ("eu-west-" + String(repeating: "1", count: 25), .aws, false),
  ]) func `a Region's name is valid only in its partition`(name: String, partition: AWSPartition, isOne: Bool) {
    #expect((AWSRegion(name, in: partition) != nil) == isOne)
  }

  @Test(arguments: [
    (AWSPartition.aws, "eu-west-1", "https://s3.eu-west-1.amazonaws.com"),
    (.china, "cn-north-1", "https://s3.cn-north-1.amazonaws.com.cn"),
    (.europeanSovereign, "eusc-de-east-1", "https://s3.eusc-de-east-1.amazonaws.eu"),
  ]) func `an endpoint follows from its Region`(partition: AWSPartition, region: String, text: String) {
    #expect(AWSRegion(region, in: partition).map(AWSEndpoint.s3)?.text == text)
  }

  @Test(arguments: [
    ("https://sts.example", true), ("http://127.0.0.1:4566", true), ("https://sts.example/", false), ("", false),
    ("https://", false), ("ftp://sts.example", false), ("https://user@sts.example", false),
    ("https://sts.example?x", false), ("https://sts.example:99999", false), ("https://sts.example:+1", false),
    ("https://sts.example:", false), ("https://a b", false), ("https://[::1]", false), ("HTTPS://sts.example", false),
  ]) func `a configured endpoint is read or rejected`(text: String, isOne: Bool) {
    #expect((AWSEndpoint(configured: text) != nil) == isOne)
  }

  @Test func `a path is sent unchanged`() throws {
    let region = try #require(AWSRegion("eu-west-1", in: .aws))
    let request = AWSRequest("GET", .s3(region), path: "/b/../%2e/a?b#c//d é")
    #expect(request.url == "https://s3.eu-west-1.amazonaws.com/b/../%252e/a%3Fb%23c//d%20%C3%A9")
  }
}
