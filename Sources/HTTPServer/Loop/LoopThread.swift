import Glibc

/// A thread of the system that runs one closure to its end.
struct LoopThread: Sendable {
  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  /// Starts the thread. It ends by itself; nobody joins it.
  static func start(_ run: @escaping @Sendable () -> Void) throws(HTTPServerError) {
    var thread = pthread_t()
    let body = unsafe Unmanaged.passRetained(Body(run))
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument { unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      unsafe body.release()
      throw .systemCall("pthread_create", errno: status)
    }
    pthread_detach(thread)
  }
}
