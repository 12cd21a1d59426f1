import Foundation
import Testing
import Text

@testable import AWSClient

/// Signatures for Tests/Peers/test_signature_agreement.py: it puts requests into a folder, one `NAME.request` each, and finds
/// beside it what is signed in `NAME.signed`. A file's lines: method, service, Region, session token, seconds, path, body,
/// then query and header fields as `q name=value` and `h name=value`; everything percent-encoded.
struct SignatureAgreementFiles {
  static let folder = ProcessInfo.processInfo.environment["SIGNATURE_AGREEMENT_FOLDER"]

  @Test(.enabled(if: folder != nil))
  func `signatures for the agreement with botocore are written`() throws {
    let folder = URL(filePath: try #require(Self.folder))
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    for file in files where file.pathExtension == "request" {
      let text = try String(contentsOf: file, encoding: .utf8)
      try Self.signed(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        .write(to: file.deletingPathExtension().appendingPathExtension("signed"), atomically: false, encoding: .utf8)
    }
  }

  private static func signed(_ lines: [String]) throws -> String {
    let plain = try lines.prefix(7).map { try #require(PercentEncoding.decode($0.utf8, .plus)) }
    let endpoint = try #require(AWSEndpoint(configured: "https://\(plain[1]).\(plain[2]).amazonaws.com"))
    let request = AWSRequest(
      plain[0], endpoint, path: plain[5], query: try fields("q ", lines), fields: try fields("h ", lines),
      body: Array(plain[6].utf8))
    let credentials = AWSCredentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret/+=", sessionToken: plain[3].isEmpty ? nil : plain[3])
    let time = SigningTime(secondsSinceEpoch: try #require(Int(plain[4])))
    let signed = SignatureV4(credentials, region: plain[2], service: plain[1]).signed(request, at: time)
    return request.url + "\n" + (signed.fields.first { $0.name == "authorization" }?.value ?? "")
  }

  private static func fields(_ mark: String, _ lines: [String]) throws -> [AWSRequest.Field] {
    try lines.dropFirst(7).filter { $0.hasPrefix(mark) }.map { line in
      let parts = line.dropFirst(2).split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      return AWSRequest.Field(
        try #require(PercentEncoding.decode(parts[0].utf8, .plus)),
        try #require(PercentEncoding.decode(parts[1].utf8, .plus)))
    }
  }
}
