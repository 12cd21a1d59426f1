import HTTPWire
import Registry

/// One line of the route table: what is called, who may, what answers, and how the OpenAPI document describes it. A class, since
/// each request hands its route on several times, and it is too large to be copied.
final class Route: Sendable {
  /// Who may call.
  enum Access: Sendable {
    /// Anybody, without a token.
    case open
    /// Whose token's role has the action in `AccessTable`.
    case action(Action)
    /// As an action, or open where the settings say so.
    case actionUnlessPublic(Action)
  }

  /// What answers, by what it needs of the store.
  enum Handler: Sendable {
    /// Nothing, or its own dealings with it; called without a token.
    case open(@Sendable (Call) async throws -> APIResponse)
    /// One snapshot, in which the caller is authenticated too.
    case read(@Sendable (Call, Token, any RegistryReader) throws -> APIResponse)
    /// A transaction of the writer's.
    case write(@Sendable (Call, Token) async throws -> APIResponse)
  }

  let method: HTTPMethod
  let template: PathTemplate
  let access: Access
  /// The media types that it offers, the preferred one first; none where it never has content.
  let offers: [MediaType]
  let operation: Operation
  let handler: Handler
  /// The labels that its requests are counted under.
  let labels: RouteLabels

  init(
    _ method: HTTPMethod, _ template: String, _ access: Access, offers: [MediaType] = [.json], _ operation: Operation,
    _ handler: Handler
  ) {
    self.method = method
    self.template = PathTemplate(template)
    self.access = access
    self.offers = offers
    self.operation = operation
    self.handler = handler
    labels = RouteLabels(method: method.name, path: template)
  }
}
