namespace UcSdk.Sip;

/// <summary>
/// What real peers do that a strict stack would refuse or misunderstand, and this one takes: who does it, what is done about it, and where. None can be switched off:
/// none makes two things of one, or lets anything through that would otherwise be stopped.
/// </summary>
internal enum PeerHabit
{
    /// <summary>
    /// No branch in the Via of requests inside dialogs: SIPE, old Office Communicators, everything made for RFC 2543. Such a request is known by Call-ID, From tag, number and sender
    /// instead (<see cref="TransactionKey"/>, RFC 3261 §17.2.3); the ACK of a 2xx then looks like the ACK of a failure, and goes to the dialog (<see cref="RequestIntake"/>).
    /// </summary>
    MissingBranch,

    /// <summary>
    /// The branch of an earlier request on another one, mostly on each REGISTER of a registration: SIPE and small phones, which make the Via once. The number and the
    /// Call-ID tell them apart (<see cref="Sip.ReusedBranch"/>, <see cref="TransactionTable"/>).
    /// </summary>
    ReusedBranch,

    /// <summary>
    /// After a challenge the same request once more, with credentials but with the same CSeq and branch: SIPE. On a stream the first one ends with its answer (Timer J is zero),
    /// so that the second is a request of its own; on datagrams, where SIPE does not speak, it would be a repetition.
    /// </summary>
    ResentWithCredentials,

    /// <summary>
    /// Header names in capitals, in small letters, in their compact form, with blanks before the colon: servers of the Lync family write FROM and CALL-ID in some responses, gateways
    /// save bytes. All are the same name (<see cref="HeaderName"/>, RFC 3261 §7.3.1, §7.3.3).
    /// </summary>
    OddNames,

    /// <summary>Fields that go on in the next line behind a blank or a tab: old gateways, and Lync in long Authentication-Info. They are read as one line (<see cref="MessageParser"/>, RFC 3261 §7.3.1).</summary>
    FoldedFields,

    /// <summary>Lines that end with LF alone: scripts and small phones. Where it ends a line, LF is CRLF (<see cref="MessageParser"/>, <see cref="MessageFramer"/>); a CR alone never is.</summary>
    BareLineFeeds,

    /// <summary>
    /// Line ends before and between messages: what RFC 3261 §7.5 allows once, clients send as keep-alive at any time, and SIPE behind messages. They are passed over
    /// (<see cref="MessageParser"/>, <see cref="MessageFramer"/>).
    /// </summary>
    StrayLineEnds,

    /// <summary>The transport of Via in small letters, <c>SIP/2.0/tls</c>: SIPE. It is compared without regard to case, and echoed as it came (<see cref="Via"/>).</summary>
    LowerCaseTransport,

    /// <summary>A branch that comes back in other letters: servers of the Lync family. Branches are compared without regard to case (<see cref="TransactionKey"/>).</summary>
    ChangedCaseOfBranch,

    /// <summary>
    /// Record-Route with signatures and parameters that nobody else understands (<c>ms-rrsig</c>, <c>ms-route-sig</c>, a <c>tag</c>): every Lync pool, which refuses a Route that
    /// differs from it by a byte. Routes are kept and written as they came (<see cref="Dialog"/>).
    /// </summary>
    OpaqueRoutes,

    /// <summary>No Content-Length: senders of datagrams may leave it out, some do so on streams. A datagram's body goes to its end; on a stream there is none (<see cref="MessageParser"/>, <see cref="MessageFramer"/>, RFC 3261 §18.3).</summary>
    MissingContentLength,

    /// <summary>No Max-Forwards: RFC 2543. It counts as 70 (<see cref="SipRequest.MaxForwards"/>, RFC 3261 §16.6 step 3).</summary>
    MissingMaxForwards,

    /// <summary>The ACK of a failure with another Request-URI than the INVITE: stacks that put the Contact there. It is matched as RFC 3261 §17.2.3 says, without the URI (<see cref="RequestIntake"/>).</summary>
    AckToAnotherUri,

    /// <summary>INFO that is never answered, or refused with 481, in a session that is well: Lync for typing notices, gateways for tones. The session stands (<see cref="InviteUsage"/>), though RFC 5057 §5.1 would end it.</summary>
    SilentInfo,

    /// <summary>One semicolon too many at the end of a parameter list: gateways that build headers from parts. It is passed over (<see cref="SipParameters"/>); two in a row are refused (RFC 4475 §3.1.2.1).</summary>
    TrailingSemicolon,

    /// <summary>A status line without phrase, with or without its blank: RFC 4475 §3.1.1.13 has one, small devices send them (<see cref="MessageParser"/>).</summary>
    MissingReasonPhrase,
}
