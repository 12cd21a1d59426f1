import Registry
import RegistryStorage
import System

/// `serve --demo`: a temporary database with sample data, removed when the process ends.
struct Demo {
  private let folder: TemporaryFolder

  /// Creates the folder of the database, in `TMPDIR` or `/tmp`.
  init(environment: [(name: String, value: String)]) throws(CommandFailure) {
    let parent = environment.first { $0.name == "TMPDIR" && !$0.value.isEmpty }?.value ?? "/tmp"
    do {
      folder = try TemporaryFolder(in: parent, prefix: "icc-registry-demo-")
    } catch {
      throw .failed("cannot create a folder for the demo in \(parent): \(error.message)")
    }
  }

  /// The path of the database.
  var database: DatabaseLocation { .file(folder.path + "/demo.db") }

  /// Writes the sample data and prints the console's address with a token.
  func fill(_ store: any DatabaseStore, url: String, _ output: any CommandOutput) throws {
    let identifiers = IdentifierSource(after: try store.maxIdentifier())
    let context = ChangeContext.commandLine(now: .now)
    _ = try Waiting.result {
      try await store.write(dryRun: false) { writer in
        for (id, name) in DemoSample.organisations {
          _ = try OrganisationLifecycle.create(OrganisationID(stored: id), name: name, context, in: writer)
        }
        for sample in DemoSample.all {
          try Self.create(sample, id: identifiers.next(at: context.now), context, in: writer)
        }
      }
    }
    let lifetime = TokenLifetime()
    let end = lifetime.defaultEnd(maker: nil, from: context.now)
    let token = NewToken(name: "demo", role: .admin, expiresAt: end)
    try output.write(Self.banner(try TokenMaker.create(token, lifetime, in: store), url: url))
  }

  /// Removes the database.
  func remove() throws(CommandFailure) {
    do {
      try folder.remove()
    } catch {
      throw .failed("cannot remove the demo's folder \(folder.path): \(error.message)")
    }
  }

  private static func create(
    _ sample: DemoSample, id: ICCID, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    var icc = try ICCLifecycle.create(sample.newICC, id: id, externalID: .random(), context, in: writer)
    if let checks = sample.checks() {
      let verification = Verification(
        iccVersion: icc.version, startedAt: context.now,
        durationMilliseconds: checks.reduce(0) { $0 + $1.durationMilliseconds }, retryAfterSeconds: nil, checks: checks)
      icc = try ICCLifecycle.record(verification, of: icc, context, in: writer)
    }
    switch sample.state {
    case .disabled: _ = try ICCLifecycle.setEnabled(false, id, context, in: writer)
    case .rotating: _ = try ICCLifecycle.rotate(id, to: .random(), context, in: writer)
    case .deleted: _ = try ICCLifecycle.delete(id, context, in: writer)
    case .draft, .unverified, .verified, .insecure, .failing: break
    }
  }

  /// The text for standard output.
  private static func banner(_ token: String, url: String) -> String {
    """

    This is a demo with sample data. Everything in it, and its token, ends with this process.

    Open the console:

        \(url)/console/

    Sign in with the token:

        \(token)


    """
  }
}
