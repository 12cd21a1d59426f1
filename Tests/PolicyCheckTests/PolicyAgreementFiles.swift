import Foundation
import JSON
import PolicyCheck
import Registry
import Testing

/// The checker's answers for Tests/Peers/test_policy_agreement.py: it puts policies into a folder,
/// and finds beside each `NAME.json` what the checker says of it in `NAME.answer`.
struct PolicyAgreementFiles {
  static let folder = ProcessInfo.processInfo.environment["POLICY_AGREEMENT_FOLDER"]

  @Test(.enabled(if: folder != nil))
  func `policies for the agreement with the second evaluator are written`() throws {
    let folder = URL(filePath: try #require(Self.folder))
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    for file in files where file.pathExtension == "json" {
      let text = try String(contentsOf: file, encoding: .utf8)
      let answer = PolicyChecker.check(trust: .text(text), against: try CheckSample.subject()).json(iccVersion: 1)
      try answer.text()
        .write(to: file.deletingPathExtension().appendingPathExtension("answer"), atomically: false, encoding: .utf8)
    }
  }
}
