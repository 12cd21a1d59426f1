import JSON
import PolicyCheck
import Registry
import System

/// A file with an ICC as the API returns it: the fields that a policy check needs.
struct ICCFile {
  let version: Int64
  private let members: JSONObject
  private let sessionName: String
  private let externalID: String
  private let bucketName: String

  /// Reads the file. Throws if a field is missing that a check needs.
  init(_ path: String) throws(CommandFailure) {
    members = try Self.members(path)
    sessionName = try Self.text("sessionName", of: members, path)
    externalID = try Self.text("externalId", of: members, path)
    bucketName = try Self.text("bucketName", of: members, path)
    version = Int64(members["version"]?.numberValue?.int ?? 1)
  }

  /// Returns the values that the policies are checked against.
  func subject(connector: ConnectorIdentity, now: Timestamp) -> PolicyCheckSubject {
    var subject = PolicyCheckSubject(
      connector: connector, sessionName: sessionName, externalID: externalID,
      pendingExternalID: members["pendingExternalId"]?.stringValue, roleARN: members["userArn"]?.stringValue,
      bucket: bucketName, prefix: members["prefix"]?.stringValue ?? "", kmsKeyARN: members["kmsKeyArn"]?.stringValue,
      now: now)
    subject.filenames = members["filenames"]?.arrayValue?.compactMap(\.stringValue) ?? []
    subject.bucketOwner = members["bucketOwner"]?.stringValue
    return subject
  }

  private static func members(_ path: String) throws(CommandFailure) -> JSONObject {
    let bytes: [UInt8]
    do {
      bytes = try File.read(path)
    } catch {
      throw .usage("cannot read the ICC \(path): \(error.message)")
    }
    return try JSONObject(fileAt: path, holding: bytes)
  }

  private static func text(_ name: String, of members: JSONObject, _ path: String) throws(CommandFailure) -> String {
    guard let text = members[name]?.stringValue else {
      throw .usage("the ICC \(path) has no \(name): save the response of GET /v1/iccs/{id}")
    }
    return text
  }
}
