import System

/// Bytes that are rendered when they are first asked for, so that a start does not wait for them.
final class RenderedOnce: Sendable {
  private let render: @Sendable () -> [UInt8]
  private let rendered = Locked<[UInt8]?>(nil)

  init(_ render: @escaping @Sendable () -> [UInt8]) {
    self.render = render
  }

  var bytes: [UInt8] {
    rendered.withLock { rendered in
      if let bytes = rendered { return bytes }
      let bytes = render()
      rendered = bytes
      return bytes
    }
  }
}
