namespace UcSdk.Sip;

/// <summary>Slows down those who guess passwords at a server: told of each proof of a password, it decides whether any counts.</summary>
internal interface IProofGuard
{
    /// <summary>Why a proof does not count, for <c>ms-diagnostics</c>.</summary>
    MsDiagnostics Refusal { get; }

    /// <summary>
    /// False when too many wrong proofs came before: the request gets 403, and nothing in the answer may depend on whether this one is right.
    /// </summary>
    /// <param name="scheme">The scheme, as challenges name it.</param>
    /// <param name="login">As whom the client has tried; there need not be such a user.</param>
    /// <param name="flow">Where it has tried.</param>
    /// <param name="isRight">Whether the proof is that of the password.</param>
    bool Admits(string scheme, string login, SipFlow flow, bool isRight);
}
