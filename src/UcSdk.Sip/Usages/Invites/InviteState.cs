namespace UcSdk.Sip;

/// <summary>The states of an invite session, caller and callee (RFC 3261 §§13–15).</summary>
public enum InviteState
{
    /// <summary>Caller: the INVITE is out, nothing but perhaps a 100 came back.</summary>
    Calling,

    /// <summary>Caller: a provisional response above 100 came.</summary>
    Proceeding,

    /// <summary>Callee: the INVITE waits for an answer.</summary>
    Incoming,

    /// <summary>Callee: a 2xx went out, its ACK has not come yet.</summary>
    Accepted,

    /// <summary>Both: 2xx and ACK have passed; the session stands.</summary>
    Confirmed,

    /// <summary>Both: our side has begun to end it by CANCEL or BYE.</summary>
    Terminating,

    /// <summary>Both: over. Final.</summary>
    Terminated,
}
