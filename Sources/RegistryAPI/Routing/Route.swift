import HTTPWire
import Registry

/// One entry of the route table: method and path, access, handler, and its description in the
/// OpenAPI document. A class, because each request passes its route on several times and copies
/// would be large.
final class Route: Sendable {
  /// The access that a route requires.
  enum Access: Sendable {
    /// None: no token is required.
    case open
    /// A token whose role is granted the action in `AccessTable`.
    case action(Action)
    /// As `action`, unless the settings make the route public.
    case actionUnlessPublic(Action)
    /// The secret of a link that has the permission; nil for every link.
    case link(HandOverPermission?)

    /// The credential without which every request is rejected; nil if there is none.
    var credential: TokenText.Kind? {
      switch self {
      case .open, .actionUnlessPublic: nil
      case .action: .token
      case .link: .link
      }
    }
  }

  /// The function that handles a request, by its use of the store.
  enum Handler: Sendable {
    /// Does not use the store, or uses it on its own; called without a token.
    case open(@Sendable (Call) async throws -> APIResponse)
    /// Reads from one snapshot, which also authenticates the caller, on the event loop: for what
    /// takes less than a millisecond, however many ICCs there are.
    case read(@Sendable (Call, Token, any RegistryReader) throws -> APIResponse)
    /// Reads from one snapshot on a thread of the pool, and then does the rest of the work, which
    /// it returns, on the same thread. The code is that of the `429` if too much work waits.
    case work(ProblemCode, @Sendable (Call, Token, any RegistryReader) throws -> Rest)
    /// Serves the bearer of a link to the set-up of this ICC, as it was when the link was checked.
    case link(@Sendable (Call, HandOver, ICC) async throws -> APIResponse)
    /// Runs a write transaction.
    case write(@Sendable (Call, Token) async throws -> APIResponse)
  }

  /// The part of a request's work that needs no snapshot any more.
  typealias Rest = @Sendable () throws -> APIResponse

  let method: HTTPMethod
  let template: PathTemplate
  let access: Access
  /// The media types of its responses, the default first; empty if a response has no content.
  let offers: [MediaType]
  let operation: Operation
  let handler: Handler
  /// The API that it belongs to.
  let dialect: Dialect
  /// The labels that its requests are counted under.
  let labels: RouteLabels

  /// True if the console's cookie can authenticate its requests: not for the metrics, for links, or
  /// for InfoSum's API, which the console does not use.
  var takesCookie: Bool {
    if case .action = access { dialect == .registry } else { false }
  }

  init(
    _ method: HTTPMethod, _ template: String, _ access: Access, offers: [MediaType] = [.json], _ operation: Operation,
    _ handler: Handler
  ) {
    self.method = method
    self.template = PathTemplate(template)
    dialect = Dialect(template.split(separator: "/").map(String.init))
    self.access = access
    self.offers = offers
    self.operation = operation
    self.handler = handler
    labels = RouteLabels(method: method.name, path: template)
  }
}

extension Route.Handler {
  /// A list or a document whose cost grows with what is stored: it is read on a thread of the pool.
  static func list(
    _ handle: @escaping @Sendable (Call, Token, any RegistryReader) throws -> APIResponse
  ) -> Route.Handler {
    .work(.readQueueFull) { call, token, reader in
      let response = try handle(call, token, reader)
      return { response }
    }
  }
}
