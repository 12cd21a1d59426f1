import Registry
import Testing
import Text

@testable import AWSClient
@testable import Verifier

/// A transport that answers as it is told to, by what is asked, and remembers what that was. The bodies are those that AWS
/// sends (from the API references of STS and S3).
final class ScriptedAWS: AWSTransport {
  /// The purpose of a call.
  enum Question: Hashable {
    case connector, otherConnector, right, withoutID, wrongID, fromOther, list, object
  }

  static let ok = AWSResponse(status: 200)
  var answers: [Question: Result<AWSResponse, AWSTransportError>] = [:]
  /// The listing that a request gets; nil for the one in `answers`.
  var listing: ((AWSRequest) -> Result<AWSResponse, AWSTransportError>)?
  /// The only expected owner with which S3 accepts a call, if a call names one.
  var onlyOwner: String?
  private(set) var asked: [AWSRequest] = []
  private(set) var questions: [Question] = []

  func send(_ request: AWSRequest, until deadline: Deadline) throws(AWSTransportError) -> AWSResponse {
    asked.append(request)
    let question = Self.question(request)
    questions.append(question)
    if let onlyOwner, let owner = request.fields.first(where: { $0.name == "x-amz-expected-bucket-owner" }),
      owner.value != onlyOwner
    {
      return Self.error(question, status: 403, code: "AccessDenied")
    }
    if question == .list, let listing { return try listing(request).get() }
    if let answer = answers[question] {
      let response = try answer.get()
      if response.status != 200 || !response.body.isEmpty { return response }
    }
    return Self.usual(question, request)
  }

  func reject(_ questions: Question..., status: Int = 403, code: String = "AccessDenied", message: String = "no") {
    for question in questions {
      answers[question] = .success(Self.error(question, status: status, code: code, message: message))
    }
  }

  static func error(
    _ question: Question, status: Int, code: String, message: String = "no", fields: [AWSRequest.Field] = []
  ) -> AWSResponse {
    let error = "<Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
    let isS3 = question == .list || question == .object
    let body = isS3 ? error : "<ErrorResponse>\(error)<RequestId>1</RequestId></ErrorResponse>"
    return AWSResponse(status: status, fields: fields, body: Array(body.utf8))
  }

  static func listing(_ contents: String) -> Result<AWSResponse, AWSTransportError> {
    let body = "<ListBucketResult><EncodingType>url</EncodingType>\(contents)</ListBucketResult>"
    return .success(AWSResponse(status: 200, body: Array(body.utf8)))
  }

  static func item(_ key: String, size: Int = 3, storageClass: String = "STANDARD") -> String {
    "<Contents><Key>\(key)</Key><Size>\(size)</Size><StorageClass>\(storageClass)</StorageClass></Contents>"
  }

  private static func question(_ request: AWSRequest) -> Question {
    guard request.method == "POST" else { return request.query.isEmpty ? .object : .list }
    let form = String(decoding: request.body, as: UTF8.self)
    let authorization = request.fields.first { $0.name == "authorization" }?.value ?? ""
    if form.contains("InfoSumImportConnector&") {
      return form.contains("RoleSessionName=acme-import&") ? .connector : .otherConnector
    }
    if authorization.contains("Credential=OTHER/") { return .fromOther }
    guard form.contains("&ExternalId=") else { return .withoutID }
    return form.contains("&ExternalId=" + Sample.externalID.hex + "&") ? .right : .wrongID
  }

  /// AWS where all is set up right.
  private static func usual(_ question: Question, _ request: AWSRequest) -> AWSResponse {
    switch question {
    case .connector: session("OWN", "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import")
    case .otherConnector: session("OTHER", "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/other")
    case .right: session("ROLE", "arn:aws:sts::111122223333:assumed-role/infosum-import/acme-import")
    case .withoutID, .wrongID, .fromOther: error(question, status: 403, code: "AccessDenied")
    case .list:
      AWSResponse(
        status: 200,
        body: Array("<ListBucketResult>\(item("exports/a.csv"))</ListBucketResult>".utf8))
    case .object: AWSResponse(status: 206, body: [0x61])
    }
  }

  static func session(_ id: String, _ arn: String) -> AWSResponse {
    let body = """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser>
      <AssumedRoleId>AROA:x</AssumedRoleId><Arn>\(arn)</Arn></AssumedRoleUser><Credentials><AccessKeyId>\(id)</AccessKeyId>
      <SecretAccessKey>SECRET</SecretAccessKey><SessionToken>TOKEN</SessionToken>
      <Expiration>2026-11-24T03:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
      """
    return AWSResponse(status: 200, body: Array(body.utf8))
  }
}

/// The sample ICC.
enum Sample {
  static let externalID = ExternalID.random()
  static let now = Timestamp(milliseconds: 1_795_478_400_000)

  static func icc(
    changed: Timestamp = now.adding(milliseconds: -3_600_000), prefix: String = "exports/", number: Int = 1,
    organisation: OrganisationID = .default, isHeld: Bool = false
  ) -> ICC {
    ICC(
      id: ICCID(stored: "icc_0000000000000000000000000\(number)"), organisation: organisation,
      name: ICCName(stored: "Acme"),
      connectorType: .s3CrossAccount, status: .unverified, isEnabled: true,
      userARN: UserARN(stored: "arn:aws:iam::111122223333:role/infosum-import"),
      sessionName: SessionName(stored: "acme-import"), bucketName: BucketName(stored: "acme-data"),
      prefix: Prefix(stored: prefix), kmsKeyARN: nil, externalID: externalID, pendingExternalID: nil, version: 7,
      createdAt: changed, createdBy: .commandLine, updatedAt: changed, updatedBy: .commandLine, deletedAt: nil,
      sharedRole: isHeld ? SharedRoleAlarm(raisedAt: changed, isHeld: true) : nil)
  }

  /// Returns the result of a verification of the ICC against this AWS.
  static func verify(
    _ icc: ICC = icc(), over aws: any AWSTransport, trace: TraceContext? = nil, milliseconds: Int = 30_000
  ) throws -> Verification {
    let region = try #require(AWSRegion("eu-west-1", in: .aws))
    nonisolated(unsafe) let transport = aws
    let settings = VerifierSettings(
      connector: ConnectorIdentity(), region: region,
      credentials: FixedCredentials(
        AWSCredentials(accessKeyID: "BASE", secretAccessKey: "KEY", sessionToken: nil)), clock: { now }
    ) { unsafe transport }
    let role = try #require(icc.userARN)
    let run = VerificationRun(
      settings: settings, icc: icc, role: role, trace: trace, deadline: Deadline(milliseconds: milliseconds)
    ) { _ in }
    return run.verification()
  }
}
