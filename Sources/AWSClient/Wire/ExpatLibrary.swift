import CExpat

/// Expat, once it is loaded.
///
/// Unchecked: it has only addresses of functions, which are set before anybody sees them and never
/// change.
@safe package struct ExpatLibrary: @unchecked Sendable {
  /// Loaded at the first use; nil if that fails.
  static let shared = ExpatLibrary()

  /// True if Expat is installed, without which AWS's answers cannot be read.
  package static var isInstalled: Bool { shared != nil }

  let functions: cexpat

  private init?() {
    var functions = unsafe cexpat()
    guard unsafe cexpat_load(&functions) != 0 else { return nil }
    unsafe self.functions = functions
  }
}
