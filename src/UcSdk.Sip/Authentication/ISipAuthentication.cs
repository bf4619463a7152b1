namespace UcSdk.Sip;

/// <summary>
/// What one scheme keeps for one realm at one server: from the first challenge on, through however many rounds, to the signatures of an
/// association that stands. Disposal clears its keys.
/// </summary>
internal interface ISipAuthentication : IDisposable
{
    ISipCredentialScheme Scheme { get; }

    /// <summary>The version in which both sides go on, 0 for schemes without versions (<see cref="ISipCredentialScheme.VersionOf"/>).</summary>
    int Version => 0;

    /// <summary>
    /// Takes the next challenge of the same realm: a new nonce, or the server's part of a handshake. False when the refusal stands: the
    /// server did not accept what the credentials gave, and would not the next time.
    /// </summary>
    /// <param name="challenge">A challenge that the scheme can answer.</param>
    /// <param name="answered">What the refused request said for this realm; null when it said nothing.</param>
    bool TryContinue(AuthField challenge, AuthField? answered);

    /// <summary>
    /// The last step of the handshake. While it is under way nothing else is asked, and the request waits; when it has refused, the next thing asked is
    /// <see cref="TryContinue"/> with the same challenge. Null for schemes without steps, or where none may block.
    /// </summary>
    HandshakeStep? Step => null;

    /// <summary>The value of Authorization or Proxy-Authorization for a request that is about to go out; null where <see cref="Protection"/> writes it.</summary>
    AuthField? Authorize(SipRequest request);

    /// <summary>The server has accepted a request, and says what Authentication-Info says. False when its proof is wrong.</summary>
    /// <param name="answered">What the request said for this realm.</param>
    /// <param name="response">The response.</param>
    /// <param name="info">Authentication-Info or Proxy-Authentication-Info; null when absent.</param>
    bool TryConfirm(AuthField answered, SipResponse response, AuthField? info);

    /// <summary>Why the last challenge could not be answered, in words without secrets; null when it could.</summary>
    string? Failure { get; }

    /// <summary>
    /// What a request has to wait for that was challenged in the middle of another's handshake; null when it need not.
    /// </summary>
    HandshakeStep? WaitOf(SipRequest refused) => null;

    /// <summary>
    /// A step takes too long: it is given up, and <see cref="TryContinue"/> fails with that reason. False where it is another's, is done, or is worth waiting for.
    /// </summary>
    bool TryGiveUp(HandshakeStep step, string why) => false;

    /// <summary>A request has had its last response, or will have none: a handshake that ran on it is over. True when one was.</summary>
    bool Ended(SipRequest request) => false;

    /// <summary>For how long <see cref="Protection"/> holds from now on: told once, when its handshake is done; null otherwise, and where only its flow ends it.</summary>
    TimeSpan? TakeLife() => null;

    /// <summary>The time of <see cref="Protection"/> is over: the next request goes without its signature, and the challenge that it gets begins anew.</summary>
    void Renew()
    {
    }

    /// <summary>
    /// What signs and verifies the messages of the flow ([MS-SIPAE] §3.2), from the request on that completes the handshake; null before, and for
    /// schemes without signatures. It ends with the flow.
    /// </summary>
    IFlowProtection? Protection { get; }
}
