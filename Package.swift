// swift-tools-version: 6.2
import PackageDescription

/// What every target of this package is compiled with: strict memory safety, no warning left standing, and
/// the upcoming features that let the compiler hold the layers (an `import` is internal unless it says otherwise,
/// and a member is visible only where its module is imported).
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
]

/// The commit that is being built, for `--version`; `unknown` outside a Git repository.
let commit = (Context.gitInformation?.currentCommit).map { commit in
  commit + (Context.gitInformation?.hasUncommittedChanges == true ? "+changes" : "")
}

func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "icc-registry",
  products: [.executable(name: "icc-registry", targets: ["icc-registry"])],
  targets: [
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CLibpq"),
    .systemLibrary(name: "CLinux"),
    .target(name: "CEmbeddedFiles", exclude: ["entry.inc"]),
    .target(name: "CBuild", cSettings: [.define("ICC_REGISTRY_COMMIT", to: "\"\(commit ?? "unknown")\"")]),

    module("System", ["CLinux"]),
    module("Text"),
    module("EmbeddedFiles", ["CEmbeddedFiles"]),
    module("JSON"),
    module("HTTPWire"),
    module("HTTPServer", ["HTTPWire", "System", "CLinux", "Text"]),
    module("SQLiteKit", ["CSQLite", "System"]),
    module("PostgreSQLKit", ["CLibpq", "System"]),
    module("OpenSSLKit", ["COpenSSL", "Text"]),
    module("AWSClient", ["CCurl", "CExpat", "OpenSSLKit", "JSON", "System", "Text"]),
    module("AWSPolicy", ["JSON", "Text"]),
    module("Registry", ["AWSPolicy", "JSON", "System", "OpenSSLKit", "Text"]),
    module("PolicyCheck", ["Registry", "AWSPolicy", "JSON", "Text"]),
    module("SetupKit", ["Registry", "AWSPolicy", "JSON", "Text"]),
    module("FilterLanguage", ["Registry", "Text"]),
    module("RegistryStorage", ["Registry", "OpenSSLKit", "System"]),
    module(
      "RegistrySQLite",
      ["Registry", "RegistryStorage", "SQLiteKit", "OpenSSLKit", "EmbeddedFiles", "System", "Text"]),
    module(
      "RegistryPostgreSQL",
      ["Registry", "RegistryStorage", "PostgreSQLKit", "OpenSSLKit", "EmbeddedFiles", "System"]),
    module("Verifier", ["Registry", "AWSClient", "AWSPolicy", "JSON", "System", "Text"]),
    module("Console", ["EmbeddedFiles"], exclude: ["Files", "Packed"]),
    module("Manual", ["Console", "EmbeddedFiles", "Text"], exclude: ["Pages", "Pictures", "manual.css"]),
    module(
      "RegistryAPI",
      [
        "Registry", "AWSPolicy", "FilterLanguage", "PolicyCheck", "SetupKit", "Console", "Manual", "HTTPWire", "JSON",
        "OpenSSLKit", "System", "Text",
      ]),
    .executableTarget(
      name: "icc-registry",
      dependencies: [
        "RegistryAPI", "RegistrySQLite", "RegistryPostgreSQL", "RegistryStorage", "Registry", "PolicyCheck",
        "AWSPolicy", "HTTPServer", "HTTPWire", "SQLiteKit", "PostgreSQLKit",
        "AWSClient", "Verifier", "JSON", "Manual", "OpenSSLKit", "System", "CBuild", "Text",
      ],
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "RegistryTestSupport", dependencies: ["Registry"], path: "Tests/RegistryTestSupport",
      swiftSettings: settings),
    .target(
      name: "PostgreSQLTestSupport", dependencies: ["PostgreSQLKit", "System"], path: "Tests/PostgreSQLTestSupport",
      swiftSettings: settings),
    .target(
      name: "StoreConformance", dependencies: ["Registry", "JSON", "System"], path: "Tests/StoreConformance",
      swiftSettings: settings),
    tests("SystemTests", ["System", "TestSupport"]),
    tests("TextTests", ["Text"]),
    tests("JSONTests", ["JSON", "TestSupport"]),
    tests("HTTPWireTests", ["HTTPWire"]),
    tests("HTTPServerTests", ["HTTPServer", "HTTPWire", "System", "CLinux", "TestSupport"]),
    tests("SQLiteKitTests", ["SQLiteKit", "System", "TestSupport"]),
    tests("OpenSSLKitTests", ["OpenSSLKit"]),
    tests("AWSClientTests", ["AWSClient", "OpenSSLKit", "System", "Text"]),
    tests("AWSPolicyTests", ["AWSPolicy", "JSON", "TestSupport"]),
    tests(
      "RegistryTests", ["Registry", "AWSPolicy", "JSON", "RegistryTestSupport", "TestSupport"],
      exclude: ["Fixtures"]),
    tests("FilterLanguageTests", ["FilterLanguage", "Registry", "TestSupport"]),
    tests(
      "SetupKitTests",
      ["SetupKit", "PolicyCheck", "Registry", "AWSPolicy", "JSON", "RegistryTestSupport", "TestSupport"]),
    tests(
      "PolicyCheckTests", ["PolicyCheck", "Registry", "AWSPolicy", "JSON", "RegistryTestSupport", "TestSupport"],
      exclude: ["Fixtures"]),
    tests(
      "RegistrySQLiteTests",
      [
        "RegistrySQLite", "RegistryStorage", "Registry", "SQLiteKit", "CSQLite", "OpenSSLKit", "System",
        "StoreConformance", "TestSupport",
      ]),
    tests(
      "RegistryPostgreSQLTests",
      [
        "RegistryPostgreSQL", "RegistryStorage", "Registry", "PostgreSQLKit", "System", "PostgreSQLTestSupport",
        "StoreConformance", "TestSupport",
      ]),
    tests(
      "RegistryAPITests",
      [
        "RegistryAPI", "FilterLanguage", "PolicyCheck", "Registry", "RegistrySQLite", "RegistryPostgreSQL",
        "RegistryStorage", "PostgreSQLKit", "Console", "Manual", "HTTPWire", "JSON", "System", "Text",
        "PostgreSQLTestSupport", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    tests("VerifierTests", ["Verifier", "AWSClient", "Registry", "RegistryAPI", "JSON", "System", "Text"]),
    tests("ConsoleTests", ["Console"]),
    tests("ManualTests", ["Manual", "TestSupport"]),
    tests("CommandTests", ["icc-registry", "Manual", "JSON", "Registry", "System", "Text"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

/// A fuzz target under Tests/Fuzz. It is there only for `Tests/Fuzz/run`, which sets the variable: libFuzzer brings the
/// `main` of such a program, and without the sanitizer it does not link.
func fuzz(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Tests/Fuzz/\(name)",
    swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
}

if Context.environment["ICC_REGISTRY_FUZZ"] != nil {
  package.targets += [
    fuzz("FuzzHTTP", ["HTTPWire"]),
    fuzz("FuzzJSON", ["JSON"]),
    fuzz("FuzzPolicy", ["PolicyCheck", "Registry", "AWSPolicy", "JSON"]),
  ]
}

/// The HTTP parser as a filter, for the tests under Tests/Differential that set the variable: no part of the product.
if Context.environment["ICC_REGISTRY_PROBE"] != nil {
  package.targets.append(
    .executableTarget(
      name: "wire-probe", dependencies: ["HTTPWire"], path: "Tests/Differential/WireProbe", swiftSettings: settings))
}
