import CCurl

/// libcurl, once it is loaded.
///
/// `Sendable` without the compiler's check: addresses of functions, which are set before anybody
/// sees them and never after.
@safe struct CurlLibrary: @unchecked Sendable {
  /// Loaded and started at the first use; nil where that fails.
  static let shared = CurlLibrary()

  let functions: ccurl

  private init?() {
    var functions = unsafe ccurl()
    guard unsafe ccurl_load(&functions) != 0 else { return nil }
    unsafe self.functions = functions
  }
}
