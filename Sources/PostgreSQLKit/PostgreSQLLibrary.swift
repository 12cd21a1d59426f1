import CLibpq

/// libpq, once it is loaded.
///
/// `Sendable` without the compiler's check: addresses of functions, which are set before anyone
/// sees them and never after.
@safe struct PostgreSQLLibrary: @unchecked Sendable {
  /// Loaded at the first use; nil if libpq is not installed.
  static let shared = PostgreSQLLibrary()

  let functions: clibpq

  private init?() {
    var functions = clibpq()
    guard unsafe clibpq_load(&functions) != 0 else { return nil }
    self.functions = functions
  }
}
