import HTTPWire

/// Finds the route of a request by the segments of its path. A literal has precedence over a
/// parameter; a path with a trailing slash is a different path.
struct Router: Sendable {
  /// The possible continuations of a path.
  private final class Node: Sendable {
    /// The literals that can follow: so few that comparing each is faster than hashing the segment.
    let literals: [String]
    let afterLiterals: [Node]
    /// The node after a parameter.
    let afterParameter: Node?
    /// The routes with this path.
    let routes: [Route]

    init(_ rest: [(route: Route, segments: ArraySlice<PathTemplate.Segment>)]) {
      func following(_ next: PathTemplate.Segment?) -> [(Route, ArraySlice<PathTemplate.Segment>)] {
        rest.filter { $0.segments.first == next }.map { ($0.route, $0.segments.dropFirst()) }
      }
      routes = following(nil).map(\.0)
      var (literals, parameters): ([String], [(Route, ArraySlice<PathTemplate.Segment>)]) = ([], [])
      for (route, segments) in rest {
        switch segments.first {
        case .literal(let text)? where !literals.contains(text): literals.append(text)
        case .parameter?: parameters.append((route, segments.dropFirst()))
        default: break
        }
      }
      self.literals = literals
      afterLiterals = literals.map { Node(following(.literal($0))) }
      afterParameter = parameters.isEmpty ? nil : Node(parameters)
    }
  }

  enum Outcome {
    /// The route, and the values of its template's parameters.
    case route(Route, parameters: [String])
    /// The path does not exist; it would exist without the slash at its end if `hasExtraSlash`.
    case noSuchPath(hasExtraSlash: Bool)
    /// The path exists, but not with this method. `allowed` are its methods.
    case noSuchMethod(allowed: String)
    /// `OPTIONS` of an existing path, or of `*`.
    case options(allowed: String)
    case unknownMethod
  }

  private static let known: Set<HTTPMethod> = [
    .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect, HTTPMethod(name: "QUERY"),
  ]
  private static let everywhere = "GET, HEAD, POST, PATCH, DELETE, OPTIONS"

  private let root: Node

  init(_ routes: [Route]) {
    root = Node(routes.map { ($0, $0.template.segments[...]) })
  }

  func find(_ method: HTTPMethod, _ target: HTTPTarget) -> Outcome {
    var parameters: [String] = []
    let routes = target.isAsterisk ? [] : Self.routes(target.segments, 0, under: root, &parameters)
    let wanted = method == .head ? .get : method
    for route in routes where route.method == wanted { return .route(route, parameters: parameters) }
    guard Self.known.contains(method) else { return .unknownMethod }
    let allowed = Self.allowed(routes)
    switch method {
    case .options where target.isAsterisk: return .options(allowed: Self.everywhere)
    case .options where !routes.isEmpty: return .options(allowed: allowed)
    case .trace, .connect: return .noSuchMethod(allowed: allowed)
    case _ where routes.isEmpty: return .noSuchPath(hasExtraSlash: hasExtraSlash(target.segments))
    default: return .noSuchMethod(allowed: allowed)
    }
  }

  private func hasExtraSlash(_ segments: [String]) -> Bool {
    var parameters: [String] = []
    return segments.last == "" && !Self.routes(segments.dropLast(), 0, under: root, &parameters).isEmpty
  }

  private static func allowed(_ routes: [Route]) -> String {
    var names = routes.map(\.method.name)
    if let get = names.firstIndex(of: "GET") { names.insert("HEAD", at: get + 1) }
    return (names + ["OPTIONS"]).joined(separator: ", ")
  }

  private static func routes(
    _ segments: [String], _ depth: Int, under node: Node, _ parameters: inout [String]
  ) -> [Route] {
    guard depth < segments.count else { return node.routes }
    if let literal = node.literals.firstIndex(of: segments[depth]) {
      let found = routes(segments, depth + 1, under: node.afterLiterals[literal], &parameters)
      if !found.isEmpty { return found }
    }
    guard let next = node.afterParameter, !segments[depth].isEmpty else { return [] }
    parameters.append(segments[depth])
    let found = routes(segments, depth + 1, under: next, &parameters)
    if found.isEmpty { parameters.removeLast() }
    return found
  }
}
