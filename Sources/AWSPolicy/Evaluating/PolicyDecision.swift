/// What policies say to a request.
package struct PolicyDecision: Sendable {
  /// The three answers.
  package enum Answer: String, Sendable, Hashable {
    case allow
    case deny
    /// It turns on something that is not known.
    case unknown
  }

  /// How one statement bears on the request.
  package struct Trace: Sendable {
    /// The statement's index.
    package var statement: Int
    /// Its effect; `nil` if it could not be read.
    package var effect: PolicyEffect?
    /// Whether it names who asks.
    package var principal: Truth
    /// Whether it names the action.
    package var action: Truth
    /// Whether it names the resource.
    package var resource: Truth
    /// Whether each of its conditions holds, in their order.
    package var conditions: [Truth]

    /// Whether the statement applies: all of these.
    package var applies: Truth {
      principal && action && resource && conditions.allAre { $0 }
    }
  }

  /// The answer.
  package var answer: Answer
  /// Whether a Deny statement applies to the request.
  package var explicitDeny: Truth
  /// The statements that made the answer; none where nothing matches.
  package var deciding: [Int]
  /// How every statement bears on the request.
  package var traces: [Trace]
  /// The condition keys that the answer turns on and that are not known, as the policy writes them, each once.
  package var unknownKeys: [String]
}
