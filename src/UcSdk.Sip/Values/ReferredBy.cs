using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>
/// Referred-By: who asked for a request by REFER (RFC 3892 §3). It is a claim; the signed token that can prove it
/// (<see cref="ContentId"/> names its body part) is neither made nor checked here.
/// </summary>
/// <param name="Referrer">The referrer's address.</param>
/// <param name="ContentId">The <c>cid</c> of the body part that holds the signed token, without angle brackets; null when there is none.</param>
public sealed record ReferredBy(NameAddr Referrer, string? ContentId = null)
{
    /// <summary>Reads a value.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ReferredBy? value)
    {
        value = null;
        if (!NameAddr.TryParse(text, out var address))
        {
            return false;
        }

        value = new(address.WithoutParameter("cid"), address.Parameters["cid"]);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() =>
        ContentId is null
            ? Referrer.ToString()
            : new NameAddr(Referrer.Uri, Referrer.DisplayName, Referrer.Parameters.WithQuoted("cid", ContentId)).ToString();
}
