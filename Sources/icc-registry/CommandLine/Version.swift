import CBuild

/// The version of this build.
enum Version {
  /// The number, as in the OpenAPI document and the log.
  static let number = "0.1.0"
  /// The commit of the build, with `+changes` if files differed from it; `unknown` without Git.
  static let commit = unsafe String(cString: icc_registry_commit())
  /// The line of `--version`, without the program's name.
  static var description: String { "\(number) (commit \(commit))" }
}
